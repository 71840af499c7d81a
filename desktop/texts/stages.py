"""The eight stages of 一键同步 in words: a title, a waiting line, and what each found."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from desktop.domain.money import format_yuan
from desktop.texts.faults import describe

# Stage -> (title, while waiting, while running, when done)
_STAGES: Mapping[str, tuple[str, str, str, str]] = {
    "PRECHECK": ("1 预检", "等待开始", "正在清点", "{count} 份 {total_text}{unsent_text}"),
    "BACKUP": ("2 备份", "同步前先备份", "正在备份", "已备份到 {folder}（{size_text}）"),
    "CONNECT": ("3 连接", "等待备份完成", "正在连接财政平台", "财政平台 · 身份通过 · {clock_text}"),
    "RECEIVE": ("4 领取", "等待连接", "正在领取回执和基础数据", "{receive_text}"),
    "RECHECK": ("5 复核", "等待领取", "正在按最新规则再审", "按新规则再审：{ready} 份通过{set_back_text}"),
    "SIGN": ("6 签名", "等待复核", "正在签名封包", "{sign_text}"),
    "SEND": ("7 送出", "等待签名", "正在送出", "{send_text}"),
    "RECEIPT": (
        "8 核对回执",
        "等待送出完成",
        "正在等财政平台审核",
        "已接收 {accepted} 份，退回 {returned} 份{undecided_text}",
    ),
}


def title(stage: str) -> str:
    """Return the stage's number and name."""
    return _STAGES[stage][0]


def sentence(stage: str, status: str, facts: Mapping[str, str]) -> str:
    """Return what a stage says of itself.

    Args:
        stage: ``PRECHECK`` … ``RECEIPT``.
        status: ``WAITING``, ``RUNNING``, ``DONE``, ``STOPPED`` or ``FAILED``.
        facts: As the run reported them.
    """
    _, waiting, running, done = _STAGES[stage]
    if status == "WAITING":
        return waiting
    if status == "RUNNING":
        return running
    if status == "DONE":
        return done.format_map(_spoken(facts))
    told = describe(facts.get("code", ""), facts)
    return f"{told.title}：{told.happened}"


def size(count: int) -> str:
    """Return a number of bytes for people: 38 MB, 512 KB."""
    if count >= 1 << 20:
        return f"{count / (1 << 20):.1f} MB"
    return f"{max(1, round(count / 1024))} KB"


def _spoken(facts: Mapping[str, str]) -> Mapping[str, str]:
    said = defaultdict(str, facts)
    clock = int(facts.get("clock", "0"))
    minutes = abs(clock) // 60
    said["clock_text"] = "时钟正确" if minutes < 10 else f"本机时间{'快' if clock > 0 else '慢'} {minutes} 分钟，请校准"
    if "total" in facts:
        said["total_text"] = format_yuan(Decimal(facts["total"]))
    said["size_text"] = size(int(facts.get("size", "0")))
    said["unsent_text"] = _more(facts, "unsent", " · 上次封好未送达 {} 批")
    said["set_back_text"] = _more(facts, "set_back", "，{} 份不再符合，已退回草稿")
    said["undecided_text"] = _more(facts, "undecided", "，{} 批还在审核")
    receipts, changed = facts.get("receipts", "0"), facts.get("changed", "0")
    parts = [_library(facts), f"回执 {receipts} 份" if receipts != "0" else ""]
    parts.append(f"基础数据更新 {changed} 条" if changed != "0" else "")
    said["receive_text"] = " · ".join(part for part in parts if part) or "已是最新，没有新的回执"
    said["sign_text"] = (
        f"签名 1 批（第 {facts.get('seq')} 批）" if facts.get("batches", "0") != "0" else "没有要送出的单据"
    )
    documents, batches = facts.get("documents", "0"), facts.get("batches", "0")
    said["send_text"] = f"送达 {documents} 份（{batches} 批）" if batches != "0" else "没有要送出的单据"
    return said


def _library(facts: Mapping[str, str]) -> str:
    counted = (("新增", "library_added"), ("修改", "library_modified"), ("停用", "library_withdrawn"))
    parts = [f"{word} {facts[name]}" for word, name in counted if facts.get(name, "0") != "0"]
    return f"指标库 {facts.get('library', '')} 版（{'、'.join(parts)}）" if parts else ""


def _more(facts: Mapping[str, str], name: str, text: str) -> str:
    value = facts.get(name, "0")
    return text.format(value) if value != "0" else ""
