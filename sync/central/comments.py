"""The sentences that come back with a returned document, as a reviewer of the bureau would write them."""

from collections.abc import Mapping

MOST = 1000  # characters of a comment

SENTENCES: Mapping[tuple[str, str], str] = {
    ("R-01", "zero"): "申请金额必须大于零。",
    ("R-01", "over"): (
        "指标 {quota} 可用额度 {available} 元，本单申请 {amount} 元，超出 {over} 元。请核减金额或更换指标后重报。"
    ),
    ("V-01", ""): "明细合计 {lines} 元与申请金额 {amount} 元不一致，请核对明细。",
    ("V-05", ""): "第 {row} 行金额必须大于零。",
    ("R-03", "function_code"): "功能分类科目 {found} 与指标的 {expected} 不一致，请重新选择指标。",
    ("R-03", "fund_nature"): "资金性质 {found} 与指标的 {expected} 不一致，请重新选择指标。",
    ("R-03", "project"): "项目与指标不一致，请重新选择指标。",
    ("R-03", "economic"): "第 {row} 行经济分类 {found} 不在本指标允许的范围内，请调整科目。",
    ("R-04", "unknown"): "没有找到指标 {quota}，请同步最新指标后重新选择。",
    ("R-04", "closed"): "指标 {quota} 已停用，不能支付。请联系业务股室。",
    ("R-04", "year"): "单据日期 {date} 与指标年度 {year} 不一致。",
    ("R-04", "ended"): "项目“{project}”已经终止，不能继续支付。",
    ("R-11", ""): (
        "发票 {invoice} 票面 {total} 元，已使用 {used} 元，本次再用 {wanted} 元超过票面金额，疑似重复报销，请核实。"
    ),
    ("R-13", ""): "项目“{project}”已被监控暂停支付，整改完成后再报。",
    ("FILE_MISSING", ""): "没有收到发票 {invoice} 的原件，请随单据一并报送。",
    ("B-10", ""): "项目“{project}”尚未入库，不能编列。请先申报项目入库。",
    ("B-16", "name"): "请填写项目名称。",
    ("B-16", "function_code"): "请选择功能分类科目。",
    ("B-21", ""): "分年度计划合计 {planned} 元与项目总额 {total} 元不一致，请核对。",
    ("P-05", "sum"): "指标分值合计 {found} 分，应为 {expected} 分，请调整分值。",
    ("P-05", "zero"): "指标“{name}”没有分值，请补充。",
    ("C01", ""): "收入合计 {income} 元与支出合计 {expenditure} 元不平，相差 {difference} 元。",
    ("C16", ""): (
        "项目“{project}”（资金性质 {nature}）编列 {amount} 元，超过控制数 {ceiling} 元，超出 {over} 元，请压减。"
    ),
    ("C16", "unit"): "资金性质 {nature} 合计编列 {amount} 元，超过本单位控制数 {ceiling} 元，超出 {over} 元，请压减。",
    ("SHEET_MISSING", ""): "缺少“{role}”的签名，请完成签章后重报。",
    ("SHEET_INVALID", ""): "“{role}”的签名验证不通过，签名人未登记或密钥与登记不符。请核对后重新签章。",
    ("SAME_PERSON", ""): "经办、复核、签章应由不同的人办理，请更换人员后重报。",
    ("DOC_CONFLICT", ""): "单据号 {key} 第 {revision} 稿此前已报送过不同内容，不能覆盖。请退回修改后用新一稿报送。",
    ("DOC_CLOSED", ""): "单据 {key} 已经接收（{central_no}），不能再次报送修改稿。",
    ("REVISION_OLD", ""): "单据 {key} 已有更新的一稿，本稿不再受理。",
    ("ENTRY_MISMATCH", ""): "单据内容与报送目录不一致，请重新生成后报送。",
    ("DIGEST_MISMATCH", ""): "单据内容与报送目录中的摘要不一致，请重新生成后报送。",
    ("UNIT_MISMATCH", ""): "单据不属于本单位。",
    ("TOTALS_WRONG", ""): "报送目录中的合计金额与单据不符（目录 {found} 元，单据 {expected} 元），请重新生成后报送。",
    ("KIND_UNKNOWN", ""): "暂不受理这类单据。",
    ("SCHEMA_TOO_OLD", ""): "单据格式版本过旧，请升级客户端后重新生成。",
    ("SCHEMA_TOO_NEW", ""): "单据格式版本过新，财政平台尚未支持。",
    ("CONTENT_INVALID", ""): "单据内容无法读取，请重新生成后报送。",
}


def sentence(code: str, facts: Mapping[str, str]) -> str:
    """Give the sentence of one reason.

    Raises:
        KeyError: A code without a sentence, or a fact that the sentence names is missing: a mistake of ours.
    """
    case = facts.get("case", "")
    if code == "C16" and not facts.get("project"):
        case = "unit"
    return SENTENCES[code, case].format_map(facts)


def comment(reasons: list[tuple[str, Mapping[str, str]]]) -> str:
    """Give one comment for all reasons, each a sentence, numbered when there are several."""
    sentences = [sentence(code, facts) for code, facts in reasons]
    if len(sentences) == 1:
        return sentences[0]
    numbered = [f"{number}. {text}" for number, text in enumerate(sentences, start=1)]
    shown = ""
    for text in numbered:
        if len(shown) + len(text) > MOST:
            return shown + "……"
        shown += text
    return shown
