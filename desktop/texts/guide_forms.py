"""What the forms of the work guide are called, and where the program fills them in."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GuideForm:
    """A form: its name and, where the program has a screen for it, page and argument.

    Attributes:
        name: As on paper.
        page: Key of the page, empty when it is filled in elsewhere.
        argument: What is opened on the page.
    """

    name: str
    page: str = ""
    argument: str = ""


FORMS: Mapping[str, GuideForm] = {
    "F01": GuideForm("收支总表", "budget", "F01"),
    "F02": GuideForm("收入总表", "budget", "F02"),
    "F03": GuideForm("支出总表", "budget", "F03"),
    "F04": GuideForm("财政拨款收支总表", "budget", "F04"),
    "F05": GuideForm("一般公共预算支出表", "budget", "F05"),
    "F06": GuideForm("基本支出表"),
    "F07": GuideForm("三公经费表"),
    "F08": GuideForm("政府性基金支出表"),
    "F09": GuideForm("国有资本经营支出表"),
    "F10": GuideForm("项目支出表", "budget", "project"),
    "F11": GuideForm("政府采购预算表"),
    "F12": GuideForm("项目绩效目标表", "goal"),
    "F13": GuideForm("整体绩效目标表"),
    "F14": GuideForm("资产配置表"),
    "F15": GuideForm("政府购买服务表"),
    "F16": GuideForm("中期规划表"),
    "F17": GuideForm("专项转移支付表"),
    "PROJECT": GuideForm("项目申报书", "project"),
    "GOAL": GuideForm("绩效目标", "goal"),
    "VOUCHER": GuideForm("支付申请", "payment"),
    "EVOUCHER": GuideForm("电子凭证", "payment"),
    "LEDGER": GuideForm("指标账"),
    "CASH_PLAN": GuideForm("用款计划"),
    "PAYROLL": GuideForm("工资发放表"),
    "ONE_CARD": GuideForm("一卡通发放批次"),
    "STAFF_CHANGE": GuideForm("人员变动申报"),
    "SELF_EVAL": GuideForm("绩效自评表"),
    "ACCOUNT_SUMMARY": GuideForm("会计核算信息汇总"),
    "ARCHIVE": GuideForm("会计档案"),
    "INQUIRY_REPLY": GuideForm("问询答复"),
}


def openable(codes: tuple[str, ...]) -> tuple[GuideForm, ...]:
    """Return the forms that the program can open, each screen once, in the order of the codes."""
    found: dict[tuple[str, str], GuideForm] = {}
    for code in codes:
        form = FORMS.get(code)
        if form is not None and form.page:
            found.setdefault((form.page, form.argument), form)
    return tuple(found.values())


def elsewhere(codes: tuple[str, ...]) -> tuple[GuideForm, ...]:
    """Return the forms that are filled in outside of the program."""
    return tuple(form for code in codes if (form := FORMS.get(code)) is not None and not form.page)
