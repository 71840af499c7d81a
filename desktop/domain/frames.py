"""Which level-2 groups a goal form has under each level 1: the form of 2021 and the older one (P-04)."""

from collections.abc import Mapping

from desktop.domain.goal import Frame, Level1

LEVEL1_WORDS: Mapping[Level1, str] = {
    Level1.COST: "成本指标",
    Level1.OUTPUT: "产出指标",
    Level1.BENEFIT: "效益指标",
    Level1.SATISFACTION: "满意度指标",
}
COST_2015 = "成本指标"
SUSTAINED = "可持续影响指标"
_OUTPUT = ("数量指标", "质量指标", "时效指标")
_BENEFIT = ("经济效益指标", "社会效益指标", "生态效益指标")
_SATISFACTION = ("服务对象满意度指标",)
_COST = ("经济成本指标", "社会成本指标", "生态环境成本指标")

_COST_OF = {_BENEFIT[1]: _COST[1], _BENEFIT[2]: _COST[2]}

# Sources: 财预〔2021〕101号 for F2021; 财预〔2015〕163号 for F2015, where cost is a group of output.
_LEVELS: Mapping[Frame, Mapping[Level1, tuple[str, ...]]] = {
    Frame.F2021: {
        Level1.COST: _COST,
        Level1.OUTPUT: _OUTPUT,
        Level1.BENEFIT: _BENEFIT,
        Level1.SATISFACTION: _SATISFACTION,
    },
    Frame.F2015: {
        Level1.COST: (),
        Level1.OUTPUT: (*_OUTPUT, COST_2015),
        Level1.BENEFIT: (*_BENEFIT, SUSTAINED),
        Level1.SATISFACTION: _SATISFACTION,
    },
}


def level2_of(frame: Frame, level1: Level1) -> tuple[str, ...]:
    """Return the groups of a level 1 in the order of the form; empty where the frame has none."""
    return _LEVELS[frame][level1]


def in_frame(frame: Frame, level1: Level1, level2: str) -> tuple[Level1, str] | None:
    """Return where an indicator of the library stands on a form of the frame; None where it has no place.

    Cost stands under output in the older form, as one group; coming back it is economic cost.
    """
    if level2 in _LEVELS[frame][level1]:
        return level1, level2
    if frame is Frame.F2015 and level1 is Level1.COST:
        return Level1.OUTPUT, COST_2015
    if frame is Frame.F2021 and (level1, level2) == (Level1.OUTPUT, COST_2015):
        return Level1.COST, _COST[0]
    return None


def cost_of(level2: str) -> str:
    """Return the cost group that a benefit may be moved to where it can be valued in money (P-12); empty for none."""
    return _COST_OF.get(level2, "")


def is_cost(level1: Level1, level2: str) -> bool:
    """Tell whether it is a cost indicator, wherever the frame puts it (P-11)."""
    return level1 is Level1.COST or level2 == COST_2015
