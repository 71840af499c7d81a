"""单位与年度, 规则包版本: what the bureau sent, read only, with where each number of a rule comes from."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.fault import Fault
from desktop.domain.mirrors import UnitProfile
from desktop.domain.parameters import DEFAULTS, Parameters
from desktop.texts import tr
from desktop.texts.parameters import NAMES, scope_words, value_words
from desktop.ui.app.read_source import ReadSource
from desktop.ui.context import Context
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit import tokens
from desktop.ui.kit.numbers import group_digits
from desktop.ui.kit.panels import Band, SectionTitle
from desktop.ui.kit.typography import px, row_px
from desktop.ui.settings.section import Section
from desktop.usecases.ports import AuditRow, Books

SHOWN = 14
_TAIL = 5000
_COLUMNS = (
    ColumnSpec("name", tr("规则里的数"), width=220, stretch=2),
    ColumnSpec("value", tr("现在的值"), width=120, stretch=1),
    ColumnSpec("from", tr("来源"), width=110),
)
_VERSIONS = (
    ColumnSpec("scope", tr("内容"), width=150, stretch=1),
    ColumnSpec("version", tr("版本"), width=84),
    ColumnSpec("at", tr("收到时间"), width=140),
)


@dataclass(frozen=True, slots=True)
class UnitView:
    """What the bureau says of the unit; None before the first sync."""

    profile: UnitProfile | None
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RulesView:
    """Versions of what arrived, (scope, version, when), and the parameters."""

    versions: tuple[tuple[str, int, str], ...]
    parameters: Parameters


def unit_view(books: Books) -> UnitView:
    """Read who the unit is."""
    with books:
        try:
            profile: UnitProfile | None = books.mirrors.unit()
        except Fault as fault:
            if fault.code != "MIRROR_MISSING":
                raise
            profile = None
        return UnitView(profile, books.setting("unit_code"), books.setting("unit_name"))


def rules_view(books: Books) -> RulesView:
    """Read what arrived and when."""
    with books:
        versions, parameters = books.mirrors.versions(), books.mirrors.parameters()
        arrived = _arrivals(books.audit_tail(_TAIL))
    rows = tuple((scope, version, arrived.get((scope, str(version)), "")) for scope, (version, _) in versions.items())
    return RulesView(rows, parameters)


def _arrivals(rows: list[AuditRow]) -> dict[tuple[str, str], str]:
    return {
        (row.subject, str(row.facts.get("version", ""))): row.at[:16].replace("T", " ")
        for row in rows
        if row.what == "CATALOGUE"
    }


class UnitSection(Section):
    """Who the unit is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(tr("单位与年度"), tr("单位资料由财政局下达，同步时更新，这里不能改。"), parent)
        self._context = context
        self.missing = Band("info", tr("还没有收到单位资料，第一次同步后就有。"))
        self.add(self.missing)
        words = ("单位", "统一社会信用代码", "财政局", "行政区划", "编制和在职", "公务用车", "零余额账户")
        self._pairs = {word: self.add_pair(tr(word)) for word in words}
        self.add_gap()
        self.year = self.add_pair(tr("现在的年度"))
        self.budget_year = self.add_pair(tr("编制预算的年度"))

    def refresh(self) -> None:
        """Read the profile again."""
        self._context.run(self, unit_view, self._show)

    def _show(self, view: UnitView) -> None:
        unit = view.profile
        self.missing.setVisible(unit is None)
        told = {"单位": f"{view.code}　{view.name}"}
        if unit is not None:
            account = unit.zero_balance_account
            told = {
                "单位": f"{unit.unit_code}　{unit.name}",
                "统一社会信用代码": unit.credit_code,
                "财政局": unit.bureau_name,
                "行政区划": f"{unit.division}　{unit.division_name}",
                "编制和在职": tr("编制 {quota} 人，在职 {actual} 人", quota=unit.staff_quota, actual=unit.staff_actual),
                "公务用车": tr("{count} 辆", count=unit.vehicles),
                "零余额账户": f"{account.name}　{group_digits(account.number)}　{account.bank}",
            }
        for word, label in self._pairs.items():
            label.setText(told.get(word, "—"))
        self.year.setText(tr("{year} 年（顶栏的年度可以换，往年只能看）", year=self._context.year))
        self.budget_year.setText(tr("{year} 年", year=self._context.budget_year))


class _ParameterRows(ReadSource):
    def __init__(self) -> None:
        self.parameters = Parameters()

    def row_count(self) -> int:
        return len(DEFAULTS)

    def value(self, row: int, key: str) -> str:
        name = list(DEFAULTS)[row]
        if key == "name":
            return NAMES[name]
        if key == "from":
            return tr("财政局下达") if name in self.parameters.synced else tr("程序默认")
        return value_words(name, self.parameters.text(name))


class _VersionRows(ReadSource):
    def __init__(self) -> None:
        self.rows: tuple[tuple[str, int, str], ...] = ()

    def row_count(self) -> int:
        return len(self.rows)

    def value(self, row: int, key: str) -> str:
        scope, version, at = self.rows[row]
        return scope_words(scope) if key == "scope" else tr("第 {n} 版", n=version) if key == "version" else at


class RulesSection(Section):
    """Which base data and rules are at work."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        note = tr("指标库、代码表和规则里的数随同步更新，旧单据仍按当时的内容保存。")
        super().__init__(tr("规则包版本"), note, parent)
        self._context = context
        self._versions, self._parameters = _VersionRows(), _ParameterRows()
        self.versions = Sheet(SheetModel(_VERSIONS, self._versions), lists=True)
        self.versions.view.setAccessibleName(tr("基础数据的版本"))
        self.parameters = Sheet(SheetModel(_COLUMNS, self._parameters), lists=True)
        self.parameters.view.setAccessibleName(tr("规则里的数"))
        self.none = Band("info", tr("还没有收到基础数据，第一次同步后就有。"))
        self.add(self.none)
        self.add(self.versions)
        self.add_gap()
        self.add(SectionTitle(tr("规则里的数"), tr("财政局可以下达自己的值，没有下达的用程序默认值")))
        self.add(self.parameters)

    def refresh(self) -> None:
        """Read versions and parameters again."""
        self._context.run(self, rules_view, self._show)

    def _show(self, view: RulesView) -> None:
        self._versions.rows, self._parameters.parameters = view.versions, view.parameters
        self.none.setVisible(not view.versions)
        for sheet, count in ((self.versions, len(view.versions)), (self.parameters, len(DEFAULTS))):
            sheet.model.reload()
            sheet.setFixedHeight(px(tokens.HEAD_ROW) + min(max(count, 1), SHOWN) * row_px(tokens.ROW) + 2)
