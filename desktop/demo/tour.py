"""A whole month end through the real windows, as three people work: by keys, buttons, PINs and a dropped invoice."""

import shutil
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.bootstrap import read_evoucher
from desktop.demo import new_project
from desktop.demo.invoices import write_invoice
from desktop.demo.material import VoucherPlan, pins, unit_material
from desktop.demo.stage import Stage
from desktop.ui.tour.program import AppDriver, open_driver
from desktop.usecases.month_end import StageReport

NOTE = "演示数据 · 不会报送"
SMALL, LARGE = (1366, 768), (1920, 1080)
REPAIR = "甲旗顺达汽车维修有限公司"


@dataclass(frozen=True, slots=True)
class Tour:
    """The script; each method is a scene."""

    hands: AppDriver
    folder: Path  # where invoices lie before they are dropped

    def home(self) -> None:
        """The accountant opens the program."""
        self.hands.resize(*SMALL)
        self.hands.shoot("home")

    def project(self) -> None:
        """A new project: its form, then its goal, every indicator picked from the library by pinyin initials."""
        hands = self.hands
        hands.key("Alt+3")
        hands.shoot("goals")
        hands.answer_form((new_project.NAME, "", new_project.FUNCTION), lambda: hands.press("新增项目"))
        hands.fill(hands.field("项目负责人"), "斯琴")
        hands.fill(hands.field("联系电话"), "0482-8219001")
        hands.shoot("project")
        new_project.type_summary_and_plan(hands)
        hands.shoot("project-plan")

    def goal(self) -> None:
        """The goal of the new project."""
        hands = self.hands
        hands.tab("绩效目标")
        hands.fill(hands.field("年度总体目标"), new_project.YEAR_GOAL)
        search = hands.field("搜索指标库")
        for initials in ("sbldyzcd", "gsmmzzzs", "gsmmdnchl", "zszyjjwcl", "shtdzll", "zsxnddnmmwgrs", "sqnmmmyd"):
            hands.fill(search, initials, leave="Down")
            hands.key("Space")
            if initials == "gsmmdnchl":
                hands.shoot("picker")
            hands.key("Return")
        hands.press("采用建议")
        hands.key("F8")
        findings = hands.field("问题")
        for left, target in ((2, "12"), (1, "48000"), (0, "60")):
            hands.focus(findings)
            hands.key("Ctrl+Home")
            hands.key("Return")
            hands.enter(target)
            hands.key("F8")
            hands.until_rows(findings, left)
        hands.shoot("goal")
        hands.press("送复核")

    def voucher_from_invoices(self) -> None:
        """A payment voucher from two OFD invoices dropped on the page."""
        hands = self.hands
        hands.key("Alt+4")
        hands.shoot("vouchers")
        hands.key("Ctrl+N")
        hands.enter("gwyc")
        for sequence, (summary, amount) in enumerate(
            (("更换轮胎、刹车片", "4280.00"), ("更换机油、常规保养", "2200.00"))
        ):
            path = write_invoice(self.folder, _repair(summary, amount), 44180327 + sequence, ".ofd")
            hands.drop(path, hands.field("收款人账号"))
        hands.fill(hands.field("用途"), "公务用车维修保养（蒙L·A0219）")
        hands.shoot("voucher")
        hands.key("F8")
        hands.shoot("voucher-checked")
        hands.press("送复核")

    def budget(self) -> None:
        """A line over its ceiling is put right, a growth is explained, the budget goes to the checker."""
        hands = self.hands
        hands.key("Alt+2")
        hands.shoot("budget-errors")
        hands.key("F3")
        hands.enter("280000")
        hands.key("F8")
        table = hands.field("问题")
        hands.focus(table)
        hands.key("Home")
        hands.answer_text("管护站标识和普查表册集中在今年印制。", lambda: hands.key("Space"))
        hands.shoot("budget")
        hands.press("送复核")

    def returned(self) -> None:
        """A returned voucher is put right and goes again as its next revision."""
        hands = self.hands
        hands.open("voucher", "tab:RETURNED")
        hands.shoot("returned-list")
        hands.focus(hands.field("支付申请列表"))
        hands.key("Return")
        hands.shoot("returned")
        hands.press("更正并重报")
        hands.fill(hands.field("收款人账号"), "154001201090002858")
        hands.shoot("returned-corrected")
        self._answer_warnings()
        hands.press("送复核")

    def check_and_sign(self) -> None:
        """Two other people look, enter their PINs, and sign."""
        hands = self.hands
        for person, act in (("李强", "复核通过"), ("王志远", "签章")):
            hands.sit(person, pin_of(person))
            hands.key("Alt+1")
            hands.shoot(f"home-{_OFFICER[person]}")
            self._sign_page("Alt+3", person, act)
            self._sign_page("Alt+2", person, act)
            self._sign_vouchers(person, act)
        hands.sit("张丽")

    def month_end(self) -> None:
        """一键同步."""
        hands = self.hands
        hands.key("F12")
        hands.shoot("sync-check")
        hands.press_and_watch("开始同步", "sync-running")
        hands.shoot("sync-done")
        hands.key("Alt+1")
        hands.shoot("home-after")
        hands.resize(*LARGE)
        hands.shoot("home-1920")
        hands.key("Alt+2")
        hands.shoot("budget-1920")

    def _sign_page(self, page: str, person: str, act: str) -> None:
        hands = self.hands
        hands.key(page)
        if page == "Alt+3":
            hands.choose_row(hands.field("项目"), new_project.NAME)
        hands.enter_secret(pin_of(person), lambda: hands.press(act))

    def _sign_vouchers(self, person: str, act: str) -> None:
        hands = self.hands
        hands.open("voucher", "tab:PRESENTED" if act == "复核通过" else "tab:CHECKED")
        hands.focus(hands.field("支付申请列表"))
        hands.key("Ctrl+A")
        hands.shoot(f"vouchers-{_OFFICER[person]}")
        hands.enter_secret(pin_of(person), lambda: hands.press(act), f"pin-{_OFFICER[person]}")

    def _answer_warnings(self) -> None:
        for field in self.hands.fields_ending("的说明"):
            self.hands.fill(field, "已核对开户许可证，账号以本次为准。", leave="Return")

    def run(self) -> None:
        """Everything, in the order of the month end."""
        self.home()
        self.project()
        self.goal()
        self.voucher_from_invoices()
        self.budget()
        self.returned()
        self.check_and_sign()
        self.month_end()


_OFFICER = {"李强": "checker", "王志远": "signer"}


def pin_of(person: str) -> str:
    """Return the PIN of somebody in the rehearsal, by name; everybody may know it."""
    row = next(row for row in unit_material()["officers"] if row["name"] == person)
    return pins()[row["id"]]


def tour(stage: Stage, screens: Path) -> tuple[StageReport, ...]:
    """Drive the windows through a month end.

    Args:
        stage: The rehearsal, open; its books must not have been entered yet.
        screens: Gets the pictures; what was in it is removed.

    Returns:
        The stages of 一键同步 as they ended.
    """
    shutil.rmtree(screens, ignore_errors=True)
    with TemporaryDirectory() as folder, open_driver(stage.installation, read_evoucher, screens, note=NOTE) as hands:
        Tour(hands, Path(folder)).run()
        return hands.stages()


def _repair(summary: str, amount: str) -> VoucherPlan:
    return VoucherPlan(
        date=date(2026, 11, 20),
        quota="Q2026-003",
        payee=REPAIR,
        purpose="",
        stage="DRAFT",
        business="ORDINARY",
        settlement="TRANSFER",
        invoice=True,
        lines=(("30231", summary, Decimal(amount)),),
    )
