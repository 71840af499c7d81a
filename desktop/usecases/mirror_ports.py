"""What use cases need of the platform's word: the mirrors as they last arrived, and what updates changed."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from desktop.domain.code_tables import CodeTable
from desktop.domain.library import CoreSet, GoalCase, Indicator, WeightProfile
from desktop.domain.library_changes import LibraryUpdate, RecordChange
from desktop.domain.library_search import LibraryFindings, LibraryQuery
from desktop.domain.mirrors import (
    AdmittedProject,
    AssetStandard,
    Ceiling,
    CodeSet,
    EconomicPair,
    ExpenditureStandard,
    KnownPayee,
    LastYear,
    Officer,
    OwnAccount,
    PaymentResult,
    Quota,
    UnitProfile,
)
from desktop.domain.parameters import Parameters
from desktop.domain.quant_model import QuantModel
from desktop.domain.scoring import ScoringProfile


class Mirrors(Protocol):
    """The platform's word as it last arrived; getters give frozen values, with a ``year`` those that hold in it."""

    def unit(self) -> UnitProfile: ...
    def officers(self) -> list[Officer]: ...
    def codes(self, set_name: str, year: int | None = None) -> CodeTable: ...
    def code_sets(self) -> list[CodeSet]: ...
    def pairs(self, year: int | None = None) -> list[EconomicPair]: ...
    def expenditure_standards(self, year: int | None = None) -> list[ExpenditureStandard]: ...
    def asset_standards(self, year: int | None = None) -> list[AssetStandard]: ...
    def parameters(self) -> Parameters: ...
    def weight_profiles(self) -> Mapping[str, WeightProfile]: ...
    def scoring_profiles(self) -> Mapping[str, ScoringProfile]: ...
    def quant_models(self) -> Mapping[str, QuantModel]: ...
    def indicators(self, codes: Collection[str]) -> Mapping[str, Indicator]: ...
    def search_indicators(
        self, text: str, level1: str = "", function_code: str = "", limit: int = 200
    ) -> list[Indicator]:
        """Search name, code and pinyin initials; entries that apply to the function code come first, core first."""

    def find_indicators(self, query: LibraryQuery, limit: int = 200) -> LibraryFindings:
        """Search the library; `desktop.domain.library_search` says what fits and in which order it comes."""

    def case_uses(self) -> Mapping[str, int]:
        """Return how many complete example goals have an indicator, by its code."""

    def indicator_count(self) -> int: ...
    def library(self) -> tuple[Indicator, ...]:
        """Return every indicator in the library's order, decoded anew at each call."""

    def cases(self) -> tuple[GoalCase, ...]: ...
    def core_sets(self) -> tuple[CoreSet, ...]: ...
    def projects(self) -> Mapping[str, AdmittedProject]: ...
    def ceilings(self, fiscal_year: int) -> list[Ceiling]: ...
    def last_year(self, fiscal_year: int) -> list[LastYear]: ...
    def quotas(self, fiscal_year: int) -> list[Quota]: ...
    def quota(self, quota_id: str) -> Quota | None: ...
    def own_accounts(self) -> list[OwnAccount]: ...
    def payees(self, text: str = "", limit: int = 12) -> list[KnownPayee]: ...
    def payment_results(self) -> list[PaymentResult]: ...
    def versions(self) -> Mapping[str, tuple[int, str]]:
        """Return catalogue scope to (version, digest): ``public``, ``unit:219001``."""


class LibraryLog(Protocol):
    """What the last updates of the performance library changed."""

    def edition(self) -> str:
        """Return the newest edition among the library's indicators (``2026.2``), empty without a library."""

    def updates(self) -> list[LibraryUpdate]:
        """Return the updates that are kept, newest first."""

    def changes(self, version: int) -> list[RecordChange]:
        """Return what an update changed, by dataset and key."""

    def both(self, version: int, dataset: str, key: str) -> tuple[object | None, object | None]:
        """Return a record before and after an update; `KeyError` when the update did not change it."""

    def indicators_before(self, wanted: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Indicator]:
        """Return what indicators were in an earlier edition, by (code, edition); those that are still known."""

    def last_of(self, codes: Iterable[str]) -> Mapping[str, Indicator]:
        """Return the last content of indicators whose record is gone, by code; those that are still known."""

    def mark_read(self, up_to: int, at: str) -> None:
        """Note that the updates up to a version were read."""
