"""The rehearsal's finance bureau: a platform in a folder of this PC, and what its people do during the story."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sync.central.bureau import Bureau
from sync.central.service import Central, open_central

from desktop.demo.clock import StoryClock
from desktop.demo.material import VoucherPlan
from desktop.demo.records import (
    ceiling_records,
    officer_records,
    opening_records,
    profile_records,
)
from desktop.exchange.reference import public_datasets
from sync.central.settings import PlatformSettings

PLATFORM = "150821-budget-platform"


@dataclass(frozen=True, slots=True)
class RehearsalBureau:
    """The platform with the bureau's hands on it."""

    central: Central
    bureau: Bureau
    clock: StoryClock

    def open_year(self, unit_code: str, officers: Mapping[str, tuple[str, str]]) -> None:
        """Publish the library and the unit's opening data."""
        self.bureau.publish_public(public_datasets())
        self.bureau.publish_unit(
            unit_code,
            {
                "unit_profile": profile_records(),
                "officer": officer_records(dict(officers)),
                **opening_records(),
            },
        )

    def give_ceilings(self, unit_code: str) -> None:
        """Publish DOWN1: ceilings and last year's figures."""
        self.bureau.publish_unit(unit_code, ceiling_records())

    def pay(self, unit_code: str, voucher_key: str, on: datetime) -> None:
        """Let the bank pay an accepted voucher."""
        serial = f"BK{on:%Y%m%d}{voucher_key[-6:]}"
        self.bureau.pay(unit_code, voucher_key, serial, on.date().isoformat())

    def plan_return(self, unit_code: str, voucher_key: str, plan: VoucherPlan) -> None:
        """Prepare to return a voucher with the reason of the story when it arrives."""
        self.bureau.plan_return(unit_code, "VOUCHER", voucher_key, plan.code, plan.field, plan.comment)


def open_bureau(folder: Path, clock: StoryClock) -> RehearsalBureau:
    """Open the rehearsal's platform, or make it at its first start."""
    settings = PlatformSettings(audience=PLATFORM, name="甲旗财政局")
    central = open_central(folder, settings=settings, clock=clock.now)
    return RehearsalBureau(central, Bureau(central.platform), clock)
