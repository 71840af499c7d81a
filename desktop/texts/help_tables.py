"""Pages of the manual that are made of the program's own tables, so that they can never say something else.

They are written in the manual's small part of Markdown; see `desktop.domain.manual`.
"""

import re
from collections.abc import Iterable, Mapping

from desktop.texts import field_help
from desktop.texts.fault_table import HAPPENED
from desktop.texts.messages import templates
from desktop.texts.problem_texts import Text
from desktop.texts.problems import TEXTS

_PLACE = re.compile(r"\{[^}]*\}")
# First letter of a rule's id -> page, its heading and what these rules look at, in the order of the pages
_FAMILIES: Mapping[str, tuple[str, str, str]] = {
    "V": ("lookup/entry", "支付申请填得全不全", "单据自己的问题：漏填、明细与金额不等、日期和大写不对。"),
    "R": ("lookup/paying", "支付申请能不能付", "额度、指标范围、收款人、发票和用途。财政收到后还会再查一遍。"),
    "E": ("lookup/invoices", "电子发票真不真、全不全", "只看发票文件本身：有没有改动、金额加得拢不拢、签章对不对。"),
    "B": ("lookup/plans", "项目和预算", "立项资料、入库、收入支出各行。"),
    "C": ("lookup/sums", "表与表之间平不平", "勾稽关系：同一个数在几张表里要一样。大多按 F9 运算就平了。"),
    "P": ("lookup/goals", "绩效目标哪里没填好", "指标选得全不全、指标值写得对不对、分值合计是不是 90 分。"),
    "D": ("lookup/duties", "岗位和签名", "经办、复核、签章要三个人，改了内容签名就作废。"),
}
# Page, its heading, what it is about, and how the codes of its entries begin; the first that fits takes an entry
_FAULTS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("lookup/tables", "导入和导出时的意外", "表格文件打不开、表头认不出、导出不了。", ("T-", "X-", "I-")),
    ("lookup/locks", "口令、密钥和恢复码的意外", "口令不对、密钥不在这台电脑上、恢复码输错。",
     ("PIN_", "PASSWORD_", "KEY_", "SECRET_", "WRITER_", "RECOVERY_")),
    ("lookup/disks", "文件、磁盘和打印的意外", "磁盘满了、数据文件打不开、备份和打印不了。",
     ("FILE_", "FORMAT_", "SIGNATURE_", "WRONG_RECIPIENT", "TOO_LARGE", "CONTENT_", "TARGET_", "PDF_", "PRINTER_",
      "DISK_", "LAST_BACKUP", "WORKSPACE_", "REHEARSAL_")),
    ("lookup/evouchers", "电子发票文件的意外", "发票文件读不出来、不安全、暂不支持。", ("E-",)),
    ("lookup/exchange", "和财政来往时的意外", "连不上、送到一半断了、回执和基础数据不对。", ("",)),
)


def pages() -> dict[str, str]:
    """Return topic -> page."""
    return {
        "lookup/messages": _messages(),
        "lookup/rules": _families(TEXTS),
        **{topic: _family(letter, TEXTS) for letter, (topic, _, _) in _FAMILIES.items()},
        "lookup/faults": _fault_families(),
        **{topic: _faults(topic, title, note) for topic, title, note, _ in _FAULTS},
        "lookup/fields": _fields(),
    }


def _messages() -> str:
    rows = [
        (code, one.title, one.body, "　".join(f"[{verb}]" for verb in one.verbs)) for code, one in templates().items()
    ]
    intro = "程序给您看的重要消息都在这里，按编号排。省略号的地方显示当时的数、日期或名称。"
    return "\n".join(["# 消息一览", "", intro, "", *_table(("编号", "标题", "说明和怎么办", "可以点的按钮"), rows)])


def _families(texts: Mapping[str, Text]) -> str:
    """Return the page that leads to one page for each family: all rules on one page are slow to show and to read."""
    intro = (
        "审核时，每条问题后面都有编号。照编号在这里查：说的是什么、怎么改。\n"
        "红色的是**错误**，改好才能送复核；黄色的是**提示**，确认无误写一句说明就可以送。"
    )
    rows = []
    for letter, (topic, title, note) in _FAMILIES.items():
        codes = [code.partition(".")[0] for code in texts if code.startswith(letter)]
        rows.append((f"{codes[0]} 到 {codes[-1]}", f"[{title}]({topic})", note))
    return "\n".join(["# 审核问题速查", "", intro, "", *_table(("编号", "查什么", "说明"), rows)])


def _family(letter: str, texts: Mapping[str, Text]) -> str:
    _, title, note = _FAMILIES[letter]
    own = [(code.partition(".")[0], *text) for code, text in texts.items() if code.startswith(letter)]
    lines = [f"# {title}", "", note, "", *_table(("编号", "问题", "具体说的是", "怎么办"), own)]
    return "\n".join([*lines, "", "别的编号见[审核问题速查](lookup/rules)。"])


def _fault_families() -> str:
    intro = "不是您填错，而是文件、网络、磁盘或密钥出了情况。无论哪一条，已录入的内容都不会丢。"
    rows = [(f"[{title}]({topic})", note) for topic, title, note, _ in _FAULTS]
    return "\n".join(["# 意外情况速查", "", intro, "", *_table(("什么时候", "常见的"), rows)])


def _faults(topic: str, title: str, note: str) -> str:
    rows = {(one.title, one.happened, one.advice): None for code, one in HAPPENED.items() if _fault_page(code) == topic}
    lines = [f"# {title}", "", note, "", *_table(("提示", "发生了什么", "怎么办"), rows)]
    return "\n".join([*lines, "", "别的情况见[意外情况速查](lookup/faults)。"])


def _fault_page(code: str) -> str:
    return next(topic for topic, _, _, starts in _FAULTS if code.startswith(starts))


def _fields() -> str:
    intro = "光标停在哪一格，按 `F1` 就打开那一格的说明。这里把所有格列在一起，点名称看详细的。"
    lines = ["# 每一格填什么", "", intro, ""]
    for form, fields in field_help.forms().items():
        rows = [(f"[{one.name}](field:{one.topic})", one.what) for one in fields]
        lines += [f"## {form}", "", *_table(("名称", "填什么"), rows), ""]
    return "\n".join(lines)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [_row(head), _row(("---",) * len(head)), *(_row(row) for row in rows)]


def _row(cells: tuple[str, ...]) -> str:
    inside = " | ".join(_PLACE.sub("…", cell).replace("|", "／").replace("\n", "").strip() for cell in cells)
    return f"| {inside} |"
