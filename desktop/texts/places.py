"""Names of fields, for findings that say where they are: ``lines[2].weight`` → 第 3 行 · 分值."""

import re
from collections.abc import Mapping

from desktop.domain.forms import CURRENT_EXPENDITURE, CURRENT_INCOME, FORM_COLUMNS, TOTAL, YEAR_END
from desktop.texts.words import INCOME_ITEMS

_PART = re.compile(r"(?P<list>[a-z]+)\[(?P<index>[0-9]+)\]")
_LISTS: Mapping[str, str] = {
    "lines": "第 {n} 行",
    "plan": "分年度计划第 {n} 行",
    "income": "收入第 {n} 行",
    "evouchers": "第 {n} 张发票",
    "basis": "第 {n} 个立项依据",
    "acknowledgements": "第 {n} 条说明",
}
_FIELDS: Mapping[str, str] = {
    "account": "账号",
    "acknowledgements": "说明",
    "amount": "金额",
    "amount_in_words": "大写金额",
    "asset": "资产配置",
    "bank": "开户行",
    "bank_line_no": "联行号",
    "basis": "立项依据",
    "bureau_office": "主管科室",
    "business_type": "业务类型",
    "buyer_name": "购买方名称",
    "buyer_tax_no": "购买方税号",
    "check_code": "校验码",
    "checker": "复核人",
    "clause": "依据条款",
    "comment": "退回原因",
    "confidence": "读取方式",
    "data_source": "数据来源",
    "date": "日期",
    "dept_economic_code": "部门经济分类",
    "description": "说明",
    "digest_ok": "文件完整性",
    "direction": "方向",
    "document_no": "文号",
    "end_year": "结束年度",
    "errors": "发票内容",
    "evidence": "佐证材料",
    "evoucher_key": "发票号码",
    "evouchers": "发票",
    "forms": "报表",
    "function_code": "支出功能分类",
    "fund_nature": "资金性质",
    "fund_source": "资金来源",
    "expression": "模型公式",
    "general_goal": "总体目标",
    "goal": "绩效目标",
    "gov_economic_code": "政府经济分类",
    "guarantee": "保障类别",
    "head": "单据编号",
    "indicator_code": "指标",
    "invoice_code": "发票代码",
    "invoice_no": "发票号码",
    "is_major": "重点项目",
    "is_new": "新增项目",
    "is_ongoing": "延续项目",
    "is_red": "红字标志",
    "is_works": "基建项目",
    "issue_date": "开票日期",
    "item": "收入项目",
    "key": "发票号码",
    "kind": "类型",
    "level2": "二级指标",
    "lines": "明细",
    "maker": "经办人",
    "name": "名称",
    "note": "说明",
    "number": "账号",
    "operator": "符号",
    "pay_type": "支付方式",
    "payee": "收款人",
    "payer": "付款人",
    "phone": "电话",
    "plan": "分年度计划",
    "priority_rank": "排序",
    "procurement": "政府采购",
    "profile": "分值方案",
    "project_class": "项目类别",
    "project_key": "项目",
    "project_name": "项目名称",
    "purpose": "用途",
    "quota": "指标",
    "quota_id": "指标",
    "responsible": "负责人",
    "scoring_method": "评分标准",
    "seller_tax_no": "销售方税号",
    "service_purchase": "政府购买服务",
    "settlement_mode": "结算方式",
    "signature": "签章",
    "signer": "签章人",
    "start_year": "开始年度",
    "state": "状态",
    "summary": "摘要",
    "target": "指标值",
    "tax": "税额",
    "text": "内容",
    "three_public": "三公类别",
    "total": "总额",
    "total_in_words": "大写合计",
    "unit": "单位",
    "untaxed": "不含税金额",
    "used": "本次使用金额",
    "weight": "分值",
    "year": "年度",
    "year_end_carry": "年终结转结余",
    "result": "计算结果",
    "year_goal": "年度目标",
    "year_total": "年度金额",
}
_ROWS: Mapping[str, str] = {
    **INCOME_ITEMS,
    CURRENT_INCOME: "本年收入合计",
    CURRENT_EXPENDITURE: "本年支出合计",
    YEAR_END: "年终结转结余",
    TOTAL: "合计",
}

_INPUTS = "inputs."


def place_name(where: str) -> str:
    """Return the Chinese name of a field path; a part without a name is left out, and nothing known is 单据."""
    if where.startswith("forms."):
        return _form_place(where)
    if where.startswith(_INPUTS):  # of a model: the name that the model gives, and the row of its table
        name, _, row = where.removeprefix(_INPUTS).partition("[")
        return f"{name} · 第 {int(row[:-1]) + 1} 行" if row else name
    names = [name for part in where.split(".") if (name := _part_name(part))]
    if names[:1] == ["收款人"] and len(names) == 2:
        return f"收款人{names[1]}"
    return " · ".join(names) or "单据"


def _part_name(part: str) -> str:
    found = _PART.fullmatch(part)
    if found is None:
        return _FIELDS.get(part, "")
    return _LISTS.get(found["list"], "第 {n} 行").format(n=int(found["index"]) + 1)


def _form_place(where: str) -> str:
    """``forms.F03.2130217.project`` → 支出总表 · 2130217 · 项目支出."""
    _, form, row, column = where.split(".")
    spec = FORM_COLUMNS[form]
    head = next((known.head for known in spec.columns if known.id == column), "")
    names = (spec.title, _ROWS.get(row, row), head)
    return " · ".join(name for name in names if name)
