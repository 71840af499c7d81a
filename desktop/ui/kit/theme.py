"""The look of the whole program: Fusion, light, one palette, one small style sheet, one type family.

High contrast comes in two tables of our own, which keep the style sheet because Fusion's frames would vanish on black;
where the system itself shows high contrast its colours are taken and the style sheet is dropped.
"""

import re
from collections.abc import Mapping

from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

import resources
from desktop.ui.kit import icons, typography
from desktop.ui.kit.tokens import (
    COLORS,
    DARK_CONTRAST,
    LIGHT_CONTRAST,
    NORMAL,
    NORMAL_COLORS,
    TABLES,
    contrast,
    luminance,
    use_colors,
)

_TINTS = ("okbg", "warnbg", "errbg", "readybg", "waitbg", "draftbg")
_LEAST = 4.5
_PLACE = re.compile(r"\{([a-z0-9]+)\}")
_QT_WORDS = {
    "Scroll Left": "向左滚动", "Scroll Right": "向右滚动",
    "&OK": "好", "OK": "好", "&Save": "保存", "Save": "保存", "&Cancel": "取消", "Cancel": "取消",
    "&Close": "关闭", "Close": "关闭", "&Yes": "是", "&No": "否", "Open": "打开", "&Open": "打开",
    "Discard": "不保存", "Retry": "重试", "Ignore": "忽略", "Help": "帮助", "Apply": "应用", "Reset": "重置",
    "&Undo": "撤销", "&Redo": "重做", "Cu&t": "剪切", "&Copy": "复制", "&Paste": "粘贴", "Delete": "删除",
    "Select All": "全选", "Look in:": "查找位置：", "File &name:": "文件名：", "Files of type:": "文件类型：",
    "&Choose": "选择", "Directory:": "文件夹：", "All Files (*)": "所有文件 (*)", "Show Details...": "显示详细内容…",
    "Hide Details...": "隐藏详细内容…", "Back": "后退", "Forward": "前进", "Parent Directory": "上一级文件夹",
    "Create New Folder": "新建文件夹", "List View": "列表", "Detail View": "详细", "Name": "名称", "Size": "大小",
    "Type": "类型", "Date Modified": "修改时间", "Computer": "此电脑", "My Computer": "此电脑",
    "Press %1 to activate": "按下", "Press": "按下", "Clear": "清空", "New Folder": "新建文件夹",
    "%1 already exists.\nDo you want to replace it?": "“%1”已存在。\n要替换它吗？",
    "%1\nFile not found.\nPlease verify the correct file name was given.": "%1\n没有找到这个文件，请核对文件名。",
}


class _QtWords(QTranslator):
    """Chinese for the few texts that Qt's own dialogs and menus bring along."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        # The source itself where there is no word: an empty text would wipe out Qt's own, as the Ctrl of a shortcut.
        return _QT_WORDS.get(source, source)

    def isEmpty(self) -> bool:
        return False


def style_sheet() -> str:
    """Return the style sheet with every {token} replaced by its colour.

    Raises:
        KeyError: The sheet names a token that does not exist.
    """
    return _PLACE.sub(lambda found: COLORS[found.group(1)], resources.read_text("style", "base.qss"))


def palette() -> QPalette:
    """Return the palette of the colours shown now."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, token in (
        (roles.Window, "window"), (roles.WindowText, "text"), (roles.Base, "base"), (roles.AlternateBase, "alt"),
        (roles.Text, "text"), (roles.Button, "base"), (roles.ButtonText, "text"), (roles.BrightText, "white"),
        (roles.Highlight, "sel"), (roles.HighlightedText, "text"), (roles.PlaceholderText, "dis"),
        (roles.Link, "accent"), (roles.LinkVisited, "accent"), (roles.ToolTipBase, "text"),
        (roles.ToolTipText, "white"), (roles.Mid, "line"), (roles.Midlight, "line"), (roles.Light, "base"),
        (roles.Dark, "ctl"), (roles.Shadow, "ctl"), (roles.Accent, "accent"),
    ):
        made.setColor(role, QColor(COLORS[token]))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(COLORS["dis"]))
    made.setColor(QPalette.ColorGroup.Disabled, roles.Base, QColor(COLORS["ro"]))
    return made


def system_wants_contrast(app: QApplication) -> bool:
    """Tell whether the system itself shows high contrast, as Windows does for people who see badly."""
    hints = app.styleHints()
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def system_table(system: QPalette) -> Mapping[str, str]:
    """Return the colours of the system's palette by our tokens; what would be hard to read on them becomes its text."""
    base = system.color(QPalette.ColorRole.Base).name().upper()
    text = system.color(QPalette.ColorRole.Text).name().upper()
    table = dict(TABLES[DARK_CONTRAST if luminance(base) < luminance(text) else LIGHT_CONTRAST])
    for token in ("window", "base", "alt", "head", "ro", "fx", "nav", "navover", *_TINTS):
        table[token] = base
    for token in ("text", "text2", "navtext", "ctl"):
        table[token] = text
    readable = ("dis", "accent", "hover", "neg", "ok", "warn", "err", "ready", "wait", "draft", "s1", "s2", "s3", "s4")
    for token in (*readable, "s5", "line"):
        if contrast(table[token], base) < _LEAST:
            table[token] = text
    if contrast(text, table["sel"]) < _LEAST:
        table["sel"] = base
    return table


def set_contrast(app: QApplication, name: str) -> None:
    """Show the colours of a table: ours, or those of high contrast; widgets that are there follow at once.

    Args:
        name: A key of `tokens.TABLES`; the system's own high contrast goes before our normal colours.
    """
    by_system = name == NORMAL_COLORS and system_wants_contrast(app)
    use_colors(system_table(QApplication.style().standardPalette()) if by_system else TABLES[name])
    icons.forget_colors()
    app.setPalette(palette())
    app.setStyleSheet("" if by_system else style_sheet())
    typography.tell_widgets(app)


def apply_theme(app: QApplication, points: float = NORMAL, contrast_name: str = NORMAL_COLORS) -> None:
    """Give the application its look; called once, before the first window.

    Args:
        points: Size of body text: 9, 10, 11.5 or 13 in the program's settings.
        contrast_name: Which colours, a key of `tokens.TABLES`.
    """
    app.setStyle(QStyleFactory.create("Fusion"))
    app.styleHints().setColorScheme(Qt.ColorScheme.Light)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    typography.set_base_size(points)
    face = QFont(typography.font("body"))
    if not typography.digits_are_even(face):
        face.setFeature(QFont.Tag("tnum"), 1)
        app.setFont(face)
    set_contrast(app, contrast_name if contrast_name in TABLES else NORMAL_COLORS)
    words = app.findChild(QTranslator, "qt-words")
    if words is None:
        words = _QtWords(app)
        words.setObjectName("qt-words")
        app.installTranslator(words)
