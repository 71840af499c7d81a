"""The calibration page in words: how to read a printer's offset off it."""

from desktop.domain.printed.calibration import CORNER, calibration_page
from desktop.domain.printed.marks import Page, PageSetup
from desktop.texts import tr


def calibration_pages(setup: PageSetup) -> tuple[Page, ...]:
    """Return the page for a paper."""
    steps = (
        tr("1. 四个角各有一个十字，中心离纸边正好 {mm} 毫米。", mm=round(CORNER)),
        tr("2. 用直尺量左上角十字的竖线到纸左边的距离。"),
        tr("   量得 19 毫米，说明偏左 1 毫米，右移填 10（单位 0.1 毫米）；量得 21 毫米，右移填 -10。"),
        tr("3. 再量横线到纸上边的距离：偏上时下移填正数，偏下时填负数。"),
        tr("4. 到“设置与备份 → 打印”填好这台打印机的数，再打一张校准页，应当正好 {mm} 毫米。", mm=round(CORNER)),
    )
    return (calibration_page(setup, tr("打印校准页"), steps),)
