"""The platform's word as it last arrived: reading only, frozen values out.

What is small and asked for at every check is kept in memory until the mirrors change.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, func, select

from desktop.domain.code_tables import CodeTable, of_year
from desktop.domain.library import CoreSet, GoalCase, Indicator, WeightProfile
from desktop.domain.library_search import LibraryFindings, LibraryQuery, static_key
from desktop.domain.mirrors import (
    AdmittedProject,
    AssetStandard,
    Ceiling,
    CodeEntry,
    CodeSet,
    EconomicPair,
    ExpenditureStandard,
    KnownPayee,
    LastYear,
    Officer,
    OwnAccount,
    Parameter,
    PaymentResult,
    Quota,
    UnitProfile,
)
from desktop.domain.parameters import Parameters
from desktop.domain.quant_model import QuantModel
from desktop.domain.scoring import ScoringProfile
from desktop.domain.search_text import words
from desktop.storage import tables
from desktop.storage.codec import reader
from desktop.storage.faults import WorkspaceFault
from desktop.storage.library_finding import LibraryFinder
from desktop.storage.mirror_tables import MIRRORS, indicator

T = TypeVar("T")

_I = indicator.c


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

    def codes(self, set_name: str, year: int | None = None) -> CodeTable:
        """Return the entries of a code table that hold in a fiscal year, in code order; empty when it never came.

        Without a year the newest entry of every code is given, ended or not.
        """
        return self._once(("codes", set_name, year), lambda: CodeTable(self._code_set(set_name), year))

    def code_sets(self) -> list[CodeSet]:
        """Return what the code tables are, in their order; those that are only there come last."""
        told = self._all("code_set", CodeSet)
        names = select(MIRRORS["code"].table.c.set_name).distinct().order_by("set_name")
        known = {one.set for one in told}
        untold = [CodeSet(name, "") for name in self._connection.execute(names).scalars() if name not in known]
        return [*sorted(told, key=lambda one: one.place), *untold]

    def pairs(self, year: int | None = None) -> list[EconomicPair]:
        """Return the pairs of economic codes that hold in a fiscal year; those of all years without one."""
        return of_year(self._all("economic_pair", EconomicPair), year)

    def expenditure_standards(self, year: int | None = None) -> list[ExpenditureStandard]:
        """Return the ceilings of expenditure that hold in a fiscal year; those of all years without one."""
        return of_year(self._all("expenditure_standard", ExpenditureStandard), year)

    def asset_standards(self, year: int | None = None) -> list[AssetStandard]:
        """Return the standards of assets that hold in a fiscal year; those of all years without one."""
        return of_year(self._all("asset_standard", AssetStandard), year)

    def parameters(self) -> Parameters:
        """Return the bureau's parameters over the defaults."""
        return self._once(
            "parameters", lambda: Parameters({one.name: one.value for one in self._all("parameter", Parameter)})
        )

    def weight_profiles(self) -> Mapping[str, WeightProfile]:
        """Return the weight profiles by code."""
        return {one.code: one for one in self._all("weight_profile", WeightProfile)}

    def scoring_profiles(self) -> Mapping[str, ScoringProfile]:
        """Return how the bureau scores, by code."""
        return {one.code: one for one in self._all("scoring_profile", ScoringProfile)}

    def quant_models(self) -> Mapping[str, QuantModel]:
        """Return the quantification models by code."""
        return {one.code: one for one in self._all("quant_model", QuantModel)}

    def indicators(self, codes: Collection[str]) -> Mapping[str, Indicator]:
        """Return those of the indicators that the library has now, by code."""
        found = self._connection.execute(select(_I.record).where(_I.code.in_(list(codes))))
        read = reader(Indicator)
        return {one.code: one for one in map(read, found.scalars())}

    def find_indicators(self, query: LibraryQuery, limit: int = 200) -> LibraryFindings:
        """Search the library; `desktop.domain.library_search` says what fits and in which order it comes."""
        return LibraryFinder(self._connection, self._kept).find(query, limit)

    def search_indicators(
        self, text: str, level1: str = "", function_code: str = "", limit: int = 200
    ) -> list[Indicator]:
        """Return the first indicators that fit a text, those that belong to the function code first."""
        query = LibraryQuery(text=text, level1=level1, function_code=function_code)
        return list(self.find_indicators(query, limit).hits)

    def indicator_count(self) -> int:
        """Return how many indicators the library has."""
        counted = select(func.count()).select_from(indicator)
        return self._once("indicator_count", lambda: self._connection.execute(counted).scalar_one())

    def library(self) -> tuple[Indicator, ...]:
        """Return every indicator in the library's order, decoded anew at each call."""
        records = self._connection.execute(select(_I.record)).scalars()
        return tuple(sorted(map(reader(Indicator), records), key=static_key))

    def cases(self) -> tuple[GoalCase, ...]:
        """Return the complete example goals, by code."""
        return self._all("goal_case", GoalCase)

    def case_uses(self) -> Mapping[str, int]:
        """Return how many complete example goals have an indicator, by its code; without those that none has."""
        return self._once(
            "case uses",
            lambda: Counter(
                code for case in self.cases() for code in {line.indicator_code for line in case.lines} if code
            ),
        )

    def core_sets(self) -> tuple[CoreSet, ...]:
        """Return the sets of mandatory indicators of kinds of projects, by code."""
        return self._all("core_set", CoreSet)

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

    def _code_set(self, set_name: str) -> tuple[CodeEntry, ...]:
        return self._once(("code_set", set_name), lambda: self._read_codes(set_name))

    def _read_codes(self, set_name: str) -> tuple[CodeEntry, ...]:
        of = MIRRORS["code"].table.c
        rows = select(of.record).where(of.set_name == set_name).order_by(of.code, of.from_year)
        return tuple(map(reader(CodeEntry), self._connection.execute(rows).scalars()))

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
