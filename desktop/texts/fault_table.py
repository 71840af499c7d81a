"""The table behind `desktop.texts.faults`: one entry a code, some codes by reason."""

from collections.abc import Mapping

from desktop.texts.fault_entry import FaultEntry
from desktop.texts.library_faults import LIBRARY_FAULTS
from desktop.texts.table_faults import TABLE_FAULTS

SAFE: Mapping[str, str] = {
    "NOTHING": "没有改动任何内容。",
    "SAVED": "您已录入的内容都已保存。",
    "SEALED": "已封好的批次原样保留，没有重复也没有丢失。",
    "ASIDE": "这份文件已单独放到一边，没有改动任何单据。",
    "": "",
}

HAPPENED: Mapping[str, FaultEntry] = {
    **TABLE_FAULTS,
    # people and keys
    "PIN_WRONG": FaultEntry("口令不对", "签名口令输入不正确，还可以试 {left} 次。", "NOTHING", "请核对后重新输入。"),
    "PIN_LOCKED": FaultEntry(
        "口令已锁定", "口令连续输错 5 次，这把签名密钥已锁定。", "NOTHING", "请联系财政局重新登记签名密钥。"
    ),
    "PIN_TOO_SHORT": FaultEntry("口令太短", "签名口令至少 6 位。", "NOTHING", "请换一个更长的口令。"),
    "PASSWORD_WRONG": FaultEntry("密码不对", "打开密钥文件的密码不正确。", "NOTHING", "请核对后重新输入。"),
    "PASSWORD_NEEDED": FaultEntry(
        "要先输入口令", "这个单位的密钥文件有口令，在总览里打不开。", "NOTHING", "请换到该单位，输入口令后再看。"
    ),
    "KEY_NOT_AT_HAND": FaultEntry(
        "本机没有所需密钥",
        "这台电脑上没有打开它所需的密钥。",
        "NOTHING",
        "如果是从别的电脑拷来的，请用恢复码打开；签名密钥请在原来的电脑上使用或重新登记。",
    ),
    "KEY_NOT_REGISTERED": FaultEntry(
        "财政端登记的是另一把密钥",
        "本机的密钥能签名，但与财政平台登记的不同。",
        "NOTHING",
        "请联系财政局重新登记本人密钥。",
    ),
    "KEY_EXISTS": FaultEntry("密钥已存在", "同名的密钥文件已经有了。", "NOTHING", "不能覆盖旧密钥，请先核对。"),
    "KEY_MALFORMED": FaultEntry("密钥格式不对", "密钥内容不符合格式。", "NOTHING", "请重新取得密钥。"),
    "SECRET_STORE_FAILED": FaultEntry(
        "系统密钥库打不开", "操作系统的密钥库没有响应。", "NOTHING", "请重新登录系统后再试。"
    ),
    "KEY_UNKNOWN": FaultEntry(
        "财政端不认识本机", "财政平台没有登记这台电脑的密钥。", "SAVED", "请联系财政局登记后再同步。"
    ),
    "KEY_REVOKED": FaultEntry("本机密钥已停用", "财政平台已停用这台电脑的密钥。", "SAVED", "请联系财政局重新登记。"),
    # files and disk
    "FILE_DAMAGED": FaultEntry(
        "文件已损坏", "文件 {what} 不完整或内容变了，没有再往下读。", "NOTHING", "请重新取得这个文件。"
    ),
    "FILE_MISSING": FaultEntry("找不到文件", "原件 {sm3} 不在工作区里。", "NOTHING", "请从备份恢复，或重新导入原件。"),
    "FILE_NOT_OURS": FaultEntry("不是本系统的文件", "这个文件不是 .bsp 交换文件。", "NOTHING", "请核对文件后再试。"),
    "SIGNATURE_INVALID": FaultEntry(
        "签名不正确", "签名与内容不符，或不是财政平台签发的。", "NOTHING", "请向财政局重新索取，不要使用这个文件。"
    ),
    "WRONG_RECIPIENT": FaultEntry(
        "不是给本机的文件", "文件是加密给别人的，本机打不开。", "NOTHING", "请核对文件来源。"
    ),
    "FORMAT_TOO_NEW": FaultEntry(
        "程序版本太旧", "文件是更新版本的程序做的（{found}）。", "NOTHING", "请先升级本程序，再打开它。"
    ),
    "FORMAT_TOO_OLD": FaultEntry("格式太旧", "财政平台不再接收这种旧格式。", "SEALED", "请先升级本程序。"),
    "TOO_LARGE": FaultEntry("文件太大", "超过了允许的大小（{limit}）。", "NOTHING", "请核对文件，或分开处理。"),
    "CONTENT_INVALID": FaultEntry("内容不符合格式", "文件内容不符合规定的格式。", "NOTHING", "请重新取得这个文件。"),
    "TARGET_EXISTS": FaultEntry("文件已存在", "要写的文件已经有了。", "NOTHING", "请换一个位置。"),
    "PDF_NOT_WRITTEN": FaultEntry(
        "PDF 没有存成", "“{file}”写不进去：可能正被别的程序打开，或者磁盘满了、不能写。", "NOTHING",
        "请关掉打开它的程序，或换一个文件名、换一个磁盘再存。",
    ),
    "PRINTER_NOT_READY": FaultEntry(
        "打印机没有准备好", "打印机“{printer}”没有接收。", "NOTHING",
        "请检查电源、连线和纸张，或换一台打印机；也可以先存为 PDF。",
    ),
    "DISK_FULL": FaultEntry(
        "磁盘空间不足", "{folder} 所在的磁盘满了，没有写完。", "NOTHING", "请清理磁盘后再试，原来的内容都在。"
    ),
    "DISK_FAILED": FaultEntry(
        "磁盘读写出错", "磁盘没有正常读写（{reason}）。", "NOTHING", "请检查磁盘和U盘连接，尽快做一次备份。"
    ),
    "DISK_MISSING": FaultEntry(
        "第二备份盘没有接好", "找不到 {folder}，可能U盘或移动硬盘没有插上。", "SAVED", "插好后再做一次备份即可。"
    ),
    "LAST_BACKUP": FaultEntry(
        "这是最新的备份", "最新的一个完好备份不能删除。", "NOTHING", "请先再做一次备份，然后才能删除它。"
    ),
    "WRITER_KEY_LOST": FaultEntry(
        "本机的封包密钥不见了",
        "这个工作区已经激活，但密钥文件夹里找不到本机的封包密钥。",
        "SAVED",
        "请从备份恢复；没有备份时请联系财政局重新登记本机，不要自己新建。",
    ),
    # workspace
    "WORKSPACE_MISSING": FaultEntry("没有工作区", "{folder} 里没有工作区。", "NOTHING", "请选对文件夹。"),
    "WORKSPACE_EXISTS": FaultEntry("文件夹不是空的", "{folder} 里已有内容。", "NOTHING", "请换一个空文件夹。"),
    "WORKSPACE_WRONG_KEY": FaultEntry(
        "密钥打不开数据", "本机保存的密钥打不开这个工作区。", "NOTHING", "请用打印的恢复码打开。"
    ),
    "WORKSPACE_COPIED": FaultEntry(
        "数据文件不是这里的", "数据文件属于另一个工作区。", "NOTHING", "请把它放回原来的文件夹，或从备份恢复。"
    ),
    "WORKSPACE_TOO_NEW": FaultEntry(
        "数据由新版本保存", "这个工作区由更新版本的程序保存过。", "NOTHING", "请先升级本程序再打开。"
    ),
    "WORKSPACE_DAMAGED": FaultEntry(
        "数据文件有损坏", "数据文件有一部分读不出来，只能查看。", "NOTHING", "请选择最近的备份恢复。"
    ),
    "WORKSPACE_LOCKED": FaultEntry(
        "数据正在另一处打开", "另一个窗口正在使用这个单位的数据。", "NOTHING", "请到那个窗口继续，或先把它关闭。"
    ),
    "WORKSPACE_UNWRITABLE": FaultEntry(
        "这个位置不能写入", "{folder} 所在的磁盘有写保护，或没有写的权限。", "NOTHING", "可以只读打开，只能查看。"
    ),
    "WORKSPACE_READONLY": FaultEntry("现在只能查看", "工作区是以只读方式打开的。", "NOTHING", "请以正常方式重新打开。"),
    "MIRROR_MISSING": FaultEntry(
        "还没有领取基础数据", "本单位的基础数据还没有从财政平台领取。", "NOTHING", "请先同步一次。"
    ),
    "MIRROR_OLDER": FaultEntry("比现有数据旧", "收到的数据比现有的旧。", "NOTHING", "无需处理；再次出现请告知财政局。"),
    "STREAM_MISSING": FaultEntry(
        "还没有激活", "这个工作区还没有导入激活文件。", "NOTHING", "请导入财政局发的激活文件。"
    ),
    "TRUST_MISSING": FaultEntry(
        "还没有激活", "这个工作区还没有导入激活文件。", "NOTHING", "请导入财政局发的激活文件。"
    ),
    "LEDGER_OVERDRAWN": FaultEntry(
        "超出可用额度", "这一步会使指标可用额度变成负数。", "NOTHING", "请减少金额，或换一个指标。"
    ),
    "LEDGER_CAUSE": FaultEntry(
        "指标账记录有冲突",
        "同一笔业务已经记过账，但金额不同（{amount}）。",
        "NOTHING",
        "请不要再试，把这个情况告诉运维。",
    ),
    "LEDGER_ENTRY": FaultEntry("指标账分录不对", "要记的分录没有金额或借贷同户。", "NOTHING", "请告诉运维。"),
    "MIRROR_INVALID": FaultEntry(
        "基础数据有读不懂的内容",
        "收到的{dataset_word}里有一条读不懂（{key}），可能要更新版本的程序才认识。",
        "ASIDE",
        "现有的数据都在，可以照常填报。请先升级本程序再同步；还不行，请财政局重新下发。",
    ),
    "RECOVERY_CODE_MISTYPED": FaultEntry(
        "恢复码输入有误", "恢复码有一组或几组写错了（第 {groups} 组）。", "NOTHING", "请对照打印的恢复码逐组核对。"
    ),
    "RECOVERY_CODE_WRONG": FaultEntry(
        "恢复码不是这里的", "恢复码写法正确，但打不开这个工作区。", "NOTHING", "请核对是不是本单位的恢复码。"
    ),
    "RECOVERY_MISSING": FaultEntry(
        "没有恢复文件", "{folder} 里没有恢复文件，恢复码用不上。", "NOTHING", "请从备份恢复整个文件夹。"
    ),
    # the link and the platform
    "NO_LINK": FaultEntry(
        "连不上财政平台", "财政平台没有回应。", "SAVED", "不影响填报；网络恢复后再同步，会从断开的地方接着做。"
    ),
    "BUSY": FaultEntry(
        "财政平台正忙", "财政平台现在人多，请它稍等的回答是 {seconds} 秒。", "SEALED", "请过一会儿再同步。"
    ),
    "STOPPED": FaultEntry("已停止同步", "按您的要求停下了。", "SEALED", "下次同步会接着做。"),
    "PROGRAM_TOO_OLD": FaultEntry(
        "程序版本太旧", "财政平台要求 {needed} 以上的版本，现在是 {found}。", "SEALED", "请先升级，升级后会原样再送。"
    ),
    "PLATFORM_TOO_OLD": FaultEntry("财政平台版本太旧", "财政平台还不支持本程序。", "SEALED", "请联系财政局。"),
    "WRONG_AUDIENCE": FaultEntry(
        "不是本单位的平台", "回应的平台不是激活时登记的那一个。", "SEALED", "请联系财政局核对。"
    ),
    "ANSWER_INVALID": FaultEntry(
        "平台回答看不懂", "财政平台的回答不符合约定。", "SEALED", "请再试一次；还不行请联系财政局。"
    ),
    "TIP_UNKNOWN": FaultEntry(
        "两边的批次对不上",
        "财政平台收到的最后一批（第 {theirs} 批）不在本机记录里，可能恢复过旧备份，或另一台电脑用了同一编号。",
        "SEALED",
        "先不要再送，请联系财政局核对后恢复。",
    ),
    "CHUNK_DAMAGED": FaultEntry("传输中有一段损坏", "送出的一段在路上变了。", "SEALED", "请再同步一次，会重新送出。"),
    "OFFSET_WRONG": FaultEntry("传输位置对不上", "平台收到的长度与本机不同。", "SEALED", "请再同步一次，会重新送出。"),
    "UPLOAD_INCOMPLETE": FaultEntry("没有送完", "平台收到的批次还不完整。", "SEALED", "请再同步一次，会重新送出。"),
    "NONCE_UNKNOWN": FaultEntry("登录已过时", "登录平台用时太久。", "SEALED", "请再同步一次。"),
    "SESSION_UNKNOWN": FaultEntry("与平台的会话已结束", "平台不再认识这次登录。", "SEALED", "请再同步一次。"),
    "REQUEST_INVALID": FaultEntry(
        "平台没有接受请求", "请求不符合约定。", "SEALED", "请先升级本程序；还不行请联系财政局。"
    ),
    "PROTOCOL_UNKNOWN": FaultEntry(
        "与平台的约定不一致", "财政平台不认识本程序用的传输约定。", "SEALED", "请先升级本程序；还不行请联系财政局。"
    ),
    "PLATFORM_FAILED": FaultEntry(
        "财政平台出了错", "财政平台自己出了错，没有做完。", "SEALED", "请过一会儿再同步；还不行请联系财政局。"
    ),
    "NOT_FOUND": FaultEntry(
        "平台上没有这一项", "要取的内容不在财政平台上。", "SAVED", "请再同步一次；还不行请联系财政局。"
    ),
    "STREAM_NOT_YOURS": FaultEntry(
        "编号不是本机的", "这一批的编号没有登记给本机的密钥。", "SEALED", "请联系财政局核对登记。"
    ),
    "FORK": FaultEntry(
        "另一台电脑用了本编号", "同一位置已有另一批。", "SEALED", "请停用其中一台，并联系财政局重新登记。"
    ),
    "STALE_EPOCH": FaultEntry("批次属于旧编号", "这一批属于已经结束的编号段。", "SEALED", "请联系财政局恢复。"),
    "BAD_PREV": FaultEntry("批次接不上", "这一批与上一批接不上。", "SEALED", "请联系财政局核对后恢复。"),
    "ID_REUSED": FaultEntry("批次号重复", "同一批次号下已有不同内容。", "SEALED", "请联系运维，不要重复制作。"),
    "NOT_FOR_US": FaultEntry(
        "不是本单位的文件", "文件属于 {found}，当前单位是 {have}。", "NOTHING", "请换文件或换单位。"
    ),
    # the rehearsal and the reference platform on this PC
    "REHEARSAL_NOT_HERE": FaultEntry(
        "这里不能放演练", "{folder} 里已有不是演练建立的单位数据。", "NOTHING", "请换一个空文件夹做演练。"
    ),
    "DATABASE_UNUSABLE": FaultEntry(
        "平台数据库打不开",
        "平台的数据库打不开，或者不是数据库。",
        "NOTHING",
        "请核对数据库地址和驱动，再重新启动平台。",
    ),
    "PORT_TAKEN": FaultEntry(
        "平台端口用不了", "{address} 用不了，可能已有程序在用。", "NOTHING", "请换一个端口，或先停掉那个程序。"
    ),
    # receipts and catalogues
    "RECEIPT_NOT_OURS": FaultEntry("不是本单位的回执", "回执属于别的单位或别的批次。", "ASIDE", "请向财政局重新索取。"),
    "RECEIPT_OLD": FaultEntry("这个回执已处理过", "第 {found} 号回执以前已经登记。", "NOTHING", "无需处理。"),
    "RECEIPT_GAP": FaultEntry(
        "缺少前面的回执", "应是第 {expected} 号，收到第 {found} 号。", "ASIDE", "请先取得缺少的回执。"
    ),
    "RECEIPT_CHAIN": FaultEntry("回执前后接不上", "第 {receipt} 号回执与上一号接不上。", "ASIDE", "请联系财政局。"),
    "RECEIPT_DIGEST": FaultEntry("回执与批次不符", "回执上的摘要与本机送出的不同。", "ASIDE", "请联系财政局核对。"),
    "RECEIPT_TWICE": FaultEntry("同一批有两个回执", "这一批已经有过结果。", "ASIDE", "请联系财政局核对。"),
    "RECEIPT_STAGE": FaultEntry("回执次序不对", "还没有送达就有了审核结果。", "ASIDE", "请联系财政局核对。"),
    "RECEIPT_DOCUMENTS": FaultEntry(
        "回执的单据对不上", "回执里的单据与送出的不一致（{key}）。", "ASIDE", "请联系财政局核对。"
    ),
    "RECEIPT_TOTALS": FaultEntry(
        "回执的合计对不上", "回执合计 {found}，应为 {expected}。", "ASIDE", "请联系财政局核对。"
    ),
    "RECEIPT_TIP": FaultEntry("回执的批次位置不对", "回执指出的最后一批不对。", "ASIDE", "请联系财政局核对。"),
    "HEAD_ROLLBACK": FaultEntry(
        "比现有数据旧", "收到的目录是第 {found} 版，现有第 {have} 版。", "NOTHING",
        "现有的更新，照常使用即可。再次出现，请告知财政局。",
    ),
    "ROOT_ROLLBACK": FaultEntry("信任根版本不对", "收到第 {found} 版，现有第 {have} 版。", "NOTHING", "请联系财政局。"),
    "ROOT_OTHER_PLATFORM": FaultEntry("不是本单位的平台", "信任根属于 {found}。", "NOTHING", "请联系财政局。"),
    "CATALOGUE_ROLLBACK": FaultEntry(
        "比现有数据旧", "收到的基础数据是第 {found} 版，现有第 {have} 版。", "NOTHING",
        "现有的更新，照常使用即可。再次出现，请告知财政局。",
    ),
    "CATALOGUE_CHANGED": FaultEntry("同一版数据内容不同", "第 {found} 版的内容变了。", "NOTHING", "请联系财政局核对。"),
    "CATALOGUE_NOT_IN_HEAD": FaultEntry("基础数据未被签发", "目录里没有这一版数据。", "ASIDE", "请再同步一次。"),
    "CATALOGUE_STATE": FaultEntry(
        "基础数据不完整", "收到的{dataset_word}与签发的摘要不符。", "ASIDE", "现有的数据都在，请再同步一次。"
    ),
    # e-vouchers
    "E-TOO_LARGE": FaultEntry("发票文件太大", "{file} 超过 20 MB，不像是发票。", "NOTHING", "请核对文件。"),
    "E-BOMB": FaultEntry("压缩包不安全", "{file} 解开后大得不正常，没有打开。", "NOTHING", "请向开票方重新索取。"),
    "E-DOCTYPE": FaultEntry(
        "文件含有危险声明", "{file} 里有外部声明（DOCTYPE），没有读取。", "NOTHING", "请向开票方重新索取。"
    ),
    "E-XML_LIMIT": FaultEntry("文件结构异常", "{file} 的结构太深或太长，没有读取。", "NOTHING", "请向开票方重新索取。"),
    "E-PATH": FaultEntry(
        "压缩包路径不安全", "{file} 里的路径指向文件外面，没有打开。", "NOTHING", "请向开票方重新索取。"
    ),
    "E-DAMAGED": FaultEntry("发票文件已损坏", "{file} 不完整，读不出来。", "NOTHING", "请重新下载或向开票方索取。"),
    "E-EMPTY": FaultEntry("文件是空的", "{file} 没有内容。", "NOTHING", "请重新下载。"),
    "E-ENCRYPTED": FaultEntry("文件有密码", "{file} 加了密码，读不出来。", "NOTHING", "请取得没有密码的原件。"),
    "E-UNREADABLE": FaultEntry("文件读不了", "{file} 打不开。", "NOTHING", "请检查文件是否还在、是否被占用。"),
    "E-NOT_INVOICE": FaultEntry("不是电子发票", "{file} 里没有找到发票号码、日期和金额。", "NOTHING", "请核对文件。"),
    "E-UNSUPPORTED": FaultEntry(
        "暂不支持的文件", "{file} 不是 OFD 或 XML 电子发票。", "NOTHING", "请换成 OFD 或 XML 原件。"
    ),
    "E-CONFLICT": FaultEntry(
        "同号发票内容不同",
        "号码 {number} 以前导入过，金额 {total}；这份是 {found}。",
        "NOTHING",
        "两份都不能用，请向开票方核实。",
    ),
}

REASONS: Mapping[tuple[str, str], FaultEntry] = {
    **LIBRARY_FAULTS,
    ("DISK_MISSING", "FIRST"): FaultEntry(
        "备份位置不在了", "找不到 {folder}，可能移动硬盘没有插上。", "SAVED", "请插好磁盘，或在设置里换一个备份位置。"
    ),
    ("DISK_FULL", "BACKUP"): FaultEntry(
        "磁盘空间不足，未能备份",
        "{folder} 所在的磁盘仅剩 {free}，需要约 {needed}。为安全起见没有继续。",
        "SAVED",
        "请换备份位置，或清理旧备份、清理磁盘后再试。",
    ),
    ("DISK_FAILED", "Permission denied"): FaultEntry(
        "没有读写权限", "系统不允许读写 {path}。", "NOTHING", "请换一个文件夹，或请管理员放开权限。"
    ),
    ("DISK_FAILED", "Not a directory"): FaultEntry(
        "不是文件夹", "{path} 的上一级不是文件夹。", "NOTHING", "请换一个文件夹。"
    ),
    ("DISK_FAILED", "Read-only file system"): FaultEntry(
        "磁盘是只读的", "{path} 所在的磁盘不能写入。", "NOTHING", "请换一个磁盘，或去掉写保护后再试。"
    ),
    ("NO_LINK", "REFUSED"): FaultEntry(
        "连不上财政平台", "财政平台没有开，或地址不通。", "SAVED", "不影响填报；请检查网线，过一会儿再同步。"
    ),
    ("NO_LINK", "TIMEOUT"): FaultEntry(
        "网络太慢，没有回应", "等了很久没有收到财政平台的回应。", "SEALED", "请过一会儿再同步，会接着做。"
    ),
    ("NO_LINK", "BROKEN"): FaultEntry(
        "网络中途断开", "与财政平台的连接中途断了。", "SEALED", "请过一会儿再同步，会接着做。"
    ),
    ("NO_LINK", "CAPTIVE"): FaultEntry(
        "网络要先登录",
        "回应的不是财政平台，可能是上网登录页。",
        "SAVED",
        "请先打开浏览器登录网络，再同步。",
    ),
    ("NO_LINK", "TLS"): FaultEntry(
        "安全连接没有建立", "对方的证书不可信，没有发送任何内容。", "SAVED", "请联系财政局或网络管理员。"
    ),
}
