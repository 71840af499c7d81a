"""The M-messages of the program: title, body and the verbs on the buttons."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.texts import tr


@dataclass(frozen=True, slots=True)
class Message:
    """A message for people; the last verb is the way out."""

    title: str
    body: str
    verbs: tuple[str, ...] = ()


_MESSAGES: Mapping[str, Message] = {
    "M01": Message("{time} 已自动保存", "关闭窗口不会丢失内容。"),
    "M03": Message(
        "这张单据还有 {count} 处错误",
        "有错误的单据可以保存，但不能送复核。先改{fields}。",
        ("转到第一处", "先保存"),
    ),
    "M04": Message("现在没有网络", "不影响填报。您可以继续工作，网络恢复后再同步。", ("继续工作",)),
    "M05": Message(
        "同步完成",
        "送出 {sent} 份（{total} 元），已接收 {accepted} 份，退回 {returned} 份。财政回执号 {receipt}。",
        ("查看退回", "关闭"),
    ),
    "M06": Message(
        "已停止同步",
        "已送达 {sent} 份，未送出 {left} 份，没有重复也没有丢失。下次同步会接着做。",
        ("继续同步", "关闭"),
    ),
    "M07": Message("网络中断，已保留进度", "无需重做，重新同步会接着送。", ("再试一次", "关闭")),
    "M14": Message("财政局退回了这份单据", "{by} {at}：{reason}{released}请更正后重报。", ("更正并重报", "查看原单")),
    "M15": Message(
        "已粘贴 {rows} 行×{columns} 列",
        "写入 {written} 格，跳过 {skipped} 格（只读）。Ctrl+Z 可全部撤销。",
        ("查看跳过的",),
    ),
    "M16": Message(
        "粘贴的数可能差了单位",
        "当前表按“{unit}”填，粘贴的数约为上年的 {times}，像是“{other}”。",
        ("换算后粘贴", "按原数粘贴", "取消"),
    ),
    "M17": Message(
        "银行账号已被 Excel 改坏",
        "第 {rows} 行的账号是科学计数或末尾变成 0，无法还原。请在 Excel 里把该列设为“文本”，从原始资料重新粘贴；"
        "也可以只导入其余 {left} 行。",
        ("只导入其余 {left} 行", "导出这 {count} 行"),
    ),
    "M18": Message(
        "超出可用额度",
        "指标可用 {available}，本单 {amount}，超 {over}。请减少金额、换指标，或先申请调剂。",
        ("填入可用额", "换指标", "返回"),
    ),
    "M20": Message("这张单据刚刚有更新", "{why}，您当前看到的是旧内容。您未保存的改动已保留。", ("查看更新", "稍后")),
    "M22": Message("审核通过", "共检查 {rules} 条规则，0 个错误，{warnings} 个提示。可以送复核。", ("送复核", "返回")),
    "M23": Message("审核发现 {count} 个错误", "双击可到出错的格。", ("下一处", "返回")),
    "M24": Message(
        "不能复核自己做的单据", "按岗位分离要求，经办与复核须为不同的人。请由 {other} 复核。", ("换人", "返回")
    ),
    "M25": Message("要撤回这 {count} {measure}单据吗？", "它们还没有送出，撤回后回到“草稿”，可继续修改。",
                   ("撤回 {count} {measure}", "不撤回")),
    "M26": Message("要删除“{title}”吗？", "草稿会移到回收站，30 天内可恢复。", ("删除", "不删除")),
    "M26-VOID": Message("要作废“{title}”吗？", "作废后不再送出，号码保留，随时可以查看。", ("作废", "不作废")),
    "M02": Message(
        "找回了未关闭的内容",
        "上次程序意外退出。{titles}最后保存于 {time}，内容完整。",
        ("打开", "以后再看"),
    ),
    "M28": Message(
        "磁盘空间不足，未能备份",
        "{folder} 仅剩 {free}，需要约 {needed}。为安全起见没有继续。",
        ("换备份位置", "清理旧备份", "打开磁盘"),
    ),
    "M27": Message(
        "正在为 {unit} 报送",
        "您刚从“{before}”切换过来，请核对单位。共 {count} 份，{word}合计 {total} 元。",
        ("确认报送", "返回"),
    ),
    "M29": Message(
        "数据文件正在另一处打开",
        "本机另一个窗口{user}正在使用该单位。为防止互相覆盖，只能查看。",
        ("只读打开", "切到那个窗口", "关闭"),
    ),
    "M30": Message(
        "程序出了点问题，您的数据安全",
        "内容已保存到 {time}。错误编号 {code}。可把日志发给运维（已隐去账号和姓名）。{place}",
        ("重新打开", "打包日志", "继续工作"),
    ),
}


def message(code: str, /, **places: object) -> Message:
    """Return a message with its places filled.

    Raises:
        KeyError: No such message, or a place is missing.
    """
    found = _MESSAGES[code]
    verbs = tuple(tr(verb, **places) for verb in found.verbs)
    return Message(tr(found.title, **places), tr(found.body, **places), verbs)


def templates() -> Mapping[str, Message]:
    """Return every message by its number, places unfilled; the manual lists them."""
    return dict(sorted(_MESSAGES.items()))
