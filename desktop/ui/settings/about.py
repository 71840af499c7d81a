"""会话锁定, 关于: how long the window stays open unattended; version and licences."""

from importlib.metadata import PackageNotFoundError, metadata

from PySide6.QtWidgets import QWidget

from desktop import __version__
from desktop.texts import tr
from desktop.ui.app.read_source import ReadSource
from desktop.ui.context import Context
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit import tokens
from desktop.ui.kit.panels import SectionTitle
from desktop.ui.kit.segmented import Segmented
from desktop.ui.kit.typography import px, row_px
from desktop.ui.settings.look import read_look
from desktop.ui.settings.section import Section
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.top_bar import LOCK_MINUTES

# Name of the package, and its licence as its own metadata or its repository states it.
LICENCES = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("SQLAlchemy", "MIT"),
    ("sqlcipher3", "zlib"),
    ("gmssl-pyx", "Apache-2.0"),
    ("cryptography", "Apache-2.0 / BSD-3"),
    ("msgspec", "BSD-3"),
    ("zstandard", "BSD-3"),
    ("requests", "Apache-2.0"),
    ("truststore", "MIT"),
    ("keyring", "MIT"),
    ("ofdkit", "Apache-2.0"),
    ("defusedxml", "PSF-2.0"),
    ("openpyxl", "MIT"),
    ("XlsxWriter", "BSD-2"),
    ("python-calamine", "MIT"),
    ("pypinyin", "MIT"),
    ("platformdirs", "MIT"),
)
_COLUMNS = (
    ColumnSpec("name", tr("组件"), width=160, stretch=1),
    ColumnSpec("version", tr("版本"), width=96),
    ColumnSpec("licence", tr("许可"), width=150),
)


class _Licences(ReadSource):
    def __init__(self) -> None:
        self._versions = [_version(name) for name, _ in LICENCES]

    def row_count(self) -> int:
        return len(LICENCES)

    def value(self, row: int, key: str) -> str:
        name, licence = LICENCES[row]
        return name if key == "name" else licence if key == "licence" else self._versions[row]


def _version(name: str) -> str:
    try:
        return metadata(name)["Version"]
    except PackageNotFoundError:
        return tr("没有安装")


class LockSection(Section):
    """After how long the window locks itself."""

    def __init__(self, context: Context, window: MainWindow, parent: QWidget | None = None) -> None:
        note = tr("离开座位时，窗口过一会儿自动遮住内容，回来输入签名口令再继续。没有做完的内容都在，不会丢。")
        super().__init__(tr("会话锁定"), note, parent)
        self._context = context
        words = [(str(m), tr("{m} 分钟", m=m) if m else tr("不锁定")) for m in LOCK_MINUTES]
        self.minutes = Segmented(words, tr("多久没有按键就锁定"))
        self.minutes.chosen.connect(lambda key: window.top_bar.lock_minutes_chosen.emit(int(key)))
        self.add_line(tr("多久没有按键"), self.minutes, tr("Ctrl+Alt+L 可以马上锁定。"))

    def refresh(self) -> None:
        """Show what is chosen."""
        self.minutes.set_key(str(read_look(self._context.notes).lock_minutes))


class AboutSection(Section):
    """Version, and the components with their licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("关于"), "", parent)
        self.add_pair(tr("程序"), tr("预算单位工作台 {version}", version=__version__))
        self.add_pair(tr("许可"), "Apache-2.0")
        self.add_pair(
            tr("界面组件"), tr("Qt 按 LGPL-3.0 使用，没有改动，以动态库方式随程序安装，可以自行替换成同版本的库。")
        )
        self.add_gap()
        self.add(SectionTitle(tr("用到的组件")))
        self.sheet = Sheet(SheetModel(_COLUMNS, _Licences()), lists=True)
        self.sheet.view.setAccessibleName(tr("用到的组件"))
        self.sheet.setFixedHeight(px(tokens.HEAD_ROW) + len(LICENCES) * row_px(tokens.ROW) + 2)
        self.add(self.sheet)
