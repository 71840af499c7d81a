"""The platform's word as it last arrived: reading only, frozen values out.

What is small and asked for at every check is kept in memory until the mirrors change.
"""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Select, column, func, select, table
from sqlalchemy import literal as as_value

from desktop.domain.mirrors import (
    AdmittedProject,
    Ceiling,
    CodeEntry,
    EconomicPair,
    Indicator,
    KnownPayee,
    LastYear,
    Officer,
    OwnAccount,
    Parameter,
    PaymentResult,
    Quota,
    UnitProfile,
    WeightProfile,
)
from desktop.domain.parameters import Parameters
from desktop.storage import tables
from desktop.storage.codec import reader
from desktop.storage.faults import WorkspaceFault
from desktop.storage.mirror_tables import MIRRORS, indicator, indicator_use
from desktop.storage.mirror_writing import level_mark
from desktop.storage.search import match, words

T = TypeVar("T")

_GRAM = table("mirror_indicator_gram", column("rowid"), column("mirror_indicator_gram"))
_I = indicator.c
_CODE_LENGTHS = (3, 5, 7)  # class, section, item of a function code


class StoredMirrors:
    """Implements `ports.Mirrors` inside one transaction.

    Args:
        connection: The open transaction.
        kept: Values read before; whoever changes the mirrors empties it.
    """

    def __init__(self, connection: Connection, kept: dict[object, Any]) -> None:
        self._connection, self._kept = connection, kept

    def unit(self) -> UnitProfile:
        """Return the unit; `WorkspaceFault` MIRROR_MISSING before the first catalogue arrived."""
        found = self._all("unit_profile", UnitProfile)
        if not found:
            raise WorkspaceFault("MIRROR_MISSING", dataset="unit_profile")
        return found[0]

    def officers(self) -> list[Officer]:
        """Return the registered officers, by id."""
        return list(self._all("officer", Officer))

    def codes(self, set_name: str) -> Mapping[str, CodeEntry]:
        """Return a code table in code order; empty for a set that never came."""
        return self._once(("codes", set_name), lambda: self._code_set(set_name))

    def pairs(self) -> list[EconomicPair]:
        """Return the pairs of economic codes."""
        return list(self._all("economic_pair", EconomicPair))

    def parameters(self) -> Parameters:
        """Return the bureau's parameters over the defaults."""
        return self._once(
            "parameters", lambda: Parameters({one.name: one.value for one in self._all("parameter", Parameter)})
        )

    def weight_profiles(self) -> Mapping[str, WeightProfile]:
        """Return the weight profiles by code."""
        return {one.code: one for one in self._all("weight_profile", WeightProfile)}

    def indicators(self, codes: Collection[str]) -> Mapping[str, Indicator]:
        """Return those of the indicators that the library has now, by code."""
        found = self._connection.execute(select(_I.record).where(_I.code.in_(list(codes))))
        read = reader(Indicator)
        return {one.code: one for one in map(read, found.scalars())}

    def search_indicators(
        self, text: str, level1: str = "", function_code: str = "", limit: int = 200
    ) -> list[Indicator]:
        """Search name, code and pinyin initials; every word of ``text`` must be there.

        Entries that apply to the function code (or to the class or section above it) come first, core ones first in
        each group, then in the library's order.
        """
        holds: list[ColumnElement[bool]] = [func.instr(_I.search, word) > 0 for word in words(text)]
        if level1:
            holds.append(_I.level1 == level1)
        fitting = self._fitting(holds, function_code, limit) if function_code else {}
        others: Select[Any] = select(_I.id, _I.record)
        query = match(words(text), (level_mark(level1),) if level1 else ())
        if query:
            others = others.join(_GRAM, _GRAM.c.rowid == _I.id).where(
                _GRAM.c.mirror_indicator_gram.op("MATCH")(as_value(query))
            )
            others = others.order_by(_GRAM.c.rowid)
        else:
            others = others.order_by(_I.id)
        found = dict(fitting)
        for number, record in self._connection.execute(others.where(*holds).limit(limit)):
            found.setdefault(number, record)
        return list(map(reader(Indicator), list(found.values())[:limit]))

    def indicator_count(self) -> int:
        """Return how many indicators the library has."""
        counted = select(func.count()).select_from(indicator)
        return self._once("indicator_count", lambda: self._connection.execute(counted).scalar_one())

    def projects(self) -> Mapping[str, AdmittedProject]:
        """Return the admitted projects by key."""
        return {one.key: one for one in self._all("project", AdmittedProject)}

    def ceilings(self, fiscal_year: int) -> list[Ceiling]:
        """Return the ceilings of a year."""
        return [one for one in self._all("ceiling", Ceiling) if one.fiscal_year == fiscal_year]

    def last_year(self, fiscal_year: int) -> list[LastYear]:
        """Return what was spent in the year before ``fiscal_year``, as the bureau gave it for that year."""
        return [one for one in self._all("last_year", LastYear) if one.fiscal_year == fiscal_year]

    def quotas(self, fiscal_year: int) -> list[Quota]:
        """Return the quotas of a year."""
        return [one for one in self._all("quota", Quota) if one.fiscal_year == fiscal_year]

    def quota(self, quota_id: str) -> Quota | None:
        """Return one quota."""
        return next((one for one in self._all("quota", Quota) if one.id == quota_id), None)

    def own_accounts(self) -> list[OwnAccount]:
        """Return the unit's own bank accounts."""
        return list(self._all("own_account", OwnAccount))

    def payees(self, text: str = "", limit: int = 12) -> list[KnownPayee]:
        """Return payees of the unit's own vouchers, the latest first, then those of the bureau's register."""
        own, register = tables.payee.c, MIRRORS["payee"].table.c
        wanted = words(text)
        mine = self._connection.execute(
            select(own.name, own.account, own.bank, own.bank_line_no, own.kind)
            .where(*(func.instr(own.search, word) > 0 for word in wanted))
            .order_by(own.last_date.desc(), own.name, own.account)
            .limit(limit)
        )
        theirs = self._connection.execute(
            select(register.record)
            .where(*(func.instr(register.search, word) > 0 for word in wanted))
            .order_by(register.name, register.account)
            .limit(limit)
        )
        once: dict[tuple[str, str], KnownPayee] = {}
        for one in (*(KnownPayee(*row) for row in mine), *map(reader(KnownPayee), theirs.scalars())):
            once.setdefault((one.name, one.account), one)
        return list(once.values())[:limit]

    def payment_results(self) -> list[PaymentResult]:
        """Return every payment result, in the order of their numbers."""
        return list(self._all("payment_result", PaymentResult))

    def versions(self) -> Mapping[str, tuple[int, str]]:
        """Return catalogue scope to (version, digest)."""
        of = tables.catalogue.c
        return {scope: (version, digest) for scope, version, digest in self._connection.execute(
            select(of.scope, of.version, of.digest).order_by(of.scope)
        )}

    def _fitting(self, holds: list[ColumnElement[bool]], function_code: str, limit: int) -> dict[int, bytes]:
        codes = [function_code, *(function_code[:length] for length in _CODE_LENGTHS if length < len(function_code))]
        found = self._connection.execute(
            select(_I.id, _I.record)
            .join(indicator_use, indicator_use.c.indicator_id == _I.id)
            .where(indicator_use.c.function_code.in_(codes), *holds)
            .order_by(_I.id)
            .limit(limit * len(codes))  # an entry may be listed under several of them
        )
        return dict(found.all())

    def _code_set(self, set_name: str) -> Mapping[str, CodeEntry]:
        of = MIRRORS["code"].table.c
        found = self._connection.execute(select(of.record).where(of.set_name == set_name).order_by(of.code))
        return MappingProxyType({one.code: one for one in map(reader(CodeEntry), found.scalars())})

    def _all(self, name: str, record_class: type[T]) -> tuple[T, ...]:
        return self._once(name, lambda: self._read_all(name, record_class))

    def _read_all(self, name: str, record_class: type[T]) -> tuple[T, ...]:
        mirror = MIRRORS[name].table
        found = self._connection.execute(select(mirror.c.record).order_by(*mirror.primary_key))
        return tuple(map(reader(record_class), found.scalars()))

    def _once(self, name: object, load: Callable[[], T]) -> T:
        if name not in self._kept:
            self._kept[name] = load()
        return cast(T, self._kept[name])
