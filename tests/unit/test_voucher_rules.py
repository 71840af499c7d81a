"""Rules of a payment voucher: the worked voucher passes, each mutation is caught by its rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ledger import Balance
from desktop.domain.mirrors import OwnAccount, Quota
from desktop.domain.money import from_fen
from desktop.domain.parameters import Parameters
from desktop.domain.problem import Level, errors
from desktop.domain.voucher import BusinessType, Payee, PayeeKind, PaymentVoucher, SettlementMode, VoucherLine
from desktop.domain.voucher_rules import (
    SimilarFact,
    VoucherFacts,
    balanced,
    check_voucher,
    paired,
    report,
    with_words,
)
from tests.data import golden

VOUCHER, FACTS = golden.voucher(), golden.voucher_facts()
E, W, N = Level.ERROR, Level.WARN, Level.INFO
Finding = tuple[str, str, str, Level]


def found(voucher: PaymentVoucher, facts: VoucherFacts = FACTS) -> set[Finding]:
    return {(p.code, p.where, p.facts.get("case", ""), p.level) for p in check_voucher(voucher, facts)}


def quota(**changes: object) -> VoucherFacts:
    return replace(FACTS, quota=replace(golden.quota(), **changes))


def payee(**changes: object) -> PaymentVoucher:
    return replace(VOUCHER, payee=replace(VOUCHER.payee, **changes))


def line(index: int, **changes: object) -> PaymentVoucher:
    lines = list(VOUCHER.lines)
    lines[index] = replace(lines[index], **changes)
    return replace(VOUCHER, lines=tuple(lines))


def invoice(index: int, **changes: object) -> PaymentVoucher:
    uses = list(VOUCHER.evouchers)
    uses[index] = replace(uses[index], **changes)
    return replace(VOUCHER, evouchers=tuple(uses))


def test_worked_voucher_has_no_finding() -> None:
    assert check_voucher(VOUCHER, FACTS) == []


FORM: list[tuple[PaymentVoucher, Finding]] = [
    (replace(VOUCHER, quota=replace(VOUCHER.quota, quota_id="")), ("V-03", "quota", "quota", E)),
    (payee(name="  "), ("V-03", "payee.name", "payee.name", E)),
    (payee(account=""), ("V-03", "payee.account", "payee.account", E)),
    (payee(bank=""), ("V-03", "payee.bank", "payee.bank", E)),
    (replace(VOUCHER, purpose=""), ("V-03", "purpose", "purpose", E)),
    (replace(VOUCHER, lines=()), ("V-03", "lines", "lines", E)),
    (line(0, amount=Decimal("4280.01")), ("V-01", "amount", "", E)),
    (replace(VOUCHER, amount_in_words="陆仟肆佰元整"), ("V-02", "amount_in_words", "", E)),
    (replace(VOUCHER, amount_in_words=""), ("V-02", "amount_in_words", "", E)),
    (
        replace(VOUCHER, payer=replace(VOUCHER.payer, number="05120101040011207")),
        ("V-04", "payer.number", "", E),
    ),
    (line(0, dept_economic_code=""), ("V-05", "lines[0].dept_economic_code", "code", E)),
    (line(1, dept_economic_code="302"), ("V-05", "lines[1].dept_economic_code", "code", E)),
    (line(1, dept_economic_code="39998"), ("V-05", "lines[1].dept_economic_code", "code", E)),
    (line(1, amount=Decimal("0.00")), ("V-05", "lines[1].amount", "amount", E)),
    (line(1, amount=Decimal("-2200.00")), ("V-05", "lines[1].amount", "amount", E)),
    (line(1, evoucher_key="EINV:0"), ("V-05", "lines[1].evoucher_key", "evoucher", E)),
    (replace(VOUCHER, date=date(2026, 11, 21)), ("V-06", "date", "", E)),
    (replace(VOUCHER, amount=Decimal("0.00")), ("R-01", "amount", "zero", E)),
    (replace(VOUCHER, amount=Decimal("-6480.00")), ("R-01", "amount", "zero", E)),
    (replace(VOUCHER, quota=replace(VOUCHER.quota, project_key="x")), ("R-03", "quota.project_key", "project_key", E)),
    (
        replace(VOUCHER, quota=replace(VOUCHER.quota, fund_nature="121")),
        ("R-03", "quota.fund_nature", "fund_nature", E),
    ),
    (
        replace(VOUCHER, quota=replace(VOUCHER.quota, function_code="2130202")),
        ("R-03", "quota.function_code", "function_code", E),
    ),
    (line(0, dept_economic_code="30201"), ("R-03", "lines[0].dept_economic_code", "code", E)),
    (line(0, gov_economic_code="50201"), ("R-03", "lines[0].gov_economic_code", "pair", E)),
    (line(0, gov_economic_code=""), ("R-03", "lines[0].gov_economic_code", "pair", E)),
    (replace(VOUCHER, date=date(2025, 12, 31)), ("R-04", "date", "year", E)),
    (replace(VOUCHER, head=replace(VOUCHER.head, fiscal_year=2027)), ("R-04", "date", "year", E)),
    (replace(VOUCHER, business_type=BusinessType.SALARY), ("R-05", "quota", "salary", E)),
    (payee(account="05120101040008814"), ("R-09", "payee.account", "account", E)),
    (payee(account="0512 0101 0400 0881 4"), ("R-09", "payee.account", "account", E)),
    (payee(account="05120101040011206"), ("R-09", "payee.account", "account", E)),
    (payee(name="甲旗林业和 草原局"), ("R-09", "payee.name", "name", E)),
    (replace(VOUCHER, evouchers=(VOUCHER.evouchers[0],) * 2), ("R-11", "evouchers[1].key", "twice", E)),
    (invoice(0, used=Decimal("4280.01")), ("R-11", "evouchers[0].used", "over", E)),
    (invoice(0, used=Decimal("0.00")), ("R-11", "evouchers[0].used", "nothing", E)),
    (invoice(0, used=Decimal("4279.99")), ("R-12", "evouchers", "sum", E)),
    (replace(VOUCHER, evouchers=()), ("R-12", "evouchers", "sum", E)),
    (invoice(0, buyer_name="甲旗林业局"), ("R-12", "evouchers[0].buyer_name", "buyer_name", E)),
    (invoice(1, buyer_tax_no="91150105MAFAKE0002"), ("R-12", "evouchers[1].buyer_tax_no", "buyer_tax_no", E)),
    (invoice(0, is_red=True), ("R-12", "evouchers[0].is_red", "is_red", E)),
    (invoice(0, total=Decimal("-4280.00")), ("R-12", "evouchers[0].is_red", "is_red", E)),
    (invoice(0, issue_date=date(2026, 11, 21)), ("R-12", "evouchers[0].issue_date", "ahead", E)),
    (invoice(0, issue_date=date(2024, 12, 31)), ("R-12", "evouchers[0].issue_date", "old", W)),
    (invoice(0, digest_ok=False), ("R-12", "evouchers[0].digest_ok", "digest", E)),
    (invoice(0, errors=("E-05",)), ("R-12", "evouchers[0].errors", "wrong", E)),
    (payee(name="王"), ("R-18", "payee.name", "name", E)),
    (payee(account="1505016682000900042A"), ("R-18", "payee.account", "digits", E)),
    (payee(account="1505 0166 8200 0900 0428"), ("R-18", "payee.account", "digits", E)),
    (payee(account="１５０５０１６６８２"), ("R-18", "payee.account", "digits", E)),
    (payee(account="1234567"), ("R-18", "payee.account", "length", E)),
    (payee(account="1" * 33), ("R-18", "payee.account", "length", E)),
    (payee(bank_line_no="10520500003"), ("R-18", "payee.bank_line_no", "bank_line", E)),
    (payee(bank_line_no="10520500003X"), ("R-18", "payee.bank_line_no", "bank_line", E)),
    (payee(kind=PayeeKind.PERSON, account="6228480402564890019"), ("R-18", "payee.account", "card", W)),
    (payee(kind=PayeeKind.STAFF, account="6228480402564890019"), ("R-18", "payee.account", "card", W)),
    (replace(VOUCHER, purpose="修" * 61), ("R-19", "purpose", "long", E)),
    (replace(VOUCHER, purpose="费用"), ("R-19", "purpose", "vague", E)),
    (replace(VOUCHER, purpose=" 款项。 "), ("R-19", "purpose", "vague", E)),
    (replace(VOUCHER, purpose="支付货款"), ("R-19", "purpose", "vague", E)),
    (replace(VOUCHER, purpose="123"), ("R-19", "purpose", "vague", E)),
    (replace(VOUCHER, purpose="绝密资料印刷"), ("R-19", "purpose", "secret", E)),
]


@pytest.mark.parametrize(("voucher", "finding"), FORM, ids=[f"{f[0]} {f[1]} {f[2]}" for _, f in FORM])
def test_finding_names_its_rule_and_its_field(voucher: PaymentVoucher, finding: Finding) -> None:
    assert finding in found(voucher)


WORLD: list[tuple[VoucherFacts, Finding]] = [
    (replace(FACTS, balance=Balance(available=Decimal("6479.99"))), ("R-01", "amount", "over", E)),
    (replace(FACTS, planned=Decimal("2260.01")), ("R-01", "amount", "planned", N)),
    (replace(FACTS, quota=None), ("R-04", "quota", "unknown", E)),
    (quota(status="FROZEN"), ("R-04", "quota", "status", E)),
    (quota(status="CLOSED"), ("R-04", "quota", "status", E)),
    (quota(fiscal_year=2025), ("R-04", "date", "year", E)),
    (
        replace(FACTS, project=replace(golden.projects()["L-219001-2"], state="TERMINATED")),
        ("R-04", "quota", "project", E),
    ),
    (quota(salary_flag=True), ("R-05", "business_type", "quota", E)),
    (quota(dept_economic_codes=("30201",)), ("R-03", "lines[0].dept_economic_code", "code", E)),
    (
        replace(FACTS, used_elsewhere={"EINV:26152000000044180327": Decimal("0.01")}),
        ("R-11", "evouchers[0].used", "over", E),
    ),
    (
        replace(FACTS, project=replace(golden.projects()["L-219001-5"], monitor_state="SUSPENDED")),
        ("R-13", "quota", "", E),
    ),
    (
        replace(FACTS, own_accounts=(OwnAccount(VOUCHER.payee.account, "食堂", "", "REAL_FUND"),)),
        ("R-09", "payee.account", "account", E),
    ),
]


@pytest.mark.parametrize(("facts", "finding"), WORLD, ids=[f"{f[0]} {f[1]} {f[2]}" for _, f in WORLD])
def test_finding_follows_from_the_world_around_the_voucher(facts: VoucherFacts, finding: Finding) -> None:
    assert finding in found(VOUCHER, facts)


@pytest.mark.parametrize(
    ("voucher", "facts"),
    [
        (VOUCHER, replace(FACTS, balance=Balance(available=Decimal("6480.00")))),
        (VOUCHER, replace(FACTS, balance=Balance(), reserved_here=Decimal("6480.00"))),
        (VOUCHER, replace(FACTS, planned=Decimal("2260.00"))),
        (VOUCHER, quota(dept_economic_codes=())),
        (VOUCHER, replace(FACTS, project=replace(golden.projects()["L-219001-2"], monitor_state="SUSPENDED"))),
        (VOUCHER, replace(FACTS, project=None)),
        (VOUCHER, replace(FACTS, today=None)),
        (replace(VOUCHER, date=date(2026, 11, 18)), FACTS),
        (payee(bank_line_no=""), FACTS),
        (payee(kind=PayeeKind.PERSON, account="6228480402564890018"), FACTS),
        (payee(kind=PayeeKind.PERSON, account="6228480402564890"), FACTS),
        (invoice(0, issue_date=date(2025, 1, 1)), FACTS),
        (invoice(0, digest_ok=None), FACTS),
        (invoice(0, buyer_name="甲旗林业和　草原局 "), FACTS),
        (invoice(0, buyer_tax_no="11150821mb0x12343j"), FACTS),
        (replace(VOUCHER, purpose="修" * 60), FACTS),
        (replace(VOUCHER, purpose="办公费用报销单印刷"), FACTS),
        (
            replace(VOUCHER, settlement_mode=SettlementMode.CASH, payee=Payee("张三", kind=PayeeKind.PERSON)),
            FACTS,
        ),
    ],
)
def test_voucher_that_the_rules_allow_has_no_error(voucher: PaymentVoucher, facts: VoucherFacts) -> None:
    if voucher.payee.kind is PayeeKind.PERSON and len(voucher.payee.account) == 16:
        assert {p.facts["case"] for p in check_voucher(voucher, facts)} <= {"card"}
        return
    assert check_voucher(voucher, facts) == []


def test_shortage_says_the_numbers() -> None:
    facts = replace(FACTS, balance=Balance(available=Decimal("5000.00")), reserved_here=Decimal("1000.00"))
    [problem] = check_voucher(VOUCHER, facts)
    assert dict(problem.facts) == {
        "case": "over",
        "available": "6,000.00",
        "amount": "6,480.00",
        "planned": "0.00",
        "over": "480.00",
    }


SALARY_QUOTA = golden.quota("Q2026-001")


def salary(**changes: object) -> tuple[PaymentVoucher, VoucherFacts]:
    source: Quota = SALARY_QUOTA
    part = replace(
        VOUCHER.quota, quota_id=source.id, project_key=source.project_key, function_code=source.function_code
    )
    voucher = replace(
        VOUCHER,
        quota=part,
        business_type=BusinessType.SALARY,
        settlement_mode=SettlementMode.BATCH,
        payee=golden.payee("甲旗职工代发工资户"),
        purpose="11月在职人员工资",
        evouchers=(),
        lines=(VoucherLine("s1", "30101", "50101", "基本工资", VOUCHER.amount),),
    )
    return replace(voucher, **changes), replace(FACTS, quota=source)


@pytest.mark.parametrize("kind", [BusinessType.SALARY, BusinessType.ONE_CARD, BusinessType.DEPOSIT])
def test_exempt_kinds_of_payment_need_no_invoice(kind: BusinessType) -> None:
    voucher, facts = salary(business_type=kind)
    assert "R-12" not in {p.code for p in check_voucher(voucher, facts)}


def test_salary_from_the_wage_quota_passes() -> None:
    assert check_voucher(*salary()) == []


def test_exempt_kinds_are_the_bureaus_to_name() -> None:
    voucher, facts = salary()
    strict = replace(facts, parameters=Parameters({"invoice_exempt": ""}))
    assert ("R-12", "evouchers", "sum", E) in found(voucher, strict)


@pytest.mark.parametrize("kind", [BusinessType.UNION, BusinessType.WITHHOLD, BusinessType.SELF_REPAY])
def test_listed_exceptions_may_go_to_the_units_own_accounts(kind: BusinessType) -> None:
    union = replace(
        VOUCHER, business_type=kind, payee=Payee("甲旗林业和草原局工会委员会", "05120101040007736", "农信社")
    )
    assert "R-09" not in {p.code for p in check_voucher(union, FACTS)}
    ordinary = replace(union, business_type=BusinessType.ORDINARY)
    assert "R-09" in {p.code for p in check_voucher(ordinary, FACTS)}


def similar(**changes: object) -> SimilarFact:
    same = SimilarFact(
        "219001-2026-000120",
        date(2026, 11, 1),
        VOUCHER.amount,
        VOUCHER.purpose,
        VOUCHER.payee.account,
        VOUCHER.payee.bank,
    )
    return replace(same, **changes)


def test_same_payment_within_thirty_days_asks_for_a_reason() -> None:
    [problem] = check_voucher(VOUCHER, replace(FACTS, similar=(similar(),)))
    assert (problem.code, problem.level, problem.facts["case"]) == ("R-11", W, "again")
    assert problem.facts["key"] == "219001-2026-000120"


@pytest.mark.parametrize(
    "changes",
    [
        {"date": date(2026, 10, 20)},
        {"amount": Decimal("6480.01")},
        {"purpose": "公务用车保险"},
    ],
)
def test_payment_that_differs_is_no_repetition(changes: dict[str, object]) -> None:
    assert check_voucher(VOUCHER, replace(FACTS, similar=(similar(**changes),))) == []


@pytest.mark.parametrize(("day", "asked"), [(date(2026, 10, 21), True), (date(2026, 10, 20), False)])
def test_thirty_days_count_both_ways_to_the_day(day: date, asked: bool) -> None:
    assert bool(check_voucher(VOUCHER, replace(FACTS, similar=(similar(date=day),)))) is asked


def test_purpose_is_compared_without_spaces_and_widths() -> None:
    spaced = similar(purpose="公务用车 维修保养(蒙Ｌ·A0219)")
    assert [p.code for p in check_voucher(VOUCHER, replace(FACTS, similar=(spaced,)))] == ["R-11"]


def test_account_that_the_payee_never_had_asks_for_a_reason() -> None:
    before = (similar(amount=Decimal("1.00"), account="05120101880002317"), similar(amount=Decimal("2.00"), account=""))
    [problem] = check_voucher(VOUCHER, replace(FACTS, similar=before))
    assert (problem.code, problem.level, problem.facts["case"]) == ("R-18", W, "changed")
    assert problem.facts["last"] == "0512 0101 8800 0231 7"
    known = (*before, similar(amount=Decimal("3.00")))
    assert check_voucher(VOUCHER, replace(FACTS, similar=known)) == []


def test_report_lists_findings_first_and_then_what_passed_with_its_numbers() -> None:
    results = report(VOUCHER, FACTS)
    assert len(results) == 16
    assert all(result.ok for result in results)
    by_code = {result.code: dict(result.facts) for result in results}
    assert by_code["R-01"] == {"available": "8,740.00", "amount": "6,480.00", "left": "2,260.00"}
    assert by_code["R-12"] == {"case": "equal", "covered": "6,480.00", "count": "2"}
    assert by_code["R-11"] == {"count": "2", "days": "30"}
    assert by_code["R-19"] == {"length": "18", "max": "60"}


def test_report_puts_errors_before_warnings_before_information() -> None:
    facts = replace(FACTS, planned=Decimal("2300.00"), similar=(similar(),))
    levels = [result.level for result in report(replace(VOUCHER, purpose="费用"), facts)]
    assert levels[:2] == [E, N]
    levels = [result.level for result in report(replace(VOUCHER, amount_in_words=""), facts)]
    assert levels[:3] == [E, W, N]
    assert set(levels[3:]) == {None}


@pytest.mark.parametrize("voucher", [voucher for voucher, _ in FORM])
def test_report_and_check_say_the_same(voucher: PaymentVoucher) -> None:
    results = report(voucher, FACTS)
    stated = sorted((r.code, r.where) for r in results if not r.ok)
    assert stated == sorted((p.code, p.where) for p in check_voucher(voucher, FACTS))
    passed = {r.code for r in results if r.ok}
    assert not passed & {code for code, _ in stated}


def test_exempt_voucher_says_that_it_needs_no_invoice() -> None:
    facts = {result.code: result.facts for result in report(*salary())}["R-12"]
    assert dict(facts) == {"case": "exempt", "business": "SALARY"}


@given(st.lists(st.integers(1, 10**9).map(from_fen), min_size=1, max_size=8), st.integers(1, 10**10), st.data())
def test_balancing_puts_the_rest_into_the_chosen_line(amounts: list[Decimal], fen: int, data: st.DataObject) -> None:
    lines = tuple(VoucherLine(f"l{i}", amount=amount) for i, amount in enumerate(amounts))
    voucher = replace(VOUCHER, amount=from_fen(fen), lines=lines)
    index = data.draw(st.integers(0, len(lines) - 1))
    done = balanced(voucher, index)
    assert done.line_total() == voucher.amount
    assert [x for i, x in enumerate(done.lines) if i != index] == [x for i, x in enumerate(lines) if i != index]


def test_words_and_pairs_are_filled_from_the_figures_and_the_table() -> None:
    bare = replace(VOUCHER, amount_in_words="", lines=tuple(replace(x, gov_economic_code="") for x in VOUCHER.lines))
    assert with_words(paired(bare, "ADMIN", golden.pairs())) == VOUCHER
    unknown = paired(line(0, dept_economic_code="39998"), "ADMIN", golden.pairs())
    assert unknown.lines[0].gov_economic_code == ""


def test_empty_voucher_names_everything_at_once() -> None:
    empty = PaymentVoucher(VOUCHER.head, VOUCHER.date)
    wheres = {p.where for p in errors(check_voucher(empty, replace(FACTS, quota=None)))}
    assert wheres == {
        "quota", "payee.name", "payee.account", "payee.bank", "purpose", "lines", "amount", "payer.number",
    }  # fmt: skip


def test_amount_beyond_all_words_is_a_finding_and_no_crash() -> None:
    huge = replace(VOUCHER, amount=Decimal("1000000000000.00"))
    assert ("V-02", "amount_in_words", "", E) in found(huge)
