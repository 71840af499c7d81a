"""What the list of vouchers is made of."""

from collections.abc import Mapping

from desktop.domain.head import Kind
from desktop.texts import tr
from desktop.ui.documents.list_kind import ListKind, Names, day_words, moment_words, people_words
from desktop.ui.grid.columns import ColumnSpec, Rich
from desktop.ui.kit.choices import Choice
from desktop.ui.payment.host import PAGE
from desktop.usecases.ports import DocumentRow


def value_of(row: DocumentRow, key: str, names: Names, today: str) -> object:
    """Return what a cell of a voucher's row holds."""
    if key == "economic":
        return _economic(row.economic, names)
    if key == "files":
        return Rich(str(row.attachments), icon="clip") if row.attachments else None
    values: Mapping[str, object] = {
        "number": row.key.rpartition("-")[2],
        "date": day_words(row.date, today),
        "payee": row.counterpart,
        "quota": row.project_name,
        "purpose": row.purpose,
        "people": people_words(row, names),
        "updated": moment_words(row.updated_at, today),
    }
    return values.get(key)


def _economic(codes: str, names: Names) -> Choice | None:
    """Show "30202" with its name; of several, "30202 等2项" keeps its words."""
    code, _, more = codes.partition(" ")
    if not code:
        return None
    entry = names.economics.get(code)
    return Choice(code, more or (entry.name if entry is not None else ""))


VOUCHER_LIST = ListKind(
    key=PAGE,
    kinds=(Kind.VOUCHER,),
    title=tr("支付申请"),
    noun=tr("支付申请"),
    measure=tr("张"),
    hint=tr("收款人、金额、用途"),
    columns=(
        ColumnSpec("number", tr("申请单号"), "text", 76),
        ColumnSpec("date", tr("日期"), "text", 56),
        ColumnSpec("payee", tr("收款人"), "text", 150, stretch=3),
        ColumnSpec("amount", tr("金额"), "amount", 108),
        ColumnSpec("quota", tr("指标 / 项目"), "text", 110, stretch=2),
        ColumnSpec("economic", tr("部门经济分类"), "code", 166, stretch=1),
        ColumnSpec("purpose", tr("用途"), "text", 110, stretch=2),
        ColumnSpec("files", tr("附件"), "rich", 52, fold_below=1200),
        ColumnSpec("people", tr("经办 / 复核"), "text", 88, fold_below=1200),
        ColumnSpec("updated", tr("更新"), "text", 56, fold_below=1200),
    ),
    value=value_of,
    icon="receipt",
)
