"""A unit's real encrypted books behind a real context: three people, quotas, payees, and vouchers to look at."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.bootstrap import table_files
from desktop.domain import ledger
from desktop.domain.document import Post
from desktop.domain.mirrors import Officer
from desktop.domain.voucher import EvoucherUse, Payee, PaymentVoucher, VoucherLine
from desktop.domain.voucher_rules import paired
from desktop.domain.words import in_words
from desktop.exchange.evouchers import read_evoucher
from desktop.exchange.reference import public_datasets
from desktop.storage.vault import OfficerVault
from desktop.storage.workspace import create_workspace, open_workspace
from desktop.ui.context import Context, Services
from desktop.ui.payment.editor import VoucherEditor
from desktop.ui.payment.page import PaymentPage
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.state import Officer as ShownOfficer
from desktop.ui.shell.state import Segment, ShellState
from desktop.ui.tasks import Tasks
from desktop.usecases.apply_answer import apply_snapshot
from desktop.usecases.hand_over import check, present, sign
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat, seat_of
from desktop.usecases.start_document import new_voucher, with_quota
from desktop.usecases.write_document import create
from tests.ui.people import CHEAP, PEOPLE, PIN, UNIT, Clock, Ids, Memory

PAYEES = (
    ("甲旗顺达汽车维修有限公司", "15050166820009000428", "中国建设银行甲旗支行", "jqsdqcwxyxgs"),
    ("甲旗气象服务中心", "05120101040033215", "甲旗农村信用合作联社营业部", "jqqxfwzx"),
    ("甲旗蒙源印务有限公司", "0602004109022100381", "中国工商银行甲旗支行", "jqmyywyxgs"),
    ("甲旗绿源苗木专业合作社", "15050166820009007716", "中国建设银行甲旗支行", "jqlymmzyhzs"),
)


class Office:
    """One workspace at one screen.

    `do` runs a piece of work where the program runs it, and waits for it.
    """

    def __init__(self, qtbot: QtBot, folder: Path, made: "Made") -> None:
        self.qtbot, self.clock, self.ids = qtbot, Clock(), Ids()
        shutil.copytree(made.folder, folder / "office")
        secrets = Memory(dict(made.secrets.kept))
        self.workspace = open_workspace(folder / "office" / "unit", secrets, clock=self.clock.now)
        self.vault = OfficerVault(folder / "office" / "keys", secrets, cost=CHEAP)
        self.officers = made.officers
        self.tasks = Tasks()
        services = Services(read_evoucher=read_evoucher, month_end=_no_run, today=self.clock.time.date,
                            tables=table_files())
        self.context = Context(
            self.tasks, self.workspace.books, self.vault, services, self.seat("zhangli"), 2026
        )
        self.failures: list[Exception] = []
        self.context.failed.connect(self.failures.append)
        self.context.broken.connect(self.failures.append)

    def seat(self, person: str) -> Seat:
        return _seat(self.officers[person])

    def sit(self, person: str) -> None:
        self.context.sit(self.seat(person))

    def do(self, work: Callable[[Books], Any]) -> Any:
        done: list[Any] = []
        self.context.run(self.context, work, done.append, done.append)
        self.qtbot.waitUntil(lambda: bool(done) or bool(self.failures), timeout=90_000)
        assert not self.failures, self.failures
        return done[0]

    def settle(self) -> None:
        """Wait until nothing is being read or written any more."""
        self.qtbot.waitUntil(lambda: self.tasks.busy() == 0, timeout=90_000)
        QApplication.processEvents()  # new widgets of a visible parent appear now
        assert not self.failures, self.failures

    def close(self) -> None:
        self.tasks.close()
        self.workspace.close()

    # -- content

    def voucher(self, quota: str = "Q-CAR", payee: int = 0, amount: str = "6480.00", purpose: str = "公务用车维修保养",
                code: str = "30231", *, invoiced: bool = True, number: str = "") -> PaymentVoucher:
        """Return a stored draft of the maker; with an e-invoice over the whole amount unless told otherwise."""
        yuan = Decimal(amount)

        def work(books: Books) -> PaymentVoucher:
            fresh = new_voucher(books, self.seat("zhangli"), self.clock.time.date())
            name, account, bank, _ = PAYEES[payee]
            with books:
                drawn = with_quota(fresh, next(q for q in books.mirrors.quotas(2026) if q.id == quota))
            uses = (_use(number or f"2615200000004418{fresh.head.key[-4:]}", name, yuan),) if invoiced else ()
            line = VoucherLine(self.ids.new(), code, "", purpose, yuan, uses[0].key if uses else "")
            made = replace(drawn, payee=Payee(name, account, bank), amount=yuan, amount_in_words=in_words(yuan),
                           purpose=purpose, lines=(line,), evouchers=uses)
            with books:
                pairs = books.mirrors.pairs()
            made = paired(made, "ADMIN", pairs)
            create(books, self.seat("zhangli"), made)
            return made

        return self.do(work)

    def presented(self, **parts: Any) -> PaymentVoucher:
        made = self.voucher(**parts)
        handed = self.do(lambda books: present(books, self.seat("zhangli"), [made.head.doc_id]))
        assert handed.moved, handed.blocked
        return made

    def checked(self, **parts: Any) -> PaymentVoucher:
        made = self.presented(**parts)
        key = self.vault.unlock("liqiang", PIN)
        handed = self.do(lambda books: check(books, self.seat("liqiang"), key, [made.head.doc_id]))
        assert handed.moved, handed.blocked
        return made

    def signed(self, **parts: Any) -> PaymentVoucher:
        made = self.checked(**parts)
        key = self.vault.unlock("wangzhiyuan", PIN)
        handed = self.do(lambda books: sign(books, self.seat("wangzhiyuan"), key, [made.head.doc_id]))
        assert handed.moved, handed.blocked
        return made

    def stored(self, made: PaymentVoucher) -> Any:
        """Return the document as it lies in the books."""

        def work(books: Books) -> Any:
            with books:
                return books.documents.get(made.head.doc_id)

        return self.do(work)

    def is_stored(self, made: PaymentVoucher) -> bool:
        """Tell whether anything of a voucher lies in the books."""

        def work(books: Books) -> bool:
            with books:
                return books.documents.find(made.head.kind, made.head.key) is not None

        return bool(self.do(work))

    # -- windows

    def window(self, width: int = 1366, height: int = 768) -> tuple[MainWindow, PaymentPage]:
        """Return a shown window with the payment page, the list in front and read."""
        name = self.context.seat().name
        state = ShellState(UNIT, "甲旗林业和草原局", "#0E7490", 2026, ShownOfficer("x", name, "经办"),
                           right=(Segment("单位：元"), Segment("离线可用")))
        window = MainWindow(state)
        self.qtbot.addWidget(window)
        window.resize(width, height)
        window.add_page("voucher", "支付申请", "receipt", lambda: PaymentPage(self.context, window))
        with self.qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.show_page("voucher")
        page = window.page("voucher")
        assert isinstance(page, PaymentPage)
        self.settle()
        return window, page

    def open(self, page: PaymentPage, argument: str) -> VoucherEditor:
        """Open a voucher and return its editor, settled."""
        with self.qtbot.waitSignal(page.ready, timeout=90_000) as opened:
            page.open(argument)
        self.settle()
        return page._editors[opened.args[0]]


@dataclass(frozen=True, slots=True)
class Made:
    """A workspace and keys to copy for every test: making them takes most of a second."""

    folder: Path
    secrets: Memory
    officers: dict[str, Officer]


_made: list[Made] = []


def _make(folder: Path) -> Made:
    secrets = Memory()
    (folder / "keys").mkdir()
    vault, officers = OfficerVault(folder / "keys", secrets, cost=CHEAP), {}
    for person, (name, posts) in PEOPLE.items():
        public = vault.create(person, PIN)
        officers[person] = Officer(person, name, posts, vault.unlock(person, PIN).key_id, public)
    with create_workspace(folder / "unit", secrets, clock=Clock().now, cost=CHEAP).workspace as workspace:
        _arrive(workspace.books(), officers)
    return Made(folder, secrets, officers)


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office whose mirrors have arrived."""
    if not _made:
        _made.append(_make(tmp_path_factory.mktemp("office")))
    here = Office(qtbot, tmp_path, _made[0])
    yield here
    here.settle()
    here.close()


def _seat(officer: Officer) -> Seat:
    return seat_of(officer, Post(officer.posts[0]), Clock(), Ids())


def _no_run(*_: object) -> Any:
    raise AssertionError("no exchange in these tests")


def _use(number: str, seller: str, total: Decimal) -> EvoucherUse:
    return EvoucherUse(f"EINV:{number}", "EINV_ORD", number, date(2026, 11, 18), seller, "甲旗林业和草原局",
                       "11150821MB0X12343J", total, total, False, True, "ab" * 32, f"{number}.ofd", 20480)


def _arrive(books: Books, officers: dict[str, Officer]) -> None:
    public = public_datasets()
    quotas = [
        _quota("Q-CAR", "80000.00", "公用经费", "公务用车", three_public="VEHICLE_RUN", codes=["30231"]),
        _quota("Q-DAILY", "300000.00", "公用经费", "日常公用"),
        _quota("Q-SAND", "2600000.00", "沙化土地综合治理", "防沙治沙", document="甲财预〔2026〕31号",
               project="L-219001-7", kind="T"),
        _quota("Q-OLD", "50000.00", "退化草原生态修复", "围栏看护", document="甲财预〔2026〕31号", status="FROZEN"),
    ]
    unit = {
        "unit_profile": [{
            "unit_code": UNIT, "name": "甲旗林业和草原局", "credit_code": "11150821MB0X12343J", "kind": "ADMIN",
            "division": "150821", "division_name": "甲旗", "bureau_name": "甲旗财政局", "staff_quota": 30,
            "staff_actual": 28, "vehicles": 2,
            "zero_balance_account": {"name": "甲旗林业和草原局", "number": "05120101040011206",
                                     "bank": "甲旗农村信用合作联社营业部"},
        }],
        "officer": [{"id": o.id, "name": o.name, "posts": list(o.posts), "key_id": o.key_id,
                     "public_key": o.public_key, "active": True} for o in officers.values()],
        "payee": [{"name": name, "account": account, "bank": bank, "initials": initials}
                  for name, account, bank, initials in PAYEES],
        "quota": quotas,
    }
    with books:
        kept = {name: public[name] for name in ("code", "economic_pair", "parameter")}
        apply_snapshot(books, _seat(officers["zhangli"]), "public", 1, kept)
        apply_snapshot(books, _seat(officers["zhangli"]), "unit:219001", 1, unit)
        at = Clock().now().isoformat()
        spent = ledger.reserve("Q-CAR", Decimal("71260.00"), "earlier", "1")
        books.ledger.post(spent, at=at)
        books.ledger.post(ledger.payment("Q-CAR", Decimal("71260.00"), "paid-1"), at=at)
        books.commit()


def _quota(quota: str, amount: str, name: str, description: str, *, document: str = "甲财预〔2026〕12号",
           project: str = "Y1-219001", kind: str = "Y1", codes: list[str] | None = None, three_public: str = "",
           status: str = "ACTIVE") -> dict[str, object]:
    return {
        "id": quota, "document_no": document, "date": "2026-01-20", "type": "INITIAL", "fiscal_year": 2026,
        "project_key": project, "project_name": name, "project_class": kind, "fund_nature": "111",
        "fund_source": "LOCAL", "function_code": "2130201", "amount": amount, "description": description,
        "dept_economic_codes": codes or [], "three_public": three_public, "status": status,
    }
