"""Pages that are made of records: a node of the work guide, and the help of a field."""

import html
from collections.abc import Mapping

from desktop.domain.guide import GuideNode
from desktop.texts import tr
from desktop.texts.field_help import FieldHelp
from desktop.texts.guide_forms import elsewhere, openable
from desktop.texts.problems import TEXTS
from desktop.ui.help import markup
from desktop.usecases.guide import Done

TICK = "tick:"
MOST_CASES = 5


def node_sheet(
    node: GuideNode, done: Done | None, papers: frozenset[str], related: Mapping[str, str], *, plain: bool = False
) -> str:
    """Return a node as HTML: what, when, who, papers to tick, steps, deadline, basis, mistakes, related.

    Args:
        node: Of the guide.
        done: Who did it this year.
        papers: What is at hand.
        related: Code -> title of the nodes that it names.
        plain: Without links, for paper.
    """
    made = [markup.paragraph(html.escape(f"{node.field} › {node.category}"), "text2"), markup.heading(node.title, 1)]
    if done is not None:
        said = tr("{by} 已在 {at} 标为已办", by=done.by, at=done.at[:16].replace("T", " "))
        made.append(markup.paragraph(f"{markup.icon_image('check-circle', 'ok')} {html.escape(said)}", "ok"))
    made.append(markup.paragraph(html.escape(node.what)))
    made.append(_facts(node))
    made.append(markup.heading(tr("要准备的材料"), 2))
    made.append(_papers(node, papers, plain=plain))
    made.append(markup.heading(tr("怎么办"), 2))
    made.append(markup.listed([html.escape(step) for step in node.steps], numbered=True))
    made.append(markup.heading(tr("常见错误"), 2))
    made.append(_mistakes(node.mistakes))
    made.append(markup.heading(tr("依据"), 2))
    made.append(markup.listed([html.escape(one) for one in node.basis]))
    made.append(markup.paragraph(tr("文号以正式印发的文件为准；各地另有规定的，以当地规定为准。"), "text2"))
    made.append(_forms(node, plain=plain))
    if related and not plain:
        made.append(markup.heading(tr("相关事项"), 2))
        links = [markup.link(f"guide:{code}", html.escape(title)) for code, title in related.items()]
        made.append(markup.paragraph("　·　".join(links)))
    return "".join(made)


def _facts(node: GuideNode) -> str:
    rows = ((tr("什么时候办"), node.when), (tr("谁来办"), node.who), (tr("期限"), node.deadline))
    cells = "".join(
        f'<tr><td width="92" style="padding:3px 0; color:{markup.color("text2")}">{name}</td>'
        f'<td style="padding:3px 0; line-height:140%">{html.escape(text)}</td></tr>'
        for name, text in rows
    )
    return f'<table width="100%" cellspacing="0" style="margin-bottom:4px">{cells}</table>'


def _papers(node: GuideNode, papers: frozenset[str], *, plain: bool) -> str:
    made = []
    for at, paper in enumerate(node.materials):
        ticked = paper in papers
        sign = markup.icon_image("check-circle", "ok") if ticked else markup.icon_image("circle", "ctl")
        words = f'<span style="color:{markup.color("text")}">{html.escape(paper)}</span>'
        line = f"{sign}&nbsp; {words}"
        made.append(markup.row(line if plain else markup.link(f"{TICK}{at}", line)))
    return "".join(made)


def _mistakes(mistakes: tuple[str, ...]) -> str:
    made = []
    for mistake in mistakes:
        wrong, colon, right = mistake.partition("：")
        sign = markup.icon_image("error", "err")
        advice = f"<br>{markup.icon_image('check', 'ok')}&nbsp; {html.escape(right)}" if colon else ""
        made.append(markup.paragraph(f"{sign}&nbsp; {html.escape(wrong)}{advice}"))
    return "".join(made)


def _forms(node: GuideNode, *, plain: bool) -> str:
    made = [
        html.escape(form.name) if plain else markup.link(f"screen:{form.page}/{form.argument}", html.escape(form.name))
        for form in openable(node.forms)
    ]
    other = "、".join(form.name for form in elsewhere(node.forms))
    if other:
        made.append(html.escape(tr("{names}（在一体化系统或财务软件里办）", names=other)))
    if not made:
        return ""
    return markup.heading(tr("用到的表"), 2) + markup.paragraph("　·　".join(made))


def field_sheet(field: FieldHelp, guide_title: str, *, plain: bool = False) -> str:
    """Return the help of a field as HTML: what to write, an example, mistakes, rules, node of the guide."""
    made = [
        markup.paragraph(html.escape(tr("{form} · 这一格填什么", form=field.form)), "text2"),
        markup.heading(field.name, 1),
        markup.paragraph(html.escape(field.what)),
    ]
    if field.example:
        made.append(markup.remark(f"<b>{html.escape(field.example)}</b>", "提示", tr("例如")))
    if field.mistakes:
        made += [markup.heading(tr("常见错误"), 2), _mistakes(field.mistakes)]
    if field.rules:
        made += [markup.heading(tr("审核时会查"), 2), _rules(field)]
    if not plain:
        made.append(markup.heading(tr("依据和办法"), 2))
        made.append(markup.paragraph(
            f"{markup.link(f'guide:{field.guide}', html.escape(tr('工作指引：{title}', title=guide_title)))}　·　"
            f"{markup.link(field.page, html.escape(tr('手册：怎么填{form}', form=field.form)))}　·　"
            f"{markup.link('lookup/fields', html.escape(tr('所有格填什么')))}"
        ))
    return "".join(made)


def _rules(field: FieldHelp) -> str:
    """List what the rules say about this field; of a rule that looks at many things only what is about it."""
    rows = [[tr("编号"), tr("问题"), tr("怎么办")]]
    key = field.topic.partition("/")[2]
    for named in field.rules:
        rule = named.partition(".")[0]
        cases = {code: text for code, text in TEXTS.items() if named in (code, code.partition(".")[0])}
        own = [text for code, text in cases.items() if code.partition(".")[2] in (key, key.rpartition(".")[2])]
        for title, _, advice in (own or list(cases.values()))[:MOST_CASES]:
            rows.append([rule, html.escape(title), html.escape(advice)])
    return markup.table(rows, (10, 40, 50))
