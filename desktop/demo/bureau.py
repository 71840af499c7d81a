"""The rehearsal's finance bureau: a platform in a folder of this PC, and what its people do during the story."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.demo.clock import StoryClock
from desktop.demo.editions import edition_of
from desktop.demo.material import VoucherPlan, unit_material
from desktop.demo.records import ceiling_records, officer_records, opening_records, profile_records
from desktop.exchange.reference import public_datasets
from sync.central.bureau import Bureau
from sync.central.opening import open_platform
from sync.central.service import Service
from sync.central.settings import PlatformSettings
from sync.crypto import PublicKey

PLATFORM = "150821-budget-platform"
WRITER = "pc1"
# Where `budgetdesk central serve` answers unless told otherwise: the rehearsal can be synced from the command line too.
URL = "http://127.0.0.1:8219"


@dataclass(frozen=True, slots=True)
class RehearsalBureau:
    """The platform with the bureau's hands on it."""

    service: Service
    bureau: Bureau
    clock: StoryClock

    def register(self, writer: PublicKey, officers: Mapping[str, str]) -> bytes:
        """Register the unit, its computer and its people; publish the library and the year's opening data.

        Args:
            writer: The computer's key.
            officers: Officer id to public key in hex.

        Returns:
            The activation file.
        """
        unit_code = unit_material()["unit"]["unit_code"]
        self.bureau.register_unit(profile_records()[0])
        self.bureau.register_writer(unit_code, WRITER, writer)
        self.bureau.publish_public(public_datasets())
        keys = {officer: (PublicKey.from_hex(key).key_id, key) for officer, key in officers.items()}
        self.bureau.publish_unit(unit_code, {"officer": officer_records(keys), **opening_records()})
        return self.bureau.activation(unit_code, WRITER)

    def publish_edition(self, changes: Mapping[str, Mapping[str, object]]) -> None:
        """Publish the next edition of the library: `desktop.demo.editions`."""
        records = edition_of(self.bureau.public("indicator"), changes)
        self.bureau.publish_library({"indicator": records}, whole=False)

    def allow_own_indicators(self) -> None:
        """Let units write indicators themselves (P-02)."""
        own = {"name": "custom_indicators", "value": "1", "source": "甲旗财政局通知"}
        known = [row for row in self.bureau.public("parameter") if row["name"] != own["name"]]
        self.bureau.publish_public({"parameter": [*known, own]})

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

    def close(self) -> None:
        """Let the platform's database go."""
        self.service.platform.store.close()


def open_bureau(folder: Path, clock: StoryClock) -> RehearsalBureau:
    """Open the rehearsal's platform, or make it at its first start."""
    wanted = PlatformSettings(audience=PLATFORM, name="甲旗财政局", url=URL)
    platform = open_platform(folder, wanted=wanted, clock=clock.now, cost=1 << 12)
    return RehearsalBureau(Service(platform), Bureau(platform), clock)
