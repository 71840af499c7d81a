"""填什么: one or two sentences for the field that the person is in."""

from collections.abc import Mapping

from desktop.texts import tr

# Field -> (name of the field, what to write)
HELP: Mapping[str, tuple[str, str]] = {
    "quota": (tr("指标"), tr("选这笔钱从哪个指标支付。可输入文号、项目名称或拼音首字母。指标决定能用哪些科目。")),
    "payee.name": (tr("收款人全称"), tr("与银行登记的户名一字不差。付过的收款人选出来，账号和开户银行自动带出。")),
    "payee.kind": (tr("收款人类型"), tr("公司、事业单位选“单位”；付给个人的选“个人”，账号会按银行卡核对。")),
    "payee.account": (tr("账号"), tr("只认数字，空格随便打，显示时每四位一组。账号与以前付过的不同时会提示核对。")),
    "payee.bank": (tr("开户银行"), tr("写到支行或营业部，例如“中国建设银行甲旗支行”。")),
    "payee.bank_line_no": (tr("行号"), tr("收款银行的 12 位支付系统行号。不知道可以空着，填了就必须是 12 位数字。")),
    "amount": (tr("金额"), tr("可写 6480、6,480.00、0.648万，或以等号开头的算式，如 =1200*3+80。大写自动写出。")),
    "purpose": (tr("用途"), tr("写清买什么、给谁用。不要只写“款”“费用”。最多 60 字。")),
    "settlement_mode": (tr("结算方式"), tr("一般选转账。现金只用于允许的零星支出。按空格展开。")),
    "business_type": (tr("业务类型"), tr("一般选普通支付。工资、代扣代缴等只在对应的指标上使用。按空格展开。")),
    "economic": (tr("部门经济分类"), tr("输入编码、名称或拼音首字母，回车选中。只列出指标允许的末级科目。")),
    "summary": (tr("摘要"), tr("这一行买的是什么。输入 .. 与上一行相同，// 与第一行相同。")),
    "line_amount": (tr("明细金额"), tr("各行相加要等于单据金额。Ctrl+F7 把差额补到这一行。")),
    "invoice": (tr("发票号码"), tr("拖入 OFD 或 XML 电子发票，号码、金额、销方自动填好。")),
    "evouchers": (tr("发票"), tr("三个勾：内容未被改动、抬头和税号是本单位、没有重复使用。按 Delete 移除。")),
    "reason": (tr("说明"), tr("写明为什么仍要这样付。说明随单据一起报送，复核人和财政都能看到。")),
}
# Column of the grid -> entry above
OF_COLUMN: Mapping[str, str] = {
    "economic": "economic",
    "summary": "summary",
    "amount": "line_amount",
    "invoice": "invoice",
    "clip": "invoice",
    "state": "invoice",
}
