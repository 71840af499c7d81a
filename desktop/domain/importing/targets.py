"""The tables that can be imported: their columns under the names that sheets of units, banks and vendors use."""

from collections.abc import Mapping

from desktop.domain.importing.target import ImportTarget, Kind, TargetColumn

VOUCHERS, VOUCHER_LINES, BUDGET_LINES, INCOME = "vouchers", "voucher_lines", "budget_lines", "budget_income"
QUOTAS, ECONOMICS, PROJECTS, FUNCTIONS = "quota", "economic", "project", "function"
NATURES, SOURCES, INCOME_ITEMS = "nature", "source", "income_item"
PURPOSE_MOST = 60  # PaymentVoucher.purpose


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_AMOUNT = _names(
    "金额 申请金额 支付金额 实发金额 实发工资 实发合计 实发数 实发 付款金额 金额小写 "
    "小写金额 应付金额 转账金额 报销金额 发放金额 补助金额 金额元"
)

_PAYEE = TargetColumn(
    "payee",
    "收款人",
    synonyms=_names(
        "收款人全称 收款人名称 收款单位 收款方 收款户名 户名 账户名称 姓名 单位名称 供应商 "
        "供应商名称 对方户名 职工姓名 领款人 人员姓名"
    ),
    required=True,
    longest=100,
    help="收款人全称，与银行开户名称一致。",
    sample="甲旗顺达汽车维修有限公司",
    width=30,
)
_ACCOUNT = TargetColumn(
    "account",
    "收款账号",
    Kind.DIGITS,
    _names("账号 银行账号 收款人账号 银行卡号 卡号 工资卡号 帐号 银行帐号 收款帐号 对方账号 账户 开户账号"),
    required=True,
    longest=32,
    help="只填数字。本列已设为文本，不会变成科学计数。",
    sample="15050166820009000428",
    width=26,
)
_ECONOMIC = TargetColumn(
    "economic",
    "部门经济分类",
    Kind.CODE,
    _names(
        "经济分类 经济科目 部门预算经济分类 部门支出经济分类 支出经济分类 经济分类科目 "
        "经济科目编码 经济分类编码 部门经济科目 科目"
    ),
    list_name=ECONOMICS,
    fixed=True,
    help="填编码或名称，如 30213 或 维修(护)费。",
    sample="30213 维修(护)费",
    width=22,
)

VOUCHER_TARGET = ImportTarget(
    VOUCHERS,
    "支付申请",
    "张支付申请",
    (
        _PAYEE,
        _ACCOUNT,
        TargetColumn(
            "bank",
            "开户行",
            synonyms=_names("开户银行 收款人开户行 收款银行 开户行名称 银行名称 收款人开户银行 开户网点"),
            longest=100,
            fixed=True,
            help="开户银行全称。",
            sample="中国建设银行甲旗支行",
            width=26,
        ),
        TargetColumn(
            "amount",
            "金额",
            Kind.AMOUNT,
            _AMOUNT[1:],
            required=True,
            above_zero=True,
            help="单位：元。",
            sample="6480.00",
        ),
        TargetColumn(
            "purpose",
            "用途",
            synonyms=_names("摘要 款项用途 支付用途 资金用途 付款事由 事由 附言 用途说明"),
            required=True,
            longest=PURPOSE_MOST,
            fixed=True,
            help="写清付什么款，60 字以内。",
            sample="公务用车维修",
            width=26,
        ),
        TargetColumn(
            "quota",
            "指标",
            Kind.CODE,
            _names("指标文号 指标编号 预算指标 指标名称 指标摘要 预算项目 项目 项目名称"),
            list_name=QUOTAS,
            fixed=True,
            help="填指标文号或项目名称；可先不填，导入后再选。",
            sample="",
            width=30,
        ),
        _ECONOMIC,
        TargetColumn(
            "date",
            "申请日期",
            Kind.DATE,
            _names("日期 支付日期 填单日期 制单日期 业务日期"),
            fixed=True,
            help="如 2026-11-20；不填就用今天。",
            sample="",
            width=14,
        ),
    ),
    key_columns=_names("payee amount purpose"),
    overwrites=False,
    repeats=True,
    most_rows=2_000,
)

LINE_TARGET = ImportTarget(
    VOUCHER_LINES,
    "支付申请明细",
    "行明细",
    (
        TargetColumn(
            "economic",
            _ECONOMIC.title,
            Kind.CODE,
            _ECONOMIC.synonyms,
            required=True,
            list_name=ECONOMICS,
            fixed=True,
            help=_ECONOMIC.help,
            sample=_ECONOMIC.sample,
            width=22,
        ),
        TargetColumn(
            "summary",
            "摘要",
            synonyms=_names("用途 说明 内容 事由 项目 姓名 品名 货物名称"),
            longest=100,
            fixed=True,
            help="这一行付的是什么。",
            sample="十一月车辆维修",
            width=30,
        ),
        TargetColumn(
            "amount",
            "金额",
            Kind.AMOUNT,
            (*_AMOUNT[1:], "价税合计"),
            required=True,
            above_zero=True,
            help="单位：元。",
            sample="6480.00",
        ),
    ),
    key_columns=_names("economic summary amount"),
    overwrites=False,
    repeats=True,
    most_rows=5_000,
)

_NATURE = TargetColumn(
    "nature",
    "资金性质",
    Kind.CODE,
    _names("资金类型 资金来源性质 经费性质 预算来源"),
    list_name=NATURES,
    fixed=True,
    help="如 一般公共预算；一个项目只有一种资金时可不填。",
    sample="",
    width=20,
)
_SOURCE = TargetColumn(
    "source",
    "资金来源",
    Kind.CODE,
    ("来源", "预算资金来源"),
    list_name=SOURCES,
    fixed=True,
    help="不填就按本级。",
    sample="",
    width=16,
)
_NOTE = TargetColumn("note", "说明", synonyms=_names("备注 测算依据 依据 编制说明"), longest=500, sample="", width=30)

BUDGET_TARGET = ImportTarget(
    BUDGET_LINES,
    "支出预算明细",
    "行支出预算",
    (
        TargetColumn(
            "project",
            "项目名称",
            Kind.CODE,
            _names("项目 预算项目 项目编码 项目代码 支出项目"),
            required=True,
            list_name=PROJECTS,
            fixed=True,
            help="财政已入库的项目，填名称或编码。",
            sample="",
            width=28,
        ),
        TargetColumn(
            "function",
            "支出功能分类",
            Kind.CODE,
            _names("功能分类 功能科目 支出功能分类科目 功能分类编码 功能科目编码 科目编码"),
            list_name=FUNCTIONS,
            fixed=True,
            help="不填就用项目的功能分类。",
            sample="",
            width=24,
        ),
        TargetColumn(
            "economic",
            _ECONOMIC.title,
            Kind.CODE,
            _ECONOMIC.synonyms,
            required=True,
            list_name=ECONOMICS,
            fixed=True,
            help=_ECONOMIC.help,
            sample="30201 办公费",
            width=22,
        ),
        _NATURE,
        _SOURCE,
        TargetColumn(
            "amount",
            "本年申报数",
            Kind.AMOUNT,
            _names("申报数 预算数 本年预算数 本年预算 预算金额 申请数 申报金额 金额 合计 编报数 建议数 二上数"),
            required=True,
            help="单位：元。",
            sample="36000.00",
        ),
        TargetColumn(
            "procurement",
            "政府采购",
            Kind.YES,
            _names("采购 是否政府采购 是否采购"),
            help="填 是 或 否。",
            sample="否",
            width=10,
        ),
        _NOTE,
    ),
    key_columns=_names("project function economic nature"),
    overwrites=True,
    repeats=False,
    most_rows=5_000,
)

INCOME_TARGET = ImportTarget(
    INCOME,
    "收入预算",
    "行收入预算",
    (
        TargetColumn(
            "item",
            "收入项目",
            Kind.CODE,
            _names("项目 收入科目 收入类别 项目名称 收入名称"),
            required=True,
            list_name=INCOME_ITEMS,
            help="如 一般公共预算拨款收入。",
            sample="",
            width=28,
        ),
        _NATURE,
        _SOURCE,
        TargetColumn(
            "amount",
            "本年预算数",
            Kind.AMOUNT,
            _names("预算数 本年数 本年预算 申报数 本年申报数 预算金额 金额"),
            required=True,
            help="单位：元。",
            sample="120000.00",
        ),
        TargetColumn(
            "last_year",
            "上年预算数",
            Kind.AMOUNT,
            _names("上年数 上年预算 上年执行数"),
            help="单位：元。",
            sample="",
        ),
        _NOTE,
    ),
    key_columns=_names("item nature source"),
    overwrites=True,
    repeats=False,
    most_rows=1_000,
)

TARGETS: Mapping[str, ImportTarget] = {
    target.key: target for target in (VOUCHER_TARGET, LINE_TARGET, BUDGET_TARGET, INCOME_TARGET)
}
