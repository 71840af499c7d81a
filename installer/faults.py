"""What can go wrong in the world during set-up, and the Chinese text for each."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "USAGE": (
        "用法：python3 installer/bootstrap.py 命令 [参数…]\n"
        "  demo    打开演示单位和演示财政平台\n"
        "  run     运行程序，参数原样传给 budgetdesk\n"
        "  test    运行全部测试，参数原样传给 pytest\n"
        "  setup   只准备运行环境，不启动程序"
    ),
    "PYTHON_32_BIT": (
        "当前的 Python 是 32 位的，界面组件只有 64 位版本。\n请安装 64 位 Python 3.11 或更高版本，再用它运行本命令。"
    ),
    "MACHINE_UNSUPPORTED": "部分组件目前只有 x86-64 处理器的版本，本机是 {machine}，无法运行。",
    "WINDOWS_TOO_OLD": "本程序需要 Windows 10 1809（内部版本 17763）或更高版本，当前内部版本是 {build}。",
    "SYSTEM_PACKAGES_MISSING": (
        "系统缺少程序需要的组件：{missing}。\n请先执行下面的命令（需要管理员权限），再运行一次本命令：\n  {command}"
    ),
    "SYSTEM_PACKAGES_UNKNOWN": (
        "系统缺少程序需要的组件：{missing}。\n请用本系统的软件管理工具安装它们，再运行一次本命令。"
    ),
    "SYSTEM_INSTALL_FAILED": (
        "安装系统组件没有成功。\n请检查网络和软件源后手工执行下面的命令，再运行一次本命令：\n"
        "  {command}\n最后的输出：\n{tail}"
    ),
    "FOREIGN_ENVIRONMENT": (
        "{folder} 已经存在，但不是可用的 Python 环境，也不是本程序建立的，所以没有动它。\n请改名或删除后再运行一次。"
    ),
    "ENVIRONMENT_IN_USE": (
        "无法重建运行环境 {folder}：里面的文件正在被使用。\n请关闭正在运行的本程序后再运行一次。（{reason}）"
    ),
    "ENVIRONMENT_FAILED": "建立 Python 环境没有成功。详细记录：{log}\n{tail}",
    "NO_NETWORK": (
        "下载组件没有成功：连接不到软件源。\n"
        "请检查网络、代理或 pip 镜像设置后再运行一次，已下载的部分不会重复下载。\n详细记录：{log}\n{tail}"
    ),
    "DISK_FULL": (
        "磁盘空间不足，准备运行环境约需 1.5 GB。\n请清理 {folder} 所在的磁盘（以及系统临时文件夹）后再运行一次。"
    ),
    "HASH_MISMATCH": (
        "下载的组件与清单中的校验值不符，为安全起见没有安装。\n"
        "可能是镜像源损坏或被改动，请更换镜像源后再运行一次。\n详细记录：{log}\n{tail}"
    ),
    "NO_MATCHING_COMPONENT": (
        "软件源中没有适合本机的组件（Python {python}，{machine}）。\n"
        "请使用 64 位的 Python 3.11 至 3.14，或更换完整的镜像源。\n详细记录：{log}\n{tail}"
    ),
    "INSTALL_FAILED": "安装组件没有成功。详细记录：{log}\n{tail}",
    "NO_PERMISSION": ("没有写入 {folder} 的权限。\n请把程序放到自己的文件夹中，或请管理员先运行一次 setup 命令。"),
    "FILE_TROUBLE": "读写文件时出错：{reason}。处理后再运行一次即可继续。",
}


class SetupFault(Exception):
    """The world failed: no net, a full disk, a package that only an administrator can install.

    Args:
        code: A key of ``TEXTS``.
        facts: What the text needs.
    """

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    @property
    def text(self) -> str:
        """What happened and what to do next, in Chinese."""
        return TEXTS[self.code].format(**self.facts).rstrip()
