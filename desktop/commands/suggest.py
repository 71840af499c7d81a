"""`budgetdesk suggest`: a complete goal for a project, from its name and its money, with a reason for every line."""

import re
from argparse import Namespace
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import msgspec

from desktop.commands.answer import Exit, Unusable, say, say_json
from desktop.commands.parser import shortened
from desktop.commands.workspaces import sound
from desktop.domain.library import CoreSet, GoalCase, Indicator, WeightProfile
from desktop.domain.money import MoneyError, format_yuan, parse_yuan
from desktop.domain.parameters import Parameters
from desktop.domain.problem import Level, Problem
from desktop.domain.project import ProjectClass
from desktop.domain.suggesting.library_index import LibraryIndex
from desktop.domain.suggesting.proposal import Brief, ProposedLine
from desktop.domain.suggesting.propose import Rules
from desktop.exchange.reference import public_datasets
from desktop.texts import problems
from desktop.texts.problems import money_text
from desktop.texts.suggestions import reason
from desktop.texts.words import FRAMES, LEVEL1, LEVELS, OPERATORS, PROJECT_CLASSES
from desktop.usecases.propose_goal import Suggestion, findings, suggest

_MOST_NAME, _MOST_SUMMARY = 60, 2000
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_FUNCTION = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,2}")
_LETTER = re.compile(r"[0-9A-Za-z㐀-鿿]")


@dataclass(frozen=True, slots=True)
class _Library:
    index: LibraryIndex
    rules: Rules
    edition: str


def run(arguments: Namespace) -> Exit:
    """Propose a goal; 1 when a rule has something to say against it, 2 when nothing could be proposed."""
    brief = _brief(arguments)
    library = _shipped() if arguments.workspace is None else _of_workspace(arguments)
    suggestion = suggest(brief, library.index, library.rules, complete=True, edition=library.edition)
    if suggestion is None:
        raise Unusable("指标库里没有可推荐的指标。请先同步指标库，或换一个更具体的项目名称。")
    found = findings(suggestion, library.index, library.rules)
    if arguments.json:
        say_json(_as_json(suggestion, found))
    else:
        _tell(suggestion, found)
    return Exit.PROBLEMS if any(one.level is Level.ERROR for one in found) else Exit.GOOD


def _brief(arguments: Namespace) -> Brief:
    name, summary = " ".join(arguments.project.split()), " ".join((arguments.summary or "").split())
    if not _LETTER.search(name):
        raise Unusable("没有项目名称。请在 --project 后面写上项目名称，例如“中小学校舍维修改造”。")
    if len(name) > _MOST_NAME:
        raise Unusable(f"项目名称有 {len(name)} 个字，最多 {_MOST_NAME} 个字。请写预算里用的名称，内容写到 --summary。")
    if len(summary) > _MOST_SUMMARY:
        raise Unusable(f"项目内容有 {len(summary)} 个字，最多 {_MOST_SUMMARY} 个字。请只写做什么、做多少。")
    function = (arguments.function or "").strip()
    if function and not _FUNCTION.fullmatch(function):
        raise Unusable(f"“{shortened(function)}”不是功能分类科目编码。应是 3、5 或 7 位数字，例如 2050202。")
    project_class = ProjectClass(arguments.project_class)
    if not project_class.needs_goal:
        word = PROJECT_CLASSES[project_class.value]
        raise Unusable(f"{word}项目不填绩效目标，不用推荐。其他运转类（Y2）和特定目标类（T）项目才填。")
    year = arguments.year if arguments.year is not None else datetime.now().astimezone().year + 1
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Unusable(f"年度 {year} 不对。应在 {_FIRST_YEAR} 到 {_LAST_YEAR} 之间，例如 2027。")
    return Brief(name, _amount(arguments.amount), year, summary, project_class, function)


def _amount(text: str) -> Decimal:
    try:
        amount = parse_yuan(text)
    except MoneyError as wrong:
        raise Unusable(f"金额“{shortened(text)}”认不出来。{money_text(wrong)}") from wrong
    if amount <= 0:
        raise Unusable(f"金额 {format_yuan(amount)} 元不对。项目金额要大于零。")
    return amount


def _shipped() -> _Library:
    found = public_datasets()
    profiles = msgspec.convert(found["weight_profile"], list[WeightProfile], strict=False)
    index = LibraryIndex(
        msgspec.convert(found["indicator"], list[Indicator]),
        msgspec.convert(found["goal_case"], list[GoalCase]),
        msgspec.convert(found["core_set"], list[CoreSet]),
    )
    parameters = Parameters({str(one["name"]): str(one["value"]) for one in found["parameter"]})
    return _Library(index, Rules({one.code: one for one in profiles}, parameters), "")


def _of_workspace(arguments: Namespace) -> _Library:
    with sound(arguments.workspace, readonly=True) as workspace, workspace.books() as books:
        mirrors = books.mirrors
        index = LibraryIndex(mirrors.library(), mirrors.cases(), mirrors.core_sets())
        edition = str(mirrors.versions().get("public", (0, ""))[0])
        return _Library(index, Rules(dict(mirrors.weight_profiles()), mirrors.parameters()), edition)


def _as_json(suggestion: Suggestion, found: list[Problem]) -> dict[str, object]:
    brief, proposal = suggestion.brief, suggestion.proposal
    return {
        "ok": not any(one.level is Level.ERROR for one in found),
        "project": brief.name,
        "year": brief.year,
        "amount": str(brief.amount),
        "profile": proposal.profile,
        "frame": suggestion.profile.frame.value,
        "library_edition": suggestion.edition,
        "recognised": {
            "fund_uses": list(proposal.recognised.uses),
            "kinds": list(proposal.recognised.kinds),
            "cases": list(proposal.recognised.cases),
            "sure": round(proposal.recognised.sure, 2),
        },
        "general_goal": proposal.general_goal,
        "year_goal": proposal.year_goal,
        "lines": [_line_as_json(one) for one in proposal.lines],
        "problems": [
            {
                "code": one.code,
                "level": one.level.value,
                "where": one.where,
                "message": problems.describe(one).sentence,
            }
            for one in found
        ],
    }


def _line_as_json(one: ProposedLine) -> dict[str, object]:
    candidate, entry = one.candidate, one.candidate.indicator
    return {
        "level1": LEVEL1[candidate.level1.value],
        "level2": candidate.level2,
        "indicator": entry.name,
        "code": entry.code,
        "version": entry.version,
        "operator": OPERATORS[candidate.operator.value],
        "target": candidate.target.value,
        "unit": entry.unit,
        "weight": _number(one.weight),
        "core": candidate.is_core,
        "due": one.due.isoformat() if one.due else "",
        "confidence": one.confidence,
        "reason": reason(candidate),
        "estimated": candidate.target.estimated,
        "sources": list(candidate.sources),
    }


def _number(points: Decimal) -> int | float:
    # Halves and tenths of a point: a float shows them exactly.
    return int(points) if points == points.to_integral_value() else float(points)


def _tell(suggestion: Suggestion, found: list[Problem]) -> None:
    brief, proposal = suggestion.brief, suggestion.proposal
    say(f"项目：{brief.name}    {brief.year}年    {format_yuan(brief.amount)} 元")
    uses, kinds = "、".join(proposal.recognised.uses), "、".join(proposal.recognised.kinds)
    say(f"资金用途：{uses or '没有认出'}    类型：{kinds or '没有认出'}")
    say(f"分值方案：{suggestion.profile.name}（{FRAMES[suggestion.profile.frame.value]}）")
    say(f"总体目标：{proposal.general_goal}")
    say(f"年度目标：{proposal.year_goal}")
    level1 = ""
    for one in proposal.lines:
        candidate = one.candidate
        word = LEVEL1[candidate.level1.value]
        if word != level1:
            level1 = word
            say()
            say(f"{word}  {suggestion.profile.points(candidate.level1).normalize():f} 分")
        mark = "（核心）" if candidate.is_core else ""
        sign = OPERATORS[candidate.operator.value] if candidate.operator.value != "QUAL" else ""
        value = f"{sign} {candidate.target.value} {candidate.indicator.unit}".strip()
        say(f"  {candidate.level2}  {candidate.indicator.name}{mark}  {value}  {one.weight.normalize():f} 分")
        say(f"      {reason(candidate)}")
    say()
    for problem in found:
        text = problems.describe(problem)
        say(f"{LEVELS[problem.level.value]} {problem.code}：{text.sentence}{text.advice}")
    if any(one.candidate.target.estimated for one in proposal.lines):
        say("写着“请核对”的指标值是折算的，填报前请按项目实际改正。")
    if not found:
        say("各项审核规则都通过。")
