"""Which government economic code belongs to a department one (budget rules, section 7; C17).

The bureau's synced table decides. Where it says nothing, the minimal map of section 7 stands in: exact inside 501 and
502, by class elsewhere. A class code (``503``) shows that the table is incomplete.
"""

from collections.abc import Iterable, Mapping

from desktop.domain.mirrors import EconomicPair

PUBLIC_INSTITUTION = "PUBLIC_INST"

_EXACT_ADMIN: Mapping[str, str] = {
    **dict.fromkeys(("30101", "30102", "30103"), "50101"),
    **dict.fromkeys(("30108", "30109", "30110", "30111", "30112"), "50102"),
    "30113": "50103",
    **dict.fromkeys(("30106", "30114", "30199"), "50199"),
    **dict.fromkeys(
        ("30201", "30202", "30204", "30205", "30206", "30207", "30208", "30209", "30211", "30214"), "50201"
    ),
    **dict.fromkeys(("30228", "30229", "30239", "30240"), "50201"),
    "30215": "50202",
    "30216": "50203",
    **dict.fromkeys(("30218", "30224", "30225"), "50204"),
    **dict.fromkeys(("30203", "30226", "30227"), "50205"),
    "30217": "50206",
    "30212": "50207",
    "30231": "50208",
    "30213": "50209",
    "30299": "50299",
}
_CLASS_ADMIN: Mapping[str, str] = {
    "301": "501",
    "302": "502",
    "303": "509",
    "307": "511",
    "309": "504",
    "310": "503",
    "312": "507",
}
_CLASS_PUBLIC_INSTITUTION: Mapping[str, str] = {
    **_CLASS_ADMIN,
    "301": "50501",
    "302": "50502",
    "309": "50602",
    "310": "50601",
}
_CAPITAL_INJECTION = {"31201": "508"}


def gov_code(dept_code: str, unit_kind: str, pairs: Iterable[EconomicPair] = ()) -> str:
    """Return the government code that a department code pairs with.

    Args:
        dept_code: Five digits.
        unit_kind: ``ADMIN``, ``REF_ADMIN`` or ``PUBLIC_INST``.
        pairs: The synced table. A row of ``ADMIN`` serves ``REF_ADMIN`` too when that has none of its own, and a row
            without a kind serves all.

    Returns:
        The code, or its class of three digits where only the fallback map knows it; empty when nothing does.
    """
    return _synced(dept_code, unit_kind, pairs) or _fallback(dept_code, unit_kind)


def pairs_with(dept_code: str, gov: str, unit_kind: str, pairs: Iterable[EconomicPair] = ()) -> bool:
    """Say whether the two codes belong together (C17): exactly by the table, by class where only the fallback knows."""
    synced = _synced(dept_code, unit_kind, pairs)
    if synced:
        return gov == synced
    fallback = _fallback(dept_code, unit_kind)
    return bool(fallback) and gov.startswith(fallback)


def _synced(dept_code: str, unit_kind: str, pairs: Iterable[EconomicPair]) -> str:
    by_kind = {pair.unit_kind: pair.gov for pair in pairs if pair.dept == dept_code}
    kinds = (unit_kind, "ADMIN", "") if unit_kind == "REF_ADMIN" else (unit_kind, "")
    return next((by_kind[kind] for kind in kinds if kind in by_kind), "")


def _fallback(dept_code: str, unit_kind: str) -> str:
    if dept_code in _CAPITAL_INJECTION:
        return _CAPITAL_INJECTION[dept_code]
    if unit_kind == PUBLIC_INSTITUTION:
        return _CLASS_PUBLIC_INSTITUTION.get(dept_code[:3], "")
    return _EXACT_ADMIN.get(dept_code) or _CLASS_ADMIN.get(dept_code[:3], "")
