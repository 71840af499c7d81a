"""Chinese words of the closed lists, by their codes."""

from collections.abc import Mapping

from desktop.domain.frames import LEVEL1_WORDS

KINDS: Mapping[str, str] = {
    "PROJECT": "项目",
    "GOAL": "绩效目标",
    "BUDGET_UP2": "二上预算",
    "VOUCHER": "支付申请",
}
# How each kind is counted: 3 张支付申请, 1 份预算.
COUNTERS: Mapping[str, str] = {"PROJECT": "个", "GOAL": "份", "BUDGET_UP2": "份", "VOUCHER": "张"}
POSTS: Mapping[str, str] = {"maker": "经办", "checker": "复核", "signer": "签章", "head": "单位负责人"}
LEVELS: Mapping[str, str] = {"ERROR": "错误", "WARN": "提示", "INFO": "说明"}
PROJECT_CLASSES: Mapping[str, str] = {
    "R": "人员类",
    "Y1": "公用经费",
    "Y2": "其他运转类",
    "T": "特定目标类",
}
GUARANTEES: Mapping[str, str] = {
    "WAGE": "保工资",
    "LIVELIHOOD": "保基本民生",
    "OPERATION": "保运转",
    "DEBT": "债务还本付息",
    "PRIORITY_LIST": "大事要事保障清单",
    "OTHER": "其他",
}
LEVEL1: Mapping[str, str] = {level.value: word for level, word in LEVEL1_WORDS.items()}
OPERATORS: Mapping[str, str] = {
    "GE": "≥",
    "LE": "≤",
    "EQ": "=",
    "GT": ">",
    "LT": "<",
    "RANGE": "区间",
    "QUAL": "定性",
}
DIRECTIONS: Mapping[str, str] = {"POSITIVE": "正向", "NEGATIVE": "反向"}
LIBRARY_KINDS: Mapping[str, str] = {
    "COMMON": "共性",
    "SPECIFIC": "个性",
    "DEPARTMENT": "部门个性",
    "CASE": "案例",
    "CORE": "核心",
    "CUSTOM": "自拟",
}
BUSINESS_TYPES: Mapping[str, str] = {
    "ORDINARY": "普通支付",
    "SALARY": "工资发放",
    "CARD_REPAY": "公务卡还款",
    "SELF_REPAY": "归垫",
    "ONE_CARD": "一卡通发放",
    "WITHHOLD": "代扣代缴",
    "UNION": "工会经费",
    "DEPOSIT": "保证金",
}
PAY_TYPES: Mapping[str, str] = {
    "INTEGRATED": "国库集中支付",
    "DIRECT": "财政直接支付",
    "AUTHORISED": "财政授权支付",
    "ALLOCATION": "实拨",
    "OWN": "单位资金",
}
SETTLEMENT_MODES: Mapping[str, str] = {
    "TRANSFER": "转账",
    "CASH": "现金",
    "OFFICIAL_CARD": "公务卡",
    "COLLECTION": "委托收款",
    "BATCH": "批量代发",
}
PAYEE_KINDS: Mapping[str, str] = {
    "COMPANY": "单位",
    "PERSON": "个人",
    "SELF": "本单位",
    "STAFF": "本单位职工",
    "BATCH": "批量",
}
THREE_PUBLIC: Mapping[str, str] = {
    "": "不属于“三公”",
    "OVERSEAS": "因公出国（境）",
    "RECEPTION": "公务接待",
    "VEHICLE_RUN": "公务用车运行",
    "VEHICLE_BUY": "公务用车购置",
}
INCOME_ITEMS: Mapping[str, str] = {
    "GENERAL": "一般公共预算拨款收入",
    "FUND": "政府性基金预算拨款收入",
    "STATE_CAPITAL": "国有资本经营预算拨款收入",
    "SPECIAL_ACCOUNT": "财政专户管理资金收入",
    "BUSINESS": "事业收入",
    "SUPERIOR": "上级补助收入",
    "SUBSIDIARY": "附属单位上缴收入",
    "OPERATING": "事业单位经营收入",
    "OTHER": "其他收入",
    "CARRY_OVER": "上年结转结余",
}
UNIT_KINDS: Mapping[str, str] = {"ADMIN": "行政单位", "REF_ADMIN": "参公单位", "PUBLIC_INST": "事业单位"}
QUOTA_TYPES: Mapping[str, str] = {
    "INITIAL": "年初预算",
    "SUPPLEMENT": "追加",
    "REALLOC": "调剂",
    "CARRY_OVER": "上年结转",
    "PRE_APPROVAL": "批复前安排",
    "PENDING": "待分配",
}
# Short words for columns and chips; the tables' full names are for choosers.
NATURES: Mapping[str, str] = {
    "111": "一般公共",
    "112": "一般债券",
    "121": "政府性基金",
    "122": "专项债券",
    "131": "国有资本",
    "141": "社保基金",
    "21": "财政专户",
    "31": "事业收入",
    "32": "上级补助",
    "33": "附属上缴",
    "34": "经营收入",
    "35": "债务收入",
    "39": "其他自有",
}
SOURCES: Mapping[str, str] = {
    "LOCAL": "本级财力",
    "TRANSFER": "上级转移支付",
    "NON_FISCAL": "非财政拨款",
    "OWN": "单位资金",
    "CARRY": "上年结转",
    "BOND": "债券",
}
EVOUCHER_KINDS: Mapping[str, str] = {
    "EINV_ORD": "数电普票",
    "EINV_SPCL": "数电专票",
    "VAT_ORD": "增值税电子普票",
    "VAT_SPCL": "增值税电子专票",
}
VALUE_BASES: Mapping[str, str] = {
    "PLAN": "计划标准",
    "INDUSTRY": "行业标准",
    "HISTORY": "历史标准",
    "RECOGNISED": "其他公认标准",
}
SOURCE_KINDS: Mapping[str, str] = {
    "POLICY": "政策文件",
    "STATISTIC": "统计指标",
    "ASSESSMENT": "部门管理考核",
    "WORK_PLAN": "工作计划",
    "OTHER": "其他",
}
INPUT_SOURCES: Mapping[str, str] = {
    "STATION": "监测站点",
    "SURVEY": "实地调查",
    "REMOTE_SENSING": "遥感监测",
    "LEDGER": "台账账簿",
    "COEFFICIENT": "标准系数",
}
COLLECTION_METHODS: Mapping[str, str] = {
    "DIRECT": "直接证明",
    "STATISTICS": "情况统计",
    "DESCRIPTION": "情况说明",
    "QUESTIONNAIRE": "问卷调查",
    "TREND": "趋势判断",
}
FRAMES: Mapping[str, str] = {"FRAME_2021": "2021 年式样", "FRAME_2015": "2015 年式样"}
# What the platform sends down, by the names of the datasets.
DATASETS: Mapping[str, str] = {
    "indicator": "指标",
    "goal_case": "案例",
    "core_set": "核心指标表",
    "weight_profile": "分值方案",
    "quant_model": "量化模型",
    "scoring_profile": "评分办法",
    "parameter": "规则参数",
    "code": "编码",
    "code_set": "编码表目录",
    "economic_pair": "经济分类对应关系",
    "expenditure_standard": "支出标准",
    "asset_standard": "资产配置标准",
    "unit_profile": "单位资料",
    "officer": "人员登记",
    "own_account": "单位账户",
    "payee": "收款人",
    "project": "入库项目",
    "ceiling": "控制数",
    "last_year": "上年执行数",
    "quota": "指标额度",
    "payment_result": "支付结果",
}
