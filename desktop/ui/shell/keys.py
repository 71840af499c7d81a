"""Every key of the program, once: what it is called, where it works, and what it does there.

The menus, the tooltips of the frame, the sheet of shortcuts (Ctrl+/) and the commands that the search finds are all
made from this list, so that they never say different things.
"""

from dataclasses import dataclass
from enum import Enum

from desktop.texts import tr


class Reach(Enum):
    """Who listens for a key."""

    FRAME = "frame"  # the window, wherever the cursor is
    FRONT = "front"  # the page or document in front; the frame says so in a sentence when that has nothing for it
    PLACE = "place"  # the table, field or panel with the cursor; only listed here


class Group(Enum):
    """The menus, in their order; GRID and LIST are on the sheet of shortcuts only."""

    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    DOCUMENT = "document"
    SYNC = "sync"
    HELP = "help"
    GRID = "grid"
    LIST = "list"


GROUP_WORDS = {
    Group.FILE: tr("文件"), Group.EDIT: tr("编辑"), Group.VIEW: tr("查看"), Group.DOCUMENT: tr("单据"),
    Group.SYNC: tr("同步"), Group.HELP: tr("帮助"), Group.GRID: tr("表格里"), Group.LIST: tr("列表里"),
}
MENUS = (Group.FILE, Group.EDIT, Group.VIEW, Group.DOCUMENT, Group.SYNC, Group.HELP)


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A thing that can be done by a key, a menu or a word in the search.

    Attributes:
        name: Stable name; what the frame's `Commands` knows it by.
        words: In the menu and on the sheet.
        keys: As written for people and for Qt; empty: in the menus only.
        also: Further keys that do the same.
        initials: Pinyin initials of the words, for the search.
        method: What a page or document in front is called by.
        refusal: Said when nothing in front can do it.
        icon: In the menu.
    """

    name: str
    words: str
    group: Group
    reach: Reach
    keys: str = ""
    also: tuple[str, ...] = ()
    initials: str = ""
    method: str = ""
    refusal: str = ""
    icon: str = ""

    @property
    def sequences(self) -> tuple[str, ...]:
        """Return all keys."""
        return (self.keys, *self.also) if self.keys else ()


_FRAME, _FRONT, _PLACE = Reach.FRAME, Reach.FRONT, Reach.PLACE

KEYS: tuple[KeyEntry, ...] = (
    KeyEntry("new", tr("新增一张"), Group.DOCUMENT, _FRONT, "F5", ("Ctrl+N",), "xzyz", "new_document",
             tr("这一页没有可以新增的内容。"), "plus"),
    KeyEntry("copy", tr("复制"), Group.DOCUMENT, _FRONT, "Ctrl+Shift+D", (), "fz", "copy_document",
             tr("这一页没有可以复制的单据。"), "copy"),
    KeyEntry("review", tr("审核"), Group.DOCUMENT, _FRONT, "F8", (), "sh", "review",
             tr("这一页没有需要审核的内容。"), "shield"),
    KeyEntry("calculate", tr("运算"), Group.DOCUMENT, _FRONT, "F9", (), "ys", "calculate",
             tr("这一页没有需要运算的公式。"), "calculator"),
    KeyEntry("balance", tr("自动平衡"), Group.DOCUMENT, _FRONT, "Ctrl+F7", (), "zdph", "balance",
             tr("这里没有需要平衡的明细。")),
    KeyEntry("suggest", tr("智能推荐"), Group.DOCUMENT, _FRONT, "Ctrl+J", (), "zntj", "suggest_goal",
             tr("先到“绩效目标”打开一个项目，再用智能推荐。"), "target"),
    KeyEntry("attach", tr("添加附件"), Group.DOCUMENT, _FRONT, "Ctrl+Shift+A", (), "tjfj", "attach",
             tr("先打开一张支付申请，再添加附件。"), "clip"),
    KeyEntry("template", tr("常用模板"), Group.DOCUMENT, _FRONT, "Ctrl+T", (), "cymb", "templates",
             tr("这一页没有常用模板。")),
    KeyEntry("unit", tr("换单位"), Group.FILE, _FRAME, "Ctrl+U", (), "hdw", icon="bank"),
    KeyEntry("person", tr("换人"), Group.FILE, _FRAME, initials="hr", icon="person"),
    KeyEntry("year", tr("换年度"), Group.FILE, _FRAME, initials="hnd", icon="clock"),
    KeyEntry("print", tr("打印"), Group.FILE, _FRONT, "Ctrl+P", (), "dy", "print_now",
             tr("这一页没有可以打印的内容。"), "printer"),
    KeyEntry("import", tr("导入"), Group.FILE, _FRONT, "Ctrl+I", (), "dr", "import_rows",
             tr("这一页没有可以导入的表。"), "import"),
    KeyEntry("export", tr("导出表格"), Group.FILE, _FRONT, "Ctrl+E", (), "dcbg", "export_rows",
             tr("这一页没有可以导出的表。"), "export"),
    KeyEntry("backup", tr("备份"), Group.FILE, _FRAME, initials="bf", icon="folder"),
    KeyEntry("lock", tr("锁定"), Group.FILE, _FRAME, "Ctrl+Alt+L", (), "sd", icon="lock"),
    KeyEntry("quit", tr("关闭程序"), Group.FILE, _FRAME, initials="gbcx", icon="close"),
    KeyEntry("undo", tr("撤销"), Group.EDIT, _FRONT, "Ctrl+Z", (), "cx", "undo", tr("没有可以撤销的步骤。"), "undo"),
    KeyEntry("redo", tr("重做"), Group.EDIT, _FRONT, "Ctrl+Y", (), "cz", "redo", tr("没有可以重做的步骤。"), "redo"),
    KeyEntry("save", tr("立即保存并审核本行"), Group.EDIT, _FRONT, "Ctrl+S", (), "ljbcbshbx", "save_now",
             tr("已经保存，这里没有正在填写的内容。")),
    KeyEntry("find", tr("查找"), Group.EDIT, _FRONT, "Ctrl+F", (), "cz", "find_text",
             tr("这里没有可以查找的表格。要找单据请按 Ctrl+K。"), "search"),
    KeyEntry("replace", tr("替换"), Group.EDIT, _FRONT, "Ctrl+H", (), "th", "replace_text",
             tr("这里没有可以替换内容的表格。")),
    KeyEntry("go-to-row", tr("到某一行"), Group.EDIT, _FRONT, "Ctrl+G", (), "dmyh", "go_to_row",
             tr("这里没有表格，不能按行号跳转。")),
    KeyEntry("amount-words", tr("复制金额大写"), Group.EDIT, _FRONT, "Ctrl+L", (), "fzjedx", "copy_words",
             tr("光标不在金额上，没有可以复制的大写。"), "copy"),
    KeyEntry("search", tr("搜索"), Group.VIEW, _FRAME, "Ctrl+K", (), "ss", icon="search"),
    KeyEntry("inspector", tr("检视面板"), Group.VIEW, _FRONT, "F4", (), "jsmb", "toggle_inspector",
             tr("这一页没有检视面板。"), "info"),
    KeyEntry("problems", tr("问题面板"), Group.VIEW, _FRONT, "Ctrl+Shift+M", (), "wtmb", "toggle_problems",
             tr("这一页没有问题面板。"), "warning"),
    KeyEntry("next-problem", tr("下一处问题或查找结果"), Group.VIEW, _FRONT, "F3", (), "xyc", "next_problem",
             tr("没有下一处问题。"), "chevron-down"),
    KeyEntry("pages", tr("换页面"), Group.VIEW, _PLACE, "Alt+1",
             tuple(f"Alt+{number % 10}" for number in range(2, 11))),
    KeyEntry("pane", tr("换窗格"), Group.VIEW, _FRAME, "F6", (), "hcg"),
    KeyEntry("whole-page", tr("只看表格"), Group.VIEW, _FRAME, "F11", (), "zkbg", icon="table"),
    KeyEntry("larger", tr("字大一点"), Group.VIEW, _FRAME, "Ctrl+=", ("Ctrl++",), "zdyd"),
    KeyEntry("smaller", tr("字小一点"), Group.VIEW, _FRAME, "Ctrl+-", (), "zxyd"),
    KeyEntry("normal-size", tr("字号恢复标准"), Group.VIEW, _FRAME, "Ctrl+0", (), "zhhfbz"),
    KeyEntry("direction", tr("回车方向：向右或向下"), Group.VIEW, _FRAME, initials="hcfx", icon="enter"),
    KeyEntry("money-unit", tr("按元或万元查看"), Group.VIEW, _FRONT, "", (), "ywy", "turn_money_unit",
             tr("这一页只按元查看。"), "eye"),
    KeyEntry("next-tab", tr("下一个标签"), Group.VIEW, _FRAME, "Ctrl+Tab", (), "xygbq"),
    KeyEntry("previous-tab", tr("上一个标签"), Group.VIEW, _FRAME, "Ctrl+Shift+Tab", (), "sygbq"),
    KeyEntry("close-tab", tr("关闭标签"), Group.VIEW, _FRAME, "Ctrl+W", (), "gbbq", icon="close"),
    KeyEntry("reopen-tab", tr("重新打开刚关闭的标签"), Group.VIEW, _FRAME, "Ctrl+Shift+T", (), "cxdk"),
    KeyEntry("messages", tr("消息"), Group.VIEW, _FRAME, initials="xx", icon="list"),
    KeyEntry("sync", tr("一键同步"), Group.SYNC, _FRAME, "F12", (), "yjtb", icon="sync"),
    KeyEntry("sync-page", tr("同步中心"), Group.SYNC, _FRAME, initials="tbzx", icon="history"),
    KeyEntry("help", tr("帮助"), Group.HELP, _FRAME, "F1", (), "bz", icon="question"),
    KeyEntry("guide", tr("工作指引"), Group.HELP, _FRAME, initials="gzzy", icon="list"),
    KeyEntry("practice", tr("练习"), Group.HELP, _FRAME, initials="lx", icon="target"),
    KeyEntry("keys", tr("快捷键表"), Group.HELP, _FRAME, "Ctrl+/", (), "kjjb", icon="book"),
    KeyEntry("menu", tr("菜单"), Group.HELP, _FRAME, "F10", (), "cd", icon="menu"),
    # What tables and lists do by themselves.
    KeyEntry("enter", tr("下一格"), Group.GRID, _PLACE, "Enter"),
    KeyEntry("back", tr("上一格"), Group.GRID, _PLACE, "Shift+Enter"),
    KeyEntry("edit", tr("编辑或参照"), Group.GRID, _PLACE, "F2"),
    KeyEntry("tree", tr("参照或计算器"), Group.GRID, _PLACE, "F7"),
    KeyEntry("fill-down", tr("向下填充"), Group.GRID, _PLACE, "Ctrl+D"),
    KeyEntry("fill-right", tr("向右填充"), Group.GRID, _PLACE, "Ctrl+R"),
    KeyEntry("fill-all", tr("写入所选各格"), Group.GRID, _PLACE, "Ctrl+Enter"),
    KeyEntry("today", tr("填今天"), Group.GRID, _PLACE, "Ctrl+;"),
    KeyEntry("cut-copy-paste", tr("剪切、复制、粘贴"), Group.GRID, _PLACE, "Ctrl+X", ("Ctrl+C", "Ctrl+V")),
    KeyEntry("paste-text", tr("按文本粘贴"), Group.GRID, _PLACE, "Ctrl+Shift+V"),
    KeyEntry("delete-row", tr("删除所选行"), Group.GRID, _PLACE, "Ctrl+Delete"),
    KeyEntry("filter", tr("筛选这一列"), Group.GRID, _PLACE, "Alt+Down"),
    KeyEntry("clear-filter", tr("清除筛选"), Group.GRID, _PLACE, "Ctrl+Shift+L"),
    KeyEntry("edges", tr("到数据边缘"), Group.GRID, _PLACE, "Ctrl+方向键"),
    KeyEntry("open-row", tr("打开一行"), Group.LIST, _PLACE, "Enter"),
    KeyEntry("tick", tr("勾选一行"), Group.LIST, _PLACE, "空格"),
    KeyEntry("tick-all", tr("全部勾选"), Group.LIST, _PLACE, "Ctrl+A"),
    KeyEntry("next-waiting", tr("复核时看下一张、上一张"), Group.LIST, _PLACE, "J", ("K",)),
    KeyEntry("pass", tr("复核通过、退回"), Group.LIST, _PLACE, "Y", ("N",)),
)
_BY_NAME = {entry.name: entry for entry in KEYS}


def key(name: str) -> KeyEntry:
    """Return an entry by its name.

    Raises:
        KeyError: There is none.
    """
    return _BY_NAME[name]


def tip(name: str, words: str = "") -> str:
    """Return words for a tooltip with the keys behind them."""
    entry = _BY_NAME[name]
    said = words or entry.words
    return f"{said}（{entry.keys}）" if entry.keys else said
