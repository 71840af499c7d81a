"""Words about code tables: how sure an entry is, when it holds, and what is said of a code out of its year."""

from collections.abc import Mapping

from desktop.texts import tr
from desktop.texts.problem_texts import Text

# How sure an entry is: in a column, and with what it means.
CHECKS: Mapping[str, str] = {
    "2026": "2026年公开预算实证",
    "public": "公开资料实证",
    "2009": "旧版同码同名",
    "unverified": "按文件整理，未核对",
    "doubtful": "存疑",
    "own": "本软件编码",
}
CHECK_NOTES: Mapping[str, str] = {
    "2026": "编码和名称在 2026 年公开的单位预算里一起出现过。",
    "public": "在公开的对照表、代码库或文件里见过。",
    "2009": "约 2009 年的财政系统里有同码同名的科目，只说明当时有，请以本年印发的科目为准。",
    "unverified": "按文件内容整理，没有逐条与印发文本核对，使用前请核对。",
    "doubtful": "编码、名称或是否仍有效拿不准，使用前务必核对。",
    "own": "名称是通行的，编码是本软件自定的，与平台对接时以平台为准。",
}

# Names of tables that an older platform publishes without saying what they are.
SET_NAMES: Mapping[str, str] = {
    "FUNCTION": "支出功能分类",
    "DEPT_ECONOMIC": "部门经济分类",
    "GOV_ECONOMIC": "政府经济分类",
    "ECONOMIC_PAIR": "经济分类对照表",
    "FUND_NATURE": "资金性质",
    "FUND_SOURCE": "资金来源",
    "INCOME_ITEM": "收入项目",
    "REVENUE": "收入分类",
    "ACCOUNT": "政府会计科目",
    "REGION": "行政区划",
    "EXPENDITURE_STANDARD": "支出标准",
    "ASSET_STANDARD": "资产配置标准",
}

# Findings of any rule about a code that holds in other years than the document's, by case.
YEARS: Mapping[str, Text] = {
    "code_ended": (
        "编码本年已停用",
        "{place}的“{code} {name}”用到 {last} 年为止，{in_year} 年不能再用。",
        "请改用“{successor}”。",
    ),
    "code_withdrawn": (
        "编码本年已停用",
        "{place}的“{code} {name}”用到 {last} 年为止，{in_year} 年不能再用。",
        "请重新选取本年有效的编码。",
    ),
    "code_later": (
        "编码还没有启用",
        "{place}的“{code} {name}”从 {first} 年起使用，{in_year} 年还不能用。",
        "请重新选取本年有效的编码。",
    ),
}


def years_words(from_year: str, to_year: str) -> str:
    """Return the years for which something holds, as a column shows them; 长期 without beginning and end."""
    if from_year and to_year:
        return from_year if from_year == to_year else tr("{first}—{last}", first=from_year, last=to_year)
    if from_year:
        return tr("{first} 年起", first=from_year)
    return tr("至 {last} 年", last=to_year) if to_year else tr("长期")


def check_words(check: str) -> str:
    """Return how sure an entry is, in words; what a bureau says of its own stands as it is."""
    return tr(CHECKS[check]) if check in CHECKS else check


def check_note(check: str) -> str:
    """Return what a word of `check_words` means; empty for a bureau's own."""
    return tr(CHECK_NOTES[check]) if check in CHECK_NOTES else ""


def set_name(key: str) -> str:
    """Return the name of a table of which the bureau gives none."""
    return tr(SET_NAMES[key]) if key in SET_NAMES else tr("代码表 {key}", key=key)
