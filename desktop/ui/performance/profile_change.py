"""Another profile of points: which indicators move on its form, which have no place or no points there."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.library import WeightProfile
from desktop.texts import tr
from desktop.texts.words import LEVEL1
from desktop.ui.kit.dialogs import Question, Verb
from desktop.usecases.fill_goal import Move

_SHOWN = 8


def move_words(move: Move) -> str:
    """Return what becomes of one line."""
    old = f"{LEVEL1[move.line.level1.value]}·{move.line.level2}"
    name = move.line.name
    if move.to is None:
        return tr("“{name}”：新表上没有{group}，放不进去，要移出或另选指标", name=name, group=move.line.level2)
    if move.pointless:
        return tr("“{name}”：{level}没有分值，要移出或另选指标", name=name, level=LEVEL1[move.to[0].value])
    new = f"{LEVEL1[move.to[0].value]}·{move.to[1]}"
    return tr("“{name}”：由{old}移到{new}", name=name, old=old, new=new)


def profile_question(profile: WeightProfile, moves: Sequence[Move], parent: QWidget | None = None) -> Question:
    """Return the question before lines move."""
    stuck = sum(move.to is None or move.pointless for move in moves)
    body = tr("有 {count} 条指标换位置。分值不变，换了以后按新方案分配。", count=len(moves))
    if stuck:
        body = tr("有 {count} 条指标换位置或放不下，其中 {stuck} 条换了以后会报错，要您处理。分值不变。",
                  count=len(moves), stuck=stuck)
    question = Question(tr("换成“{name}”", name=profile.name), body,
                        (Verb("go", tr("换方案"), "primary"), Verb("back", tr("不换"))), parent=parent)
    for move in moves[:_SHOWN]:
        question.add_words(move_words(move), "warn" if move.to is None or move.pointless else "text")
    if len(moves) > _SHOWN:
        question.add_words(tr("等 {count} 条", count=len(moves)), "text2")
    return question


def agreed_to(profile: WeightProfile, moves: Sequence[Move], parent: QWidget) -> bool:
    """Tell whether the user wants the profile; asks only when something moves."""
    if not moves:
        return True
    question = profile_question(profile, moves, parent)
    question.exec()
    answer = question.answer
    question.deleteLater()
    return answer == "go"
