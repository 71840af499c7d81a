"""Why an edition of the library was not published, or did not arrive whole; the entries join the table of faults."""

from collections.abc import Mapping

from desktop.texts.fault_entry import FaultEntry

_SAFE = "NOTHING"
LIBRARY_FAULTS: Mapping[tuple[str, str], FaultEntry] = {
    ("FILE_DAMAGED", "CATALOGUE"): FaultEntry(
        "基础数据没有收全", "收到的基础数据不完整，或在路上变了，没有使用。", "ASIDE", "现有的数据都在，请再同步一次。"
    ),
    ("CONTENT_INVALID", "CATALOGUE"): FaultEntry(
        "基础数据没有收全", "收到的基础数据有写坏的地方，没有使用。", "ASIDE",
        "现有的数据都在，请再同步一次；还不行，请财政局重新下发。"
    ),
    ("SIGNATURE_INVALID", "CATALOGUE"): FaultEntry(
        "基础数据的签名不对", "收到的基础数据不是财政平台签发的，没有使用。", "ASIDE",
        "现有的数据都在。请告知财政局，换一个可靠的网络再同步。"
    ),
    ("LIBRARY_REFUSED", "KEY"): FaultEntry(
        "有一条没有编码", "第 {row} 条{dataset_word}没有编码。", _SAFE, "请补上编码，编码用过的不能再给别的指标用。"
    ),
    ("LIBRARY_REFUSED", "TWICE"): FaultEntry(
        "编码重复", "{dataset_word}“{key}”出现了两次。", _SAFE, "请删去一条，或换一个没有用过的编码。"
    ),
    ("LIBRARY_REFUSED", "PROFILE"): FaultEntry(
        "内容不能下发", "{dataset_word}“{key}”里有不能下发的内容（{what}）。", _SAFE,
        "请检查这一条里的特殊字符、小数和空值，小数要写成文字。"
    ),
    ("LIBRARY_REFUSED", "EDITION"): FaultEntry(
        "版本号写得不对", "{dataset_word}“{key}”的版本号是“{found}”。", _SAFE, "版本号写成 2026.2 这样的数字。"
    ),
    ("LIBRARY_REFUSED", "LOWER"): FaultEntry(
        "版本比已发布的旧", "{dataset_word}“{key}”是 {found} 版，已发布到 {have} 版，版本只升不降。", _SAFE,
        "请在最新的库上修改，并把改过的条目写成更高的版本。"
    ),
    ("LIBRARY_REFUSED", "NOT_NEWER"): FaultEntry(
        "改过的条目没有升版本", "{dataset_word}“{key}”新增或改过，版本却是 {found}，没有高于已发布的 {have} 版。",
        _SAFE,
        "请把每一条新增和改过的条目写成更高的版本。"
    ),
    ("LIBRARY_REFUSED", "GONE"): FaultEntry(
        "有条目不见了", "已发布的{dataset_word}有 {count} 条不在这次的文件里，第一条是“{key}”。", _SAFE,
        "停用的指标请保留这一行，填上最后年度和接替的指标；确实要移除时，发布命令里要写明允许移除。"
    ),
    ("LIBRARY_REFUSED", "SUCCESSOR"): FaultEntry(
        "接替的指标不存在", "“{key}”写的接替指标“{successor}”不在库里。", _SAFE,
        "请改成库里有的编码，或一起发布那条指标。"
    ),
    ("LIBRARY_REFUSED", "RING"): FaultEntry(
        "接替关系绕成了圈", "从“{key}”顺着接替关系又回到“{successor}”。", _SAFE,
        "请检查这几条的接替指标，让最后一条空着。"
    ),
    ("LIBRARY_REFUSED", "NOT_LIBRARY"): FaultEntry(
        "不是指标库的内容", "“{dataset}”不随指标库发布。", _SAFE, "指标库只发布指标、案例和核心指标表。"
    ),
}
