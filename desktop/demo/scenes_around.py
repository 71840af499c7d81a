"""Scenes of what stands around the documents: frame, settings, help, import."""

from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.demo.material import pins
from desktop.ui.basics.page import BasicsPage
from desktop.ui.context import Context
from desktop.ui.help.page import HelpPage
from desktop.ui.importing.opening import open_wizard
from desktop.ui.importing.wizard import ImportWizard
from desktop.ui.shell.curtain import Curtain
from desktop.ui.tour.camera import Camera

SECTIONS = ("display", "print", "backup", "keys", "network", "unit", "rules", "lock", "logs", "about")
SHEET = (
    "收款人全称\t账号\t开户行\t金额\t用途\t经济分类\n"
    "甲旗蒙源印务有限公司\t150501668200090042\t建设银行甲旗支行\t12800\t印制宣传册\t30202\n"
    "甲旗天牧机械有限公司\t6.22848E+18\t农业银行甲旗支行\t48000\t割草机购置\t31003\n"
    "甲旗众诚物业服务有限公司\t051201018800090177\t信用联社新城分社\t六千元\t11月物业费\t30209\n"
)


def frame(camera: Camera) -> None:
    """Menu, search, keys, people, years, curtain."""
    hands = camera.hands
    hands.open("home", "")
    camera.take_popup("menu", lambda: hands.key("F10"))
    hands.key("Ctrl+K")
    hands.write("wxf")
    hands.until(hands.window.top_bar.search.popup.isVisible, "hits of the search")
    camera.take("search")
    hands.key("Esc")
    camera.take_question("keys", lambda: hands.key("Ctrl+/"))
    hands.key("Ctrl+Alt+L")
    camera.take("locked")
    curtain, context = hands.window.findChild(Curtain), hands.window.findChild(Context)
    assert curtain is not None and context is not None, "a window with a workspace can be locked"  # noqa: PT018
    curtain.pin.setText(pins()[context.seat().officer])
    curtain.unlock.click()
    hands.settle()


def settings(camera: Camera) -> None:
    """Every section of 设置与备份."""
    for key in SECTIONS:
        camera.hands.open("settings", key)
        camera.take(f"settings-{key}")


def help_pages(camera: Camera) -> None:
    """The manual, a node of the guide, a search."""
    hands = camera.hands
    hands.open("help", "payment/voucher")
    camera.take("help-manual")
    hands.open("help", "5.02.03")
    camera.take("help-guide")
    hands.open("help", "field:voucher/payee.account")
    camera.take("help-field")
    page = hands.page()
    assert isinstance(page, HelpPage), "the page of help is in front"
    hands.fill(hands.field("搜索帮助"), "fpdr", leave="Return")
    camera.take("help-search")


def basics(camera: Camera) -> None:
    """Code tables, the standards, a search over all of them, a code with what it goes with."""
    hands = camera.hands
    hands.open("basics", "FUNCTION/2130217")
    page = hands.page()
    assert isinstance(page, BasicsPage), "the reference tables are in front"
    beside = page.inspector.isVisible()
    camera.take("basics-functions")
    hands.open("basics", "DEPT_ECONOMIC/30211")
    if not beside:
        hands.key("F4")
    camera.take("basics-code")
    hands.open("basics", "EXPENDITURE_STANDARD/内蒙古")
    camera.take("basics-standards")
    if not beside:
        hands.key("F4")
    hands.open("basics", "ASSET_STANDARD")
    camera.take("basics-assets")
    hands.open("basics", "FUNCTION")
    hands.fill(hands.field("搜索基础资料"), "gwjd", leave="Down")
    camera.take("basics-search")
    hands.fill(hands.field("搜索基础资料"), "没有的词", leave="Down")
    camera.take("basics-no-hit")
    hands.fill(hands.field("搜索基础资料"), "", leave="Down")


def importing(camera: Camera) -> None:
    """The wizard, step by step, over a sheet with the usual damages."""
    hands = camera.hands
    hands.open("voucher", "")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "十一月付款.csv"
        file.write_text(SHEET.replace("\t", ","), encoding="utf-8-sig")
        context = hands.window.findChild(Context)
        assert context is not None, "the window has a workspace"
        wizard = open_wizard(hands.window, context, "vouchers")
        camera.take("import-file")
        wizard.open_first(str(file))
        camera.take("import-columns")
        _forward(camera, wizard)
        camera.take("import-check")
        _forward(camera, wizard)
        camera.take("import-effect")
    hands.key("Ctrl+W")


def _forward(camera: Camera, wizard: ImportWizard) -> None:
    wizard.forward.click()
    camera.hands.settle()
