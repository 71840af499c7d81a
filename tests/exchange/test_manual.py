"""The manual that ships: every link leads somewhere, every picture is there, nothing is stale."""

import json
import re
import tomllib
from pathlib import Path

import pytest

import resources
from desktop.domain.manual import ManualPage, links_of, page_of, pictures_of, plain, sections_of
from desktop.exchange.initials import initials_of
from desktop.texts.fault_table import HAPPENED
from desktop.texts.field_help import FIELDS
from desktop.texts.guide_forms import FORMS, openable
from desktop.texts.messages import templates
from desktop.texts.problems import TEXTS
from desktop.ui.help.library import library, search_help, shipped_pages, topic_named
from desktop.ui.shell.keys import KEYS
from desktop.usecases.practice import TASKS

PAGES = shipped_pages()
WRITTEN = [page for page in PAGES if not page.topic.startswith(("lookup/", "keys/")) or page.topic == "lookup/glossary"]
PICTURES = Path(resources.__file__).parent / "help" / "pictures"
SCREENS = {"home", "budget", "goal", "project", "payment", "voucher", "sync", "settings", "help"}
WORDS = {
    "Excel", "OFD", "XML", "PDF", "CSV", "SM2", "SM3", "SM4", "UKey", "U", "A4", "F", "E", "R", "fx", "xlsx", "xls",
    "ods", "csv", "WPS",
}
KEY_WORDS = {
    "Ctrl", "Shift", "Alt", "Enter", "Tab", "Esc", "Home", "End", "PgUp", "PgDn", "Delete", "Down", "Left", "Right",
    *"CDEFGHIKLMNPRSTUVWXYZJA", "E18", "22E", "xswx", "mydf", "bgf", "clf", "gwk", "chl", "myd", "yh",
    *(f"F{number}" for number in range(1, 13)),
}


def ids(page: ManualPage) -> str:
    return page.topic


def test_there_are_the_pages_that_were_promised():
    chapters = [one["title"] for one in tomllib.loads(resources.read_text("help", "contents.toml"))["chapter"]]
    assert list(dict.fromkeys(page.chapter for page in PAGES)) == chapters
    assert len(WRITTEN) >= 40
    assert len({page.topic for page in PAGES}) == len(PAGES)
    assert len({page.title for page in PAGES}) == len(PAGES)


def test_every_written_file_is_in_the_contents():
    folder = PICTURES.parent / "pages"
    files = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.md")}
    assert files == {page.topic for page in WRITTEN}


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_link_leads_somewhere(page: ManualPage):
    for target in links_of(page.text):
        kind, _, rest = target.partition(":")
        if kind == "practice":
            assert rest in TASKS, target
        elif kind == "screen":
            assert rest.partition("/")[0] in SCREENS, target
        elif "#" in target:
            assert int(target.partition("#")[2]) < len(sections_of(library().page(target))), target
        else:
            assert library().knows(target), target


@pytest.mark.parametrize("page", WRITTEN, ids=ids)
def test_words_are_chinese(page: ManualPage):
    text = re.sub(r"\]\([^)]*\)", "]", page.text)
    text = re.sub(r"\b[VREBCPDM]-?\d\d\b|\d\.\d\d\.\d\d", "", text)
    latin = set(re.findall(r"[A-Za-z][A-Za-z0-9]*", text))
    assert latin <= WORDS | KEY_WORDS, latin - WORDS - KEY_WORDS
    assert not re.search("异常|失败", text)


@pytest.mark.parametrize("page", WRITTEN, ids=ids)
def test_a_page_is_worth_opening(page: ManualPage):
    assert len(re.findall("[一-龥]", page.text)) >= 100
    assert page.text.count("“") == page.text.count("”")
    assert page.text.count("`") % 2 == 0
    assert page.text.count("**") % 2 == 0


def test_every_rule_that_is_named_exists():
    known = {code.partition(".")[0] for code in TEXTS}
    for page in WRITTEN:
        named = set(re.findall(r"\b[VREBPD]-\d\d\b|\bC\d\d\b", page.text))
        assert named <= known, (page.topic, named - known)
    for field in FIELDS.values():
        assert set(field.rules) <= known | set(TEXTS), field.topic


def test_every_key_that_is_named_is_one_of_the_programs_keys():
    known = {keys.replace("Delete", "Del") for entry in KEYS for keys in entry.sequences}
    # What the keyboard does by itself, and the few keys of the help and the voucher that no menu shows.
    known |= {"Shift+F3", "Alt+←", "Alt+→", "Alt+↓", "Alt+Shift+↓", "Shift+Tab", "Ctrl+Home", "Ctrl+End",
              "Shift+↓", "Shift+方向键", "Ctrl+方向键", "Ctrl+Alt+L", "Ctrl+空格", "Shift+空格"}
    for page in WRITTEN:
        named = {one.replace("Delete", "Del") for one in re.findall(r"`((?:Ctrl|Alt|Shift)\+[^`]+)`", page.text)}
        assert named <= known, (page.topic, named - known)


def test_every_picture_is_there_small_and_used():
    used = {name for page in PAGES for name in pictures_of(page.text)}
    table = tomllib.loads(resources.read_text("help", "pictures.toml"))["picture"]
    assert used == {one["name"] for one in table} == {path.name for path in PICTURES.glob("*.png")}
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert max(sizes.values()) <= 40_000, sizes
    assert sum(sizes.values()) <= 700_000


def test_every_picture_says_what_it_shows():
    for page in PAGES:
        assert all(words for words, _ in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.text)), page.topic


def test_the_initials_are_those_of_the_headings():
    wanted = {section.topic: initials_of(section.title) for page in PAGES for section in sections_of(page)}
    assert json.loads(resources.read_text("help", "initials.json")) == wanted


def test_the_tables_hold_every_message_and_every_rule():
    messages = library().page("lookup/messages").text
    families = ("entry", "paying", "invoices", "plans", "sums", "goals", "duties")
    rules = "".join(library().page(f"lookup/{name}").text for name in families)
    assert all(f"(lookup/{name})" in library().page("lookup/rules").text for name in families)
    assert all(f"| {code} |" in messages for code in templates())
    assert all(f"| {code.partition('.')[0]} | {text[0]}" in rules for code, text in TEXTS.items()
               if "{" not in text[0])


def test_every_accident_has_a_row_on_one_of_the_pages_that_the_overview_leads_to():
    topics = [topic for topic in links_of(library().page("lookup/faults").text) if topic.startswith("lookup/")]
    rows = [row for topic in topics for row in library().page(topic).text.splitlines()]
    assert len(topics) == 5
    for one in HAPPENED.values():
        assert sum(row.startswith(f"| {one.title} | ") for row in rows) >= 1, one.title
    assert max(library().page(topic).text.count("\n|") for topic in topics) < 60


def test_no_place_of_a_template_is_left_in_a_table():
    assert [page.topic for page in PAGES if "{" in page.text] == []


def test_there_are_thirty_questions():
    assert len(sections_of(library().page("faq/all"))) - 1 >= 30


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.topic)
def test_a_field_says_what_to_write_what_goes_wrong_and_where_to_read_on(field):
    assert len(field.what) >= 8
    assert field.mistakes
    assert all("：" in one for one in field.mistakes)
    assert library().node(field.guide) is not None
    assert library().page(field.page) is not None


def test_every_form_of_the_guide_has_a_name():
    assert {form for node in library().nodes for form in node.forms} <= set(FORMS)
    assert [form.page for form in openable(("F10", "F11", "VOUCHER", "EVOUCHER"))] == ["budget", "payment"]


@pytest.mark.parametrize(("typed", "topic"), [
    ("断网", "sync/stop"), ("快捷键", "keys/all"), ("txfp", ""), ("发票抬头", "payment/invoice"),
    ("R-11", "lookup/paying"), ("kjj", "keys/all"), ("备份", "safety/backup"), ("退回", "payment/returned"),
    ("M15", "lookup/messages"),
])
def test_the_search_finds_pages_by_words_initials_and_codes(typed: str, topic: str):
    found = [hit.passage.topic.partition("#")[0] for hit in search_help(typed, 12)]
    assert (topic in found) if topic else not found


def test_a_page_without_a_heading_is_refused():
    with pytest.raises(ValueError, match="a/b"):
        page_of("a/b", "", "没有标题")


def test_plain_words_have_no_marks():
    text = "## 题\n\n1. 按 `F1`，看[手册](start/help)。\n\n> 注意：**别**\n\n| a | b |\n| --- | --- |\n![图](x.png)"
    shown = plain(text)
    assert not set("#`*[]|>") & set(shown), shown
    assert "看手册" in shown


def test_every_topic_that_a_screen_names_leads_somewhere():
    folders = "|".join(sorted({page.topic.partition("/")[0] for page in PAGES}))
    sources = Path(resources.__file__).parent.parent / "desktop" / "ui"
    found = {
        (path.name, topic)
        for path in sources.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "report(" not in line and "key=" not in line  # kinds of paper have names of the same form
        and ("help_topic" in line or "HELP" in line or "return " in line or "_PAGE" in line)
        for topic in re.findall(rf'"((?:{folders})/[a-z]+)"', line)
    }
    assert len(found) >= 10
    assert {(name, topic) for name, topic in found if not library().knows(topic)} == set()


@pytest.mark.parametrize("section", ["display", "print", "backup", "keys", "network", "unit", "rules", "lock", "logs",
                                     "about"])
def test_every_section_of_the_settings_has_its_help(section: str):
    topic = topic_named(f"settings/{section}")
    page = library().page(topic)
    assert page is not None
    assert int(topic.partition("#")[2] or 0) < len(sections_of(page))


def test_the_wizard_of_imports_has_its_help():
    assert library().knows(topic_named("import"))
