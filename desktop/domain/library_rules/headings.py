"""The words of library sheets: headings and values as bureaus write them, and the fields and codes that they mean."""

import re
from collections.abc import Mapping

from desktop.domain.frames import COST_2015, level2_of
from desktop.domain.goal import Direction, Frame, Level1, LibraryKind, Operator
from desktop.domain.library import CollectionMethod, SourceKind, ValueBasis

_HEADINGS: Mapping[str, str] = {
    "code": "指标编码 指标代码 编码 代码 指标编号",
    "version": "版本 版本号",
    "library_kind": "指标库类型 指标类型 指标类别 库类型 指标库",
    "industry": "行业领域 行业 领域 行业大类",
    "category": "行业类别 类别 领域类别 行业小类",
    "fund_use": "资金用途 用途 资金投向 支出用途",
    "level1": "一级指标 一级指标名称",
    "level2": "二级指标 二级指标名称",
    "name": "三级指标 指标名称 三级指标名称 绩效指标 名称",
    "definition": "指标解释 指标说明 指标定义 解释 说明 指标内容",
    "formula": "计算公式 公式 指标计算公式 评分公式",
    "operator": "指标性质 运算符号 计算符号 性质 符号 运算符",
    "typical_value": "指标值 参考值 指标参考值 目标值 年度指标值",
    "unit": "度量单位 计量单位 指标单位 单位",
    "direction": "指标方向性 指标方向 方向性 方向",
    "scoring_method": "赋分规则 赋分方式 评分方法 评分规则 评分标准",
    "scoring_params": "赋分参数",
    "data_source": "数据来源 指标值数据来源",
    "applies_to": "功能分类科目 适用功能科目 支出功能分类 功能科目",
    "evidence": "佐证资料 佐证材料 证明资料",
    "default_weight": "建议权重 默认权重",
    "is_core": "是否核心 核心 是否核心指标 核心指标",
    "aliases": "别名 又名",
    "project_tags": "项目标签 标签",
    "unit_kinds": "单位类型",
    "core_owner": "核心指标主管部门 归口部门 主管部门",
    "source_kind": "指标来源",
    "value_basis": "指标值设定依据 设定依据",
    "collection_method": "取值方式 指标值取值方式",
    "quant_model_code": "量化模型 量化模型编码",
    "may_exceed": "可超百分之百",
    "effective_from": "启用年度 生效年度",
    "effective_to": "停用年度 失效年度 止用年度",
    "successor": "替代指标 替代指标编码 接替指标",
    "parent": "上级编码 父级编码 上级指标编码 上级",
}
TITLES: Mapping[str, str] = {name: words.split()[0] for name, words in _HEADINGS.items()}
_FIELD_OF = {word: name for name, words in _HEADINGS.items() for word in words.split()}
_DROPPED = re.compile(r"[\s（(].*$|[*＊:：]")

LEVEL_OF: Mapping[str, Level1] = {
    **{level2: level1 for frame in Frame for level1 in Level1 for level2 in level2_of(frame, level1)},
    COST_2015: Level1.OUTPUT,
}
_LEVEL1 = {
    "成本": Level1.COST, "产出": Level1.OUTPUT, "效益": Level1.BENEFIT, "效果": Level1.BENEFIT,
    "满意度": Level1.SATISFACTION,
}
_OPERATORS = {
    Operator.GE: "≥ >= ＞= ≧ 大于等于 不低于 不少于",
    Operator.LE: "≤ <= ＜= ≦ 小于等于 不高于 不超过",
    Operator.EQ: "= ＝ == 等于",
    Operator.GT: "> ＞ 大于",
    Operator.LT: "< ＜ 小于",
    Operator.RANGE: "区间 范围 [] 介于",
    Operator.QUAL: "定性 定性指标 文字描述",
}
_DIRECTIONS = {
    Direction.POSITIVE: "正向 正向指标 适度 适度指标 中性",
    Direction.NEGATIVE: "反向 反向指标 负向 负向指标 逆向",
}
_KINDS = {
    LibraryKind.COMMON: "共性 共性指标",
    LibraryKind.SPECIFIC: "个性 个性指标 行业 行业指标",
    LibraryKind.DEPARTMENT: "部门个性 部门 部门个性指标",
    LibraryKind.CASE: "案例 案例指标",
    LibraryKind.CORE: "核心 核心指标",
}
_SOURCE_KINDS = {
    SourceKind.POLICY: "政策文件 政策",
    SourceKind.STATISTIC: "统计指标 统计",
    SourceKind.ASSESSMENT: "部门管理考核 考核",
    SourceKind.WORK_PLAN: "工作计划 计划",
    SourceKind.OTHER: "其他",
}
_BASES = {
    ValueBasis.PLAN: "计划标准 计划",
    ValueBasis.INDUSTRY: "行业标准 行业",
    ValueBasis.HISTORY: "历史标准 历史",
    ValueBasis.RECOGNISED: "其他公认标准 其他标准 公认标准 其他",
}
_METHODS = {
    CollectionMethod.DIRECT: "直接证明",
    CollectionMethod.STATISTICS: "情况统计 统计",
    CollectionMethod.DESCRIPTION: "情况说明",
    CollectionMethod.QUESTIONNAIRE: "问卷调查 问卷",
    CollectionMethod.TREND: "趋势判断",
}
_FLAGS = {"1": "1 是 有 √ true", "0": "0 否 无 false"}


def _index(words: Mapping[str, str]) -> dict[str, str]:
    """Map every spelling, and the code itself, to the code."""
    return {spelling: str(code) for code, spellings in words.items() for spelling in (str(code), *spellings.split())}


# Fields with a closed list of values.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "level1": {
        spelling: str(level) for word, level in _LEVEL1.items() for spelling in (word, f"{word}指标", str(level))
    },
    "operator": _index({str(code): words for code, words in _OPERATORS.items()}),
    "direction": _index({str(code): words for code, words in _DIRECTIONS.items()}),
    "library_kind": _index({str(code): words for code, words in _KINDS.items()}),
    "source_kind": _index({str(code): words for code, words in _SOURCE_KINDS.items()}),
    "value_basis": _index({str(code): words for code, words in _BASES.items()}),
    "collection_method": _index({str(code): words for code, words in _METHODS.items()}),
    "is_core": _index(_FLAGS),
    "may_exceed": _index(_FLAGS),
}
UNIT_KINDS: Mapping[str, str] = _index(
    {"ADMIN": "行政 行政单位", "REF_ADMIN": "参公 参公单位 参公事业单位", "PUBLIC_INST": "事业 事业单位"}
)


def field_of(heading: str) -> str:
    """Return the field that a heading means, Chinese or the field's own name; empty when it means none."""
    plain = heading.strip()
    if plain in _HEADINGS:
        return plain
    return _FIELD_OF.get(plain, "") or _FIELD_OF.get(_DROPPED.sub("", plain), "")


def level2_of_word(word: str) -> str:
    """Return a level 2 in its full form: 数量 becomes 数量指标, 服务对象满意度 becomes 服务对象满意度指标."""
    plain = word.strip()
    return plain if plain in LEVEL_OF or f"{plain}指标" not in LEVEL_OF else f"{plain}指标"
