"""Texts of what can go wrong with tables: reading a foreign file, writing one, importing and taking it back."""

from collections.abc import Mapping

from desktop.texts.fault_entry import FaultEntry

TABLE_FAULTS: Mapping[str, FaultEntry] = {
    "T-UNREADABLE": FaultEntry(
        "文件读不了", "{file} 打不开：{reason}。", "NOTHING", "请检查文件是否还在、是否被别的程序占用，再试一次。"
    ),
    "T-EMPTY": FaultEntry(
        "表是空的", "{file} 里没有任何内容。", "NOTHING", "请核对文件；如果刚编辑过，请在 Excel 里先保存再导入。"
    ),
    "T-TOO_LARGE": FaultEntry(
        "文件太大", "{file} 超过 {limit}，不像是一张表。", "NOTHING", "请删去图片和用不着的表，或分成几个文件。"
    ),
    "T-BOMB": FaultEntry(
        "表大得不正常",
        "{file} 的{what}超过 {limit}，没有读取。",
        "NOTHING",
        "请在 Excel 里把要导入的部分另存为一个新文件。",
    ),
    "T-TOO_MANY": FaultEntry(
        "行数太多",
        "{file} 的“{sheet}”有 {rows} 行内容，一次最多读 {limit} 行。",
        "NOTHING",
        "请分成几个文件，分别导入。",
    ),
    "T-PASSWORD": FaultEntry(
        "文件有打开密码", "{file} 加了密码，读不出来。", "NOTHING", "请在 Excel 里打开它，去掉密码另存一份再导入。"
    ),
    "T-DAMAGED": FaultEntry(
        "文件不完整",
        "{file} 没有写完或已损坏，读不出来。",
        "NOTHING",
        "请在 Excel 里打开检查后另存一份；打不开的，请向给您文件的人重新要一份。",
    ),
    "T-NOT_TABLE": FaultEntry(
        "不是表格文件",
        "{file} 其实是{kind}，不是 Excel 表格。",
        "NOTHING",
        "请换成 xlsx、xls、ods 或 csv 文件；也可以把表格复制后直接粘贴。",
    ),
    "T-DOCTYPE": FaultEntry(
        "文件含有危险声明",
        "{file} 里有外部声明（DOCTYPE），没有读取。",
        "NOTHING",
        "请在 Excel 里打开，另存一份再导入。",
    ),
    "T-ENCODING": FaultEntry(
        "文字编码认不出来",
        "{file} 里的文字不是通用编码，也不是国标编码。",
        "NOTHING",
        "请在 Excel 里打开，另存为 xlsx 再导入。",
    ),
    "X-IN_USE": FaultEntry(
        "文件正在被使用",
        "{file} 正在 Excel 或别的程序里打开着，没有写。",
        "NOTHING",
        "请关掉它再导出，或换一个文件名。",
    ),
    "X-NO_RIGHT": FaultEntry(
        "这里不能写文件", "没有往 {folder} 写文件的权限。", "NOTHING", "请换一个文件夹，比如“文档”或桌面。"
    ),
    "X-DISK_FULL": FaultEntry(
        "磁盘空间不足",
        "{folder} 所在的磁盘满了，{file} 没有写完，半个文件已删掉。",
        "NOTHING",
        "请清理磁盘，或换一个位置再导出。",
    ),
    "X-NO_FOLDER": FaultEntry("找不到文件夹", "{folder} 不在了。", "NOTHING", "请重新选一个位置；U盘请检查是否插好。"),
    "X-FAILED": FaultEntry(
        "没有导出", "{file} 没有写成（{reason}），半个文件已删掉。", "NOTHING", "请换一个位置再试一次。"
    ),
    "X-TOO_MANY": FaultEntry(
        "行数太多", "一共 {rows} 行，一张表最多导出 {limit} 行。", "NOTHING", "请先用筛选缩小范围，分几次导出。"
    ),
    "L-NO_SHEET": FaultEntry(
        "文件夹里没有表格",
        "{folder} 里没有指标库的表格。",
        "NOTHING",
        "请换成放着 xlsx 或 csv 表格的文件夹，或直接给出一个文件。",
    ),
    "I-NO_HEAD": FaultEntry(
        "没有找到表头", "{file} 的前 15 行里认不出表头。", "NOTHING", "请在第二步里自己选哪一行是表头。"
    ),
    "I-TOO_MANY": FaultEntry(
        "一次导入的行太多",
        "{file} 有 {rows} 行，“{target}”一次最多导入 {limit} 行。",
        "NOTHING",
        "请分成几个文件，分别导入。",
    ),
    "I-CHANGED": FaultEntry(
        "不能撤销这次导入", "导入以后，{what}。", "SAVED", "请在单据里逐项修改；其余内容不受影响。"
    ),
    "I-NO_BUDGET": FaultEntry(
        "还没有开始编预算", "{year} 年的部门预算还没有建立。", "NOTHING", "请先到“部门预算”按“开始编制”，再导入。"
    ),
    "I-NO_VOUCHER": FaultEntry(
        "这张单据还没有内容", "要导入明细的支付申请还没有保存过。", "NOTHING", "请先填上收款人或用途，再导入明细。"
    ),
    "I-GONE": FaultEntry("这次导入已经撤销", "它带来的内容已经撤掉了，不用再撤一次。", "SAVED", "需要时可以重新导入。"),
    "I-STALE": FaultEntry("数据刚刚变过", "核对以后，{what}。", "NOTHING", "请回到“核对影响”看一下新的结果，再导入。"),
}
