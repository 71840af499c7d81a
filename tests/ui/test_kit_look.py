"""Colours, type, icons and the style sheet."""

import re
from collections.abc import Iterator
from importlib import resources as shipped

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QLabel, QWidget

import resources
from desktop.ui.kit import tokens, typography
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import icon, pixmap
from desktop.ui.kit.inputs import LineInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.pills import PILLS, Pill
from desktop.ui.kit.theme import palette, set_contrast, style_sheet, system_table

NAMES = sorted(entry.name.removesuffix(".svg") for entry in shipped.files("resources").joinpath("icons").iterdir()
               if entry.name.endswith(".svg"))


@pytest.mark.parametrize(("text", "under", "least"), tokens.PAIRS)
def test_every_text_keeps_its_contrast(text: str, under: str, least: float) -> None:
    assert tokens.contrast(tokens.COLORS[text], tokens.COLORS[under]) >= least


@pytest.mark.parametrize("name", [tokens.LIGHT_CONTRAST, tokens.DARK_CONTRAST])
@pytest.mark.parametrize(("text", "under", "least"), tokens.PAIRS)
def test_high_contrast_keeps_more_than_the_standard_asks(name: str, text: str, under: str, least: float) -> None:
    table = tokens.TABLES[name]
    assert tokens.contrast(table[text], table[under]) >= (4.5 if text == "ctl" else 7.0)


@pytest.mark.parametrize(("base", "text"), [("#000000", "#FFFF00"), ("#FFFFFF", "#37006E"), ("#202020", "#DEDEDE")])
def test_the_colours_of_the_system_stay_readable(base: str, text: str, qapp: QApplication) -> None:
    system = QPalette()
    for role, value in ((QPalette.ColorRole.Base, base), (QPalette.ColorRole.Text, text)):
        system.setColor(role, QColor(value))
    table = system_table(system)
    assert (table["base"], table["text"], table["ctl"]) == (base, text, text)
    bad = [(one, under) for one, under, least in tokens.PAIRS if tokens.contrast(table[one], table[under]) < 4.5]
    assert [pair for pair in bad if "white" not in pair] == []


@pytest.mark.parametrize("name", tokens.TABLES)
def test_every_pill_is_readable_in_every_table(name: str) -> None:
    table = tokens.TABLES[name]
    assert not [one for one in PILLS.values() if tokens.contrast(table[one.text], table[one.fill]) < 4.5]


def test_a_table_without_every_token_is_refused() -> None:
    with pytest.raises(ValueError, match="navover"):
        tokens.use_colors({key: value for key, value in tokens.COLORS.items() if key != "navover"})


@pytest.fixture
def dark(qapp: QApplication) -> Iterator[None]:
    """Show white on black, and our own colours again afterwards."""
    set_contrast(qapp, tokens.DARK_CONTRAST)
    yield
    set_contrast(qapp, tokens.NORMAL_COLORS)


def ink(widget: QWidget) -> set[str]:
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def test_widgets_that_are_there_take_other_colours_at_once(qapp: QApplication, qtbot) -> None:
    page = QWidget()
    row = QHBoxLayout(page)
    parts = [Label("合计"), Button("审核", icon="check"), LineInput("名称", icon_name="search"), Pill("draft")]
    for part in parts:
        row.addWidget(part)
    qtbot.addWidget(page)
    page.show()
    before = ink(page)
    set_contrast(qapp, tokens.DARK_CONTRAST)
    dark = ink(page)
    set_contrast(qapp, tokens.NORMAL_COLORS)
    assert tokens.TABLES[tokens.NORMAL_COLORS]["text"].lower() in before
    assert "#ffffff" in dark
    assert "#000000" in dark
    assert parts[0].palette().color(parts[0].foregroundRole()).name() == tokens.COLORS["text"].lower()
    assert ink(page) == before


def test_high_contrast_leaves_frames_and_marks_of_fields(dark: None, qtbot) -> None:
    field = LineInput("12x")
    qtbot.addWidget(field)
    field.set_error("看不懂")
    field.show()
    assert tokens.TABLES[tokens.DARK_CONTRAST]["err"].lower() in ink(field)


def test_every_pill_keeps_its_contrast_and_has_an_icon_and_a_word() -> None:
    for look in PILLS.values():
        assert tokens.contrast(tokens.COLORS[look.text], tokens.COLORS[look.fill]) >= 4.5
        assert look.icon in NAMES
        assert look.word


def test_contrast_is_that_of_the_standard() -> None:
    assert tokens.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert tokens.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_style_sheet_names_only_known_tokens_and_writes_no_colour() -> None:
    assert "{base}" not in style_sheet()
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", resources.read_text("style", "base.qss"))


def test_placeholders_keep_their_colour_from_the_palette() -> None:
    assert palette().placeholderText().color().name() == tokens.COLORS["dis"].lower()


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_follows_the_grid_and_draws_something(name: str, qapp: QApplication) -> None:
    text = resources.read_text("icons", f"{name}.svg")
    assert 'viewBox="0 0 20 20"' in text
    assert 'stroke-width="1.5"' in text
    assert 'stroke-linecap="round"' in text
    assert not re.search(r"#[0-9A-Fa-f]{3,8}", text)
    picture = pixmap(name, "text", 20).toImage()
    inked = sum(picture.pixelColor(x, y).alpha() > 40 for x in range(20) for y in range(20))
    assert inked >= 3
    edge = [(at, side) for at in range(20) for side in (0, 19)]
    assert not any(picture.pixelColor(x, y).alpha() > 128 or picture.pixelColor(y, x).alpha() > 128 for x, y in edge)


def test_icons_are_sharp_on_dense_screens(qapp: QApplication) -> None:
    assert pixmap("home", "text", 16, 2.0).width() == 32
    assert icon("home").actualSize(icon("home").availableSizes()[0]).width() >= 16


def test_a_missing_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon")


def test_digits_are_equally_wide_in_regular_and_bold(qapp: QApplication) -> None:
    for bold in (False, True):
        assert typography.digits_are_even(typography.font("body", bold=bold))


def test_the_type_family_has_chinese(qapp: QApplication) -> None:
    assert QFontInfo(typography.font("body")).family() in tokens.FAMILIES
    assert QFontMetricsF(typography.font("body")).inFont("国")


def test_no_type_is_smaller_than_nine_points(qapp: QApplication) -> None:
    typography.set_base_size(9)
    assert all(typography.font(role).pointSizeF() >= tokens.CAPTION_LEAST for role in typography.ROLES)


def test_larger_type_reaches_widgets_that_are_already_there(qapp: QApplication, qtbot) -> None:
    plain = QLabel("合计")
    qtbot.addWidget(plain)
    plain.show()
    typography.set_base_size(13)
    assert plain.fontInfo().pointSizeF() == pytest.approx(13, abs=0.6)


def test_the_program_is_light_and_drawn_by_fusion(qapp: QApplication) -> None:
    assert qapp.style().objectName().lower() in ("fusion", "") or qapp.styleSheet()
    assert qapp.styleHints().colorScheme() in (Qt.ColorScheme.Light, Qt.ColorScheme.Unknown)


def test_dialogs_of_qt_speak_chinese(qapp: QApplication) -> None:
    assert QApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QApplication.translate("QPlatformTheme", "&Yes") == "是"
    assert QFileDialog.tr("Look in:") == "查找位置："
