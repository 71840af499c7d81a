"""The manual's page of shortcuts, made of the frame's own list of keys."""

from desktop.texts import tr
from desktop.ui.shell.keys import GROUP_WORDS, KEYS, Group

TOPIC = "keys/all"


def key_page() -> str:
    """Return the page in the manual's Markdown."""
    intro = tr("所有快捷键，按菜单分组。按 `Ctrl+/` 可以随时看，也能打印成一张纸贴在屏幕旁边。")
    lines = [f"# {tr('快捷键')}", "", intro, ""]
    for group in Group:
        rows = [entry for entry in KEYS if entry.group is group and entry.keys]
        if rows:
            lines += [f"## {GROUP_WORDS[group]}", "", f"| {tr('做什么')} | {tr('按键')} |", "| --- | --- |"]
            lines += [f"| {one.words} | {'　'.join(f'`{keys}`' for keys in one.sequences)} |" for one in rows]
            lines.append("")
    return "\n".join(lines)
