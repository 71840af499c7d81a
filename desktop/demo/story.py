"""A year of the rehearsal unit, made through the use cases up to 20 November; no row is written by hand."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.bootstrap import Installation, install
from desktop.demo.budget_writing import write_budget
from desktop.demo.bureau import RehearsalBureau, open_bureau
from desktop.demo.clock import StoryClock
from desktop.demo.invoices import write_invoice
from desktop.demo.material import VoucherPlan, pins, unit_material, voucher_plans
from desktop.demo.people import People, StoryBroken
from desktop.demo.project_writing import write_last_projects, write_projects
from desktop.domain.document import Post
from desktop.domain.voucher import BusinessType, Payee, PayeeKind, PaymentVoucher, SettlementMode, VoucherLine
from desktop.exchange.evouchers import read_evoucher
from desktop.storage.workspace import create_workspace
from desktop.usecases.enrol import enrol
from desktop.usecases.practice import REHEARSAL
from desktop.usecases.start_document import new_voucher, with_amount, with_quota
from desktop.usecases.take_evoucher import attach, take_evoucher
from desktop.usecases.write_document import create, save
from sync.activation import read_activation
from sync.secrets import SecretStore
from sync.transport.direct import DirectTransport

ZONE = timezone(timedelta(hours=8))
TODAY = datetime(2026, 11, 20, 8, 30, tzinfo=ZONE)
_OPENING = datetime(2026, 2, 11, 9, 0, tzinfo=ZONE)
# Days on which the unit presses 一键同步; what is dated up to then goes with it, and is paid two days later.
_SYNC_DAYS = ((4, 21), (6, 25), (8, 27), (10, 22))
UNIT_FOLDER, PLATFORM_FOLDER = "unit-219001", "platform"


@dataclass(slots=True)
class Story:
    """The rehearsal while it is being made."""

    installation: Installation
    bureau: RehearsalBureau
    people: People
    clock: StoryClock
    invoices: Path
    sequence: int = 31006

    def run(self, tell: Callable[[str], None]) -> None:
        """Make the whole year, then stop on the morning of `TODAY`."""
        tell("正在演练：开年，领取指标库、额度和人员登记")
        self._sync(_OPENING + timedelta(hours=1))
        self.clock.jump(_OPENING + timedelta(hours=3))
        seat = self.people.seat(Post.MAKER)
        self.people.finish(write_last_projects(self.installation.books(), seat))  # goes with the first vouchers
        plans = list(voucher_plans())
        for month, day in _SYNC_DAYS:
            until = datetime(2026, month, day, 16, 0, tzinfo=ZONE)
            batch = [plan for plan in plans if plan.date <= until.date() and plan.stage == "PAID"]
            tell(f"正在演练：到 {month} 月 {day} 日，{len(batch)} 张支付申请")
            self._spend(batch, until)
            plans = [plan for plan in plans if plan not in batch]
        tell("正在演练：申报 2027 年项目和绩效目标")
        self._projects(datetime(2026, 10, 28, 10, 0, tzinfo=ZONE))
        tell("正在演练：11 月的单据")
        self._november(plans)

    def _spend(self, batch: list[VoucherPlan], until: datetime) -> None:
        keys = [self._voucher(plan) for plan in batch]
        self.people.finish([doc_id for doc_id, _ in keys])
        self._sync(until)
        paid_on = until + timedelta(days=2)
        self.clock.jump(paid_on)
        for _, key in keys:
            self.bureau.pay("219001", key, paid_on)
        self._sync(paid_on + timedelta(hours=1))

    def _projects(self, at: datetime) -> None:
        self.clock.jump(at)
        seat = self.people.seat(Post.MAKER)
        self.people.finish(write_projects(self.installation.books(), seat))
        self._sync(at + timedelta(hours=2))
        self.clock.jump(datetime(2026, 11, 16, 9, 0, tzinfo=ZONE))
        self.bureau.give_ceilings("219001")

    def _november(self, plans: list[VoucherPlan]) -> None:
        sent = [plan for plan in plans if plan.stage in ("ACCEPTED", "RETURNED")]
        keys = [self._voucher(plan) for plan in sent]
        for (_, key), plan in zip(keys, sent, strict=True):
            if plan.stage == "RETURNED":
                self.bureau.plan_return("219001", key, plan)
        self.people.finish([doc_id for doc_id, _ in keys])
        self._sync(datetime(2026, 11, 18, 16, 40, tzinfo=ZONE))
        signed = [self._voucher(plan)[0] for plan in plans if plan.stage == "SIGNED"]
        self.people.finish(signed)
        write_budget(self.installation.books(), self.people.seat(Post.MAKER))
        self.clock.jump(TODAY)
        presented = [self._voucher(plan)[0] for plan in plans if plan.stage == "PRESENTED"]
        self.people.present(presented)
        for plan in plans:
            if plan.stage == "DRAFT":
                self._voucher(plan)

    def _voucher(self, plan: VoucherPlan) -> tuple[str, str]:
        """Write one voucher as its maker does and return (doc id, key)."""
        # Nobody writes two vouchers in the same minute.
        self.clock.jump(max(datetime.combine(plan.date, time(9, 20), ZONE), self.clock.now() + timedelta(minutes=7)))
        books, seat = self.installation.books(), self.people.seat(Post.MAKER)
        voucher = new_voucher(books, seat, plan.date)
        with books:
            quota = books.mirrors.quota(plan.quota)
        if quota is None:
            raise StoryBroken(plan.quota)
        voucher = with_quota(create(books, seat, voucher).document.content, quota)  # type: ignore[arg-type]
        if plan.invoice:
            self.sequence += 137
            path = write_invoice(self.invoices, plan, self.sequence)
            voucher = attach(voucher, take_evoucher(books, seat, path, read_evoucher), seat.ids.new())
        save(books, seat, _filled(voucher, plan, seat.ids.new))
        return voucher.head.doc_id, voucher.head.key

    def _sync(self, at: datetime) -> None:
        self.clock.jump(at)
        one = self.installation
        outcome = one.month_end(one.at_once, one.machine_seat(), lambda: False, lambda report: None).run()
        if outcome.fault is not None:
            raise StoryBroken(f"{outcome.fault.code} {outcome.fault.facts}") from outcome.fault


def make_story(home: Path, secrets: SecretStore, tell: Callable[[str], None]) -> None:
    """Make the rehearsal's platform and unit in an empty home; both are closed again afterwards.

    Args:
        home: Gets `UNIT_FOLDER` and `PLATFORM_FOLDER`.
        secrets: Keeps the unit's secrets.
        tell: Told what is going on, in Chinese.
    """
    clock = StoryClock(_OPENING)
    with (
        closing(open_bureau(home / PLATFORM_FOLDER, clock)) as bureau,
        create_workspace(home / UNIT_FOLDER, secrets, clock=clock.now).workspace as workspace,
        TemporaryDirectory(dir=home) as folder,
    ):
        installation = install(workspace, clock=clock, connect=lambda url: DirectTransport(bureau.service))
        vault = workspace.vault()
        registered = {row["id"]: vault.create(row["id"], pins()[row["id"]]) for row in unit_material()["officers"]}
        activation = bureau.register(vault.writer_key().public, registered)
        enrol(installation.books(), read_activation(activation), clock.now().isoformat(timespec="seconds"))
        with installation.books() as books:
            books.set_setting(REHEARSAL, "1")
            books.commit()
        Story(installation, bureau, People(installation), clock, Path(folder)).run(tell)


def _filled(voucher: PaymentVoucher, plan: VoucherPlan, new_id: Callable[[], str]) -> PaymentVoucher:
    payee = next(row for row in unit_material()["payees"] if row["name"] == plan.payee)
    key = voucher.evouchers[0].key if voucher.evouchers else ""
    lines = tuple(VoucherLine(new_id(), code, "", summary, amount, key) for code, summary, amount in plan.lines)
    filled = replace(
        voucher,
        payee=Payee(payee["name"], payee["account"], payee["bank"], payee["bank_line_no"], PayeeKind.COMPANY),
        purpose=plan.purpose,
        business_type=BusinessType(plan.business),
        settlement_mode=SettlementMode(plan.settlement),
        lines=lines,
    )
    return with_amount(filled, sum((line.amount for line in lines), Decimal("0.00")))
