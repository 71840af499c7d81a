"""Every code that a rule or a fault can give has a Chinese text, and every text keeps the rules for texts."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.budget_rules import check_budget, settle
from desktop.domain.document import Post, State
from desktop.domain.evoucher import EvoucherKind
from desktop.domain.forms import FORM_COLUMNS
from desktop.domain.goal import Direction, Level1, LibraryKind, Operator
from desktop.domain.goal_checklist import goal_checklist
from desktop.domain.goal_rules import check_goal
from desktop.domain.goal_weights import unreachable
from desktop.domain.head import Kind
from desktop.domain.home_rules import HomeFacts, Pile, checklist, month_end
from desktop.domain.money import MoneyError, parse_yuan
from desktop.domain.parameters import Parameters
from desktop.domain.problem import Level, Problem
from desktop.domain.project import Guarantee, ProjectClass
from desktop.domain.project_rules import check_project
from desktop.domain.quant_model import check_model, compute, model_drift, use_of
from desktop.domain.voucher import BusinessType, PayeeKind, PayType, SettlementMode
from desktop.domain.voucher_rules import check_voucher, report
from desktop.texts import faults, home, states, tr, words
from desktop.texts.fault_table import HAPPENED, REASONS, SAFE
from desktop.texts.messages import _MESSAGES
from desktop.texts.places import place_name
from desktop.texts.problems import TEXTS, checklist_item, describe, money_text, passed
from tests.data import goals, golden
from tests.unit import test_budget_rules, test_goal_rules, test_project_rules, test_quant_model, test_voucher_rules

ROOT = Path(__file__).parents[2]
TITLE_MAX = 18
# Names that have no Chinese form, file kinds and keys on the keyboard.
_ALLOWED = {
    "SM2",
    "SM3",
    "PIN",
    "OFD",
    "XML",
    "PDF",
    "UKey",
    "Ctrl",
    "F7",
    "F9",
    "Z",
    "U",
    "MB",
    "KB",
    "DOCTYPE",
    "Excel",
    "xlsx",
    "xls",
    "ods",
    "csv",
    "bsp",
}
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_PLACE = re.compile(r"\{[^}]*\}")


def english(text: str) -> set[str]:
    """Words in Latin letters that a county accountant need not know."""
    return set(_WORD.findall(_PLACE.sub("", text))) - _ALLOWED


def calls(folder: str) -> Iterator[tuple[Path, str, ast.Call]]:
    """Every call under a folder with the name of what is called."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                yield path, name, node


def literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def rule_codes() -> set[str]:
    """Codes that stand in the code as ``Problem("…"`` or as the first word of a cross-check."""
    return {
        literal(node.args[0])
        for _, name, node in calls("desktop")
        if name in ("Problem", "_unequal") and node.args and literal(node.args[0])
    }


def fault_codes() -> set[str]:
    """Codes of everything that is raised as a fault, on both sides of the link."""
    shape = re.compile(r"[A-Z][A-Z0-9]*(?:[-_][A-Z0-9_]+)*")
    return {
        literal(node.args[0])
        for folder in ("desktop", "sync")
        for _, name, node in calls(folder)
        if re.search(r"(?:Fault|Refused|Damaged|NoLink)$|^_problem$", name)
        and node.args
        and shape.fullmatch(literal(node.args[0]))
    }


def test_walk_over_the_code_finds_the_codes() -> None:
    assert {"R-12", "C01", "P-20", "D-04", "B-08", "V-03"} <= rule_codes()
    assert {"WORKSPACE_LOCKED", "DISK_FULL"} <= fault_codes()


@pytest.mark.parametrize("code", sorted(rule_codes()))
def test_every_code_of_a_rule_has_a_text(code: str) -> None:
    assert any(key == code or key.startswith(f"{code}.") for key in TEXTS)


def test_no_text_is_left_for_a_rule_that_is_gone() -> None:
    known = rule_codes() | {"D-07"}  # D-07 marks a comment of the checker
    assert {key.partition(".")[0] for key in TEXTS} <= known


@pytest.mark.parametrize("code", sorted(fault_codes()))
def test_every_code_of_a_fault_has_a_text(code: str) -> None:
    assert code in HAPPENED or any(name == code for name, _ in REASONS)


def test_every_reason_for_a_missing_link_has_a_text() -> None:
    source = (ROOT / "sync/transport/http.py").read_text(encoding="utf-8")
    given = set(re.findall(r'reason="([A-Z]+)"', source)) | set(re.findall(r'(?:return|if|else) "([A-Z]{3,})"', source))
    assert {"TLS", "TIMEOUT", "REFUSED", "BROKEN", "CAPTIVE"} <= given
    assert given <= {reason for code, reason in REASONS if code == "NO_LINK"}


def found_problems() -> list[Problem]:
    """Findings of all the broken documents that the rules' own tests know."""
    g, v, p = test_goal_rules, test_voucher_rules, test_project_rules
    found: list[Problem] = []
    for _, goal, _ in g.CASES:
        found += check_goal(goal, g.FACTS)
    own = replace(g.FACTS, parameters=Parameters({"custom_indicators": "1", "custom_weight_percent": "1"}))
    found += check_goal(g.with_line(1, library_kind=LibraryKind.CUSTOM), own)
    found += check_goal(g.GOAL, replace(own, parameters=Parameters({"goal_total": "100", "core_weight_percent": "99"})))
    for profile in (*g.goals.PROFILES.values(), replace(g.goals.PROFILES["NO_COST"], satisfaction=Decimal("0.01"))):
        found += unreachable(g.GOAL, profile)
    found += model_problems()
    retired = replace(g.goals.INDICATORS["I2"], effective_to="2026", successor="I8")
    gone = {code: one for code, one in g.goals.INDICATORS.items() if code != "I2"}
    for known in ({**gone, "I2": retired}, gone):
        for heirs in ({}, {"I2": retired}):
            found += check_goal(g.GOAL, replace(g.FACTS, indicators=known, heirs=heirs))
    for profile_code in ("NO_COST", "WITH_COST"):
        found += check_goal(replace(g.GOAL, profile=profile_code), replace(g.FACTS, project=g.WORKS))
    for project, _ in p.CASES:
        found += check_project(project, p.GOAL, p.FACTS)
    found += check_project(p.PROJECT, None, p.FACTS)
    found += check_project(p.PROJECT, replace(p.GOAL, lines=()), p.FACTS)
    for voucher, _ in v.FORM:
        found += check_voucher(voucher, v.FACTS)
    for facts, _ in v.WORLD:
        found += check_voucher(v.VOUCHER, facts)
    found += check_voucher(v.VOUCHER, replace(v.FACTS, similar=(v.similar(account="12345678"),)))
    return [*found, *budget_problems()]


def model_problems() -> list[Problem]:
    g, q = test_goal_rules, test_quant_model
    plain, table, ndvi = q.MODELS["QM07"], q.MODELS["QM05"], q.EXAMPLES[2][1]
    twice = replace(plain, inputs=(*plain.inputs, replace(plain.inputs[0], low=Decimal(9), high=Decimal(1))))
    found = [problem for model in (twice, replace(plain, expression="甲+(")) for problem in check_model(model)]
    found += check_model(replace(plain, expression="甲"))
    rows = ({}, {"成活株数": ["1"], "调查株数": ["2"]})
    found += [problem for inputs in rows for problem in compute(table, inputs).problems]
    for typed in ("", "x", "9", "-9", "0.9", "0.01"):
        found += compute(q.MODELS["QM03"], {**ndvi, "植被指数": [typed]}).problems
    found += compute(q.MODELS["QM03"], {**ndvi, "裸土植被指数": ["0.86"]}).problems
    use = use_of(plain, {}, Decimal(5))
    line = replace(g.GOAL.lines[4], model=use, target="5")
    drifts = (model_drift(replace(line, target="6"), plain), model_drift(line, replace(plain, version="9")))
    return [*found, *filter(None, drifts)]


def budget_problems() -> list[Problem]:
    t = test_budget_rules
    drafts = [t.with_line(t.SAND[0], **changes) for changes, *_ in t.LINE_MUTATIONS]
    drafts += [t.with_income(0, **changes) for changes, *_ in t.INCOME_MUTATIONS]
    drafts += [t.with_income(2, amount=Decimal("1.00")), t.with_line(t.SAND[0], ceiling=Decimal("1.00"))]
    drafts += [settle(replace(t.BUDGET, year_end_carry=Decimal("-1.00"), lines=()), golden.pairs())]
    drafts += [t.with_line(t.SAND[0], amount=Decimal("0.00"))]
    drafts += [replace(t.BUDGET, lines=(replace(t.BUDGET.lines[0], gov_economic_code="509"),) * 2)]
    drafts += [
        t.with_line(i, amount=line.amount * 9) for i, line in enumerate(t.BUDGET.lines) if line.fund_nature != "111"
    ]
    for cell in t.BUDGET.forms:
        drafts.append(replace(t.BUDGET, forms=t.moved(t.BUDGET.forms, (cell.form, cell.row, cell.column, 1))))
    found = [problem for draft in drafts for problem in check_budget(draft, t.FACTS)]
    for changes in ({"state": "REMOVED"}, {"monitor_state": "SUSPENDED"}):
        projects = {key: replace(project, **changes) for key, project in t.FACTS.projects.items()}
        found += check_budget(t.BUDGET, replace(t.FACTS, projects=projects))
    return found


FOUND = found_problems()


def test_every_finding_of_a_broken_document_is_described_whole() -> None:
    for problem in FOUND:
        text = describe(problem)
        assert 0 < len(text.title) <= TITLE_MAX, problem
        assert text.sentence.endswith("。"), problem
        assert text.advice.endswith("。"), problem
        assert not set("{}") & set(text.title + text.sentence + text.advice), problem


def test_broken_documents_reach_nearly_every_text() -> None:
    reached = set()
    for problem in FOUND:
        case = problem.facts.get("case", "") or problem.where.rpartition(".")[2]
        reached |= {f"{problem.code}.{case}", problem.code}
    rules = {key for key in TEXTS if key[0] in "BCPRV"}
    assert rules - reached == {"R-12.issue_date"}  # given by the reader of invoices


@pytest.mark.parametrize("key", TEXTS)
def test_text_of_a_finding_is_short_chinese_and_says_what_to_do(key: str) -> None:
    title, sentence, advice = TEXTS[key]
    assert len(_PLACE.sub("产出指标", title)) <= TITLE_MAX
    assert not english(title + sentence + advice)
    assert sentence.endswith("。")
    assert advice.endswith("。")


def test_refusals_of_the_documents_life_are_described_in_words() -> None:
    step = describe(Problem("D-04", "state", {"from": State.SEALED.value, "to": State.DRAFT.value}))
    assert step.sentence == "单据状态是“待同步”，不能直接变为“草稿”。"
    post = describe(Problem("D-03", "post", {"post": "checker", "have": "maker"}))
    assert post.sentence == "这一步由“复核”岗位的人员办理。"
    assert describe(Problem("D-03", "maker", {"maker": "219001-01"})).title == "只有经办人能这样做"
    assert "张丽" in describe(Problem("D-01", "checker", {"name": "张丽"})).sentence
    assert describe(Problem("D-05", "head.maker")).title == "经办人不是当前人员"


def test_amounts_and_names_stand_in_the_sentence() -> None:
    facts = {"case": "over", "available": "412,000.00", "amount": "436,500.00", "over": "24,500.00", "planned": "0.00"}
    text = describe(Problem("R-01", "amount", facts))
    assert text.title == "超出可用额度"
    assert text.sentence == "指标可用 412,000.00，本单 436,500.00，超 24,500.00。"


def test_code_that_nobody_knows_gets_a_general_text_that_names_it() -> None:
    text = describe(Problem("X-99", "payee.account"))
    assert "X-99" in text.sentence
    assert "收款人账号" in text.sentence


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("lines[2].weight", "第 3 行 · 分值"),
        ("plan[0].fund_nature", "分年度计划第 1 行 · 资金性质"),
        ("income[1].amount", "收入第 2 行 · 金额"),
        ("evouchers[0].buyer_name", "第 1 张发票 · 购买方名称"),
        ("payee.account", "收款人账号"),
        ("purpose", "用途"),
        ("lines", "明细"),
        ("forms.F03.2130217.project", "支出总表 · 2130217 · 项目支出"),
        ("forms.F01.TOTAL.income", "收支总表 · 合计 · 收入"),
        ("forms.F02.219001.other", "收入总表 · 219001 · 其他收入"),
        ("", "单据"),
        ("no_such_field", "单据"),
    ],
)
def test_place_has_a_name(where: str, name: str) -> None:
    assert place_name(where) == name


def test_every_place_of_a_finding_has_a_name_of_its_own() -> None:
    nameless = {problem.where for problem in FOUND if place_name(problem.where) == "单据"}
    assert nameless == set()


def test_passed_rules_say_their_numbers() -> None:
    said = {result.code: passed(result) for result in report(golden.voucher(), golden.voucher_facts())}
    assert said["R-01"] == "可用额度 8,740.00，够付"
    assert said["R-11"] == "发票没有用过，30 天内无重复"
    assert said["R-12"] == "发票合计 6,480.00，等于金额"
    exempt = {result.code: passed(result) for result in report(*test_voucher_rules.salary())}
    assert exempt["R-12"] == "工资发放不需要发票"
    assert not any(english(text) for text in said.values())


def test_checklist_of_a_goal_reads_as_on_the_screen() -> None:
    items = [checklist_item(item) for item in goal_checklist(goals.goal(), goals.goal_facts())]
    assert items[0] == "产出指标 4 条，分值 50/50"
    assert "合计 90/90 分" in items
    assert "核心指标 3 条，占 50 分（≥ 36）" in items
    for _, goal, _ in test_goal_rules.CASES:
        for item in goal_checklist(goal, goals.goal_facts()):
            assert "{" not in checklist_item(item)


@pytest.mark.parametrize("typed", ["", "abc", "1.234", "1e99"])
def test_amount_that_is_not_taken_says_why(typed: str) -> None:
    with pytest.raises(MoneyError) as refused:
        parse_yuan(typed)
    assert money_text(refused.value).endswith("。")


def test_place_in_a_text_is_filled_by_name() -> None:
    assert tr("差 {count} 项", count=3) == "差 3 项"
    assert tr("100% {原样}") == "100% {原样}"


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_pill(state: State) -> None:
    assert states.pill(state)
    assert states.pill_key(state)
    assert states.pill(State.DRAFT, 2) == "有错误"
    assert states.pill(State.SIGNED, 2) == "可报送"


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (words.KINDS, Kind),
        (words.COUNTERS, Kind),
        (words.POSTS, Post),
        (words.LEVELS, Level),
        (words.PROJECT_CLASSES, ProjectClass),
        (words.GUARANTEES, Guarantee),
        (words.LEVEL1, Level1),
        (words.OPERATORS, Operator),
        (words.DIRECTIONS, Direction),
        (words.LIBRARY_KINDS, LibraryKind),
        (words.BUSINESS_TYPES, BusinessType),
        (words.PAY_TYPES, PayType),
        (words.SETTLEMENT_MODES, SettlementMode),
        (words.PAYEE_KINDS, PayeeKind),
    ],
)
def test_every_value_of_a_closed_list_has_a_word(table: dict[str, str], values: type) -> None:
    assert {value.value for value in values} == set(table)
    assert not any(english(word) for word in table.values())


def test_invoices_that_are_read_have_a_word() -> None:
    assert set(words.EVOUCHER_KINDS) <= {kind.value for kind in EvoucherKind}


def test_natures_and_sources_of_the_shipped_tables_have_short_words() -> None:
    leaves = {code for code, entry in golden.codes("FUND_NATURE").items() if entry.leaf}
    assert leaves <= set(words.NATURES)
    assert set(golden.codes("FUND_SOURCE")) <= set(words.SOURCES)
    assert set(golden.codes("INCOME_ITEM")) <= set(words.INCOME_ITEMS)


@pytest.mark.parametrize("code", HAPPENED)
def test_fault_says_what_happened_what_is_safe_and_what_to_do(code: str) -> None:
    entry = HAPPENED[code]
    assert len(entry.title) <= TITLE_MAX
    assert entry.happened.endswith("。")
    assert entry.advice.endswith("。")
    assert entry.safe in SAFE
    assert not english(entry.title + entry.happened + entry.advice)


@pytest.mark.parametrize("key", REASONS)
def test_fault_by_reason_keeps_the_same_rules(key: tuple[str, str]) -> None:
    entry = REASONS[key]
    assert len(entry.title) <= TITLE_MAX
    assert not english(entry.title + entry.happened + entry.advice)
    assert faults.describe(key[0], {"reason": key[1]}).title == entry.title


def test_unknown_fault_is_safe_and_names_its_code() -> None:
    text = faults.describe("SOMETHING_NEW", {})
    assert "SOMETHING_NEW" in text.happened
    assert text.safe


@pytest.mark.parametrize("code", _MESSAGES)
def test_message_is_short_chinese(code: str) -> None:
    said = _MESSAGES[code]
    assert len(_PLACE.sub("12", said.title)) <= TITLE_MAX
    assert not english(said.title + said.body + "".join(said.verbs))
    assert not {"是", "否", "确定"} & set(said.verbs)


@pytest.mark.parametrize("form", FORM_COLUMNS)
def test_heads_of_the_forms_are_chinese(form: str) -> None:
    spec = FORM_COLUMNS[form]
    assert not english(spec.title + spec.row_head + "".join(column.head for column in spec.columns))


def test_home_page_reads_as_sentences() -> None:
    vouchers = Pile(Kind.VOUCHER, 2, Decimal("52960.00"), date(2026, 11, 18), ("收款账号与户名不符", "用途太笼统"))
    facts = HomeFacts(
        date(2026, 11, 20),
        "maker",
        returned=(vouchers,),
        ready=(replace(vouchers, count=6, amount=Decimal("186420.00")), Pile(Kind.BUDGET_UP2, 1, Decimal(1))),
        goals_missing=("沙化土地综合治理", "草原管护技术培训"),
        to_check=(vouchers,),
        drafts=(Pile(Kind.GOAL, 1, Decimal(1)),),
        with_errors=(vouchers,),
        to_sign=(vouchers,),
        sealed=(vouchers,),
    )
    said = {entry.key: home.entry(entry, facts.today) for entry in checklist(facts)}
    assert said["returned.VOUCHER"].title == "2 张支付申请被退回"
    assert said["returned.VOUCHER"].reason == "收款账号与户名不符；用途太笼统"
    assert said["returned.VOUCHER"].due == "最早 2 天前"
    assert said["ready"].title == "1 份二上预算、6 张支付申请可报送，尚未送出"
    assert said["ready"].reason == "合计 186,420.00 元"
    assert said["ready"].due == "截止 11-27"
    assert said["goals"].title == "2 个项目没有绩效目标"
    assert said["drafts.GOAL"].title == "1 份绩效目标草稿"
    assert all(text.title and text.button and not english(text.title + text.reason) for text in said.values())


@pytest.mark.parametrize(
    ("today", "title"),
    [
        (date(2026, 11, 20), "11月还有 5 个工作日结账"),
        (date(2026, 11, 27), "11月27日 18:00 结账"),
        (date(2026, 11, 28), "11月已过结账日"),
        (date(2026, 9, 26), "9月27日 18:00 结账"),
    ],
)
def test_closing_of_the_month_is_the_head_line(today: date, title: str) -> None:
    assert home.month_end_title(month_end(today, Parameters())) == title


def test_closing_names_its_weekday() -> None:
    today = date(2026, 11, 20)
    line = home.month_end_line(month_end(today, Parameters()), today)
    assert line == "截止 11-27（周五）18:00 · 今天 2026-11-20 周五"
