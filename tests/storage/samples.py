"""Small honest documents and mirror records; every test changes only what it is about."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop.domain.budget import BudgetDraft, BudgetLine, FormCell, IncomeLine
from desktop.domain.document import Document, Post, SignatureMark
from desktop.domain.goal import GoalLine, Level1, LibraryKind, Operator, PerformanceGoal
from desktop.domain.head import Head, Kind
from desktop.domain.project import Project, ProjectClass, YearPlan
from desktop.domain.voucher import EvoucherUse, Payee, PaymentVoucher, QuotaPart, VoucherLine

UNIT = "219001"
AT = "2026-11-03T09:30:00+08:00"
PAYEE = Payee("甲旗绿源苗木有限责任公司", "6228480868012345671", "中国农业银行甲旗支行", "103205100014")


class Memory:
    """Secrets of one computer."""

    def __init__(self):
        self.kept = {}

    def get(self, name):
        return self.kept.get(name)

    def put(self, name, secret):
        self.kept[name] = secret

    def forget(self, name):
        self.kept.pop(name, None)


def head(kind, number, revision=1, year=2026):
    keys = {
        Kind.PROJECT: f"L-{UNIT}-{number}",
        Kind.GOAL: f"L-{UNIT}-{number}@{year}",
        Kind.BUDGET_UP2: f"{UNIT}-{year}-{number}",
        Kind.VOUCHER: f"{UNIT}-{year}-{number:06d}",
    }
    return Head(f"{kind.value.lower()}-{number}", kind, "1.0", UNIT, keys[kind], year, revision, "zhangli")


def voucher(number=1, amount="4800.00", quota="Q1", payee=PAYEE, purpose="购固沙苗木款", evoucher="", **changes):
    amount = Decimal(amount)
    uses = (use_of(evoucher, amount),) if evoucher else ()
    made = PaymentVoucher(
        head=head(Kind.VOUCHER, number),
        date=date(2026, 11, 3),
        quota=QuotaPart(quota, "甲财预〔2026〕12号", "", "P7", "沙化土地综合治理", "111", "2130217"),
        payee=payee,
        amount=amount,
        amount_in_words="肆仟捌佰元整",
        purpose=purpose,
        lines=(VoucherLine(f"line-{number}", "30218", "50299", purpose, amount, evoucher),),
        evouchers=uses,
    )
    return replace(made, **changes)


def use_of(key, used):
    return EvoucherUse(
        key=key,
        kind="EINV_ORD",
        invoice_no=key.rpartition(":")[2],
        issue_date=date(2026, 10, 30),
        seller_name=PAYEE.name,
        buyer_name="甲旗林业和草原局",
        buyer_tax_no="11150821MB0X12343J",
        total=Decimal("4800.00"),
        used=used,
        is_red=False,
        digest_ok=None,
        sm3="ab" * 32,
        file_name="发票.ofd",
        size=20480,
    )


def project(number=7, name="沙化土地综合治理", total="350000.00"):
    return Project(
        head=head(Kind.PROJECT, number, year=2027),
        name=name,
        project_class=ProjectClass.T,
        function_code="2130217",
        start_year=2027,
        end_year=2027,
        total=Decimal(total),
        plan=(YearPlan(2027, "111", "LOCAL", Decimal(total)),),
    )


def goal(number=7):
    lines = tuple(
        GoalLine(
            line_id=f"g{place}",
            indicator_code=f"HY{place}",
            library_version="2026.1",
            library_kind=LibraryKind.CORE,
            level1=Level1.OUTPUT,
            level2="数量指标",
            name=name,
            operator=Operator.GE,
            target="1200",
            unit="亩",
            weight=Decimal("12.5"),
        )
        for place, name in enumerate(("沙化土地治理面积", "固沙苗木当年成活率"))
    )
    return PerformanceGoal(
        head=head(Kind.GOAL, number, year=2027),
        project_key=f"L-{UNIT}-{number}",
        project_name="沙化土地综合治理",
        profile="NO_COST",
        year_goal="完成沙化土地治理一千二百亩",
        year_total=Decimal("350000.00"),
        lines=lines,
    )


def budget(number=1, lines=3):
    amounts = [Decimal(place + 1) * Decimal("1000.05") for place in range(lines)]
    return BudgetDraft(
        head=head(Kind.BUDGET_UP2, number, year=2027),
        unit_kind="ADMIN",
        income=(IncomeLine("i1", "GENERAL", "111", "LOCAL", sum(amounts, Decimal("0.00"))),),
        lines=tuple(
            BudgetLine(
                line_id=f"b{place}",
                project_key="P7",
                project_name="沙化土地综合治理",
                project_class=ProjectClass.T,
                function_code="2130217",
                dept_economic_code="30218",
                gov_economic_code="50299",
                fund_nature="111",
                fund_source="LOCAL",
                amount=amount,
                ceiling=Decimal("9000.00") if place else None,
            )
            for place, amount in enumerate(amounts)
        ),
        forms=tuple(FormCell("F03", f"21302{place:02d}", "project", amount) for place, amount in enumerate(amounts)),
    )


def document(books, content, **changes):
    """A document of the content as the books would name it."""
    return Document(content, books.documents.digest(content), **changes)


def save(books, content, why="保存", **changes):
    """Put a document of the content; the caller commits."""
    made = document(books, content, **changes)
    books.documents.put(made, by="zhangli", why=why, at=AT)
    return made


def mark(role=Post.CHECKER, officer="liqiang", sheet="s1"):
    return SignatureMark(role, officer, "李强", "k" * 32, AT, sheet)


def indicator_record(number, name, level1="OUTPUT", **changes):
    return {
        "code": f"HY{number:06d}",
        "version": "2026.1",
        "library_kind": "SPECIFIC",
        "industry": "农林水",
        "category": "林业草原",
        "fund_use": "防沙治沙",
        "level1": level1,
        "level2": "数量指标",
        "name": name,
        "default_weight": 2,
        "applies_to": [],
        **changes,
    }


def quota_record(quota="Q1", amount="100000.00", year=2026, **changes):
    return {
        "id": quota,
        "document_no": "甲财预〔2026〕12号",
        "date": "2026-01-20",
        "type": "INITIAL",
        "fiscal_year": year,
        "project_key": "P7",
        "project_name": "沙化土地综合治理",
        "project_class": "T",
        "fund_nature": "111",
        "fund_source": "LOCAL",
        "function_code": "2130217",
        "amount": amount,
        "description": "防沙治沙",
        **changes,
    }
