"""What leaves the unit in a log: no account, no amount, no name, no identity."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.masking import masked, only_code
from desktop.usecases.log_pack import build_pack, masked_paths
from desktop.usecases.ports import AuditRow

NAMES = ("张丽", "巴图", "市第九中学", "乌力吉木仁")
names = st.sampled_from(NAMES)
accounts = st.from_regex(r"[0-9]{12,19}", fullmatch=True)
identities = st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True)
amounts = st.integers(1000, 10**12).map(lambda fen: f"{fen // 100:,}.{fen % 100:02d}") | st.integers(0, 10**9).map(
    lambda fen: f"{fen // 100}.{fen % 100:02d}"
)
secret = names | accounts | identities | amounts


class Rows:
    """Books that hold an audit and nothing else."""

    def __init__(self, rows: list[AuditRow]) -> None:
        self.rows = rows

    def __enter__(self) -> "Rows":
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def audit_tail(self, limit: int) -> list[AuditRow]:
        return self.rows[-limit:]


@given(secret, st.text(st.characters(codec="ascii", exclude_characters="0123456789.,"), max_size=20))
def test_no_name_account_identity_or_amount_can_be_read(hidden: str, around: str) -> None:
    assert hidden not in masked(f"{around}{hidden}{around}")


@given(st.lists(secret, min_size=3, max_size=3))
def test_the_package_shows_nothing_of_the_audits_people_and_documents(hidden: list[str]) -> None:
    who, subject, fact = hidden
    row = AuditRow(7, "2026-11-20T10:36:00+08:00", who, "maker", "SAVED", subject, {"why": fact, "code": "NO_LINK"})
    pack = build_pack(Rows([row]), ["✓ 程序：预算单位工作台 1.0"], f"ERROR {who} {fact} {subject}", "2026-11-20")
    told = "".join(file.text for file in pack if file.name in ("操作记录.txt", "程序日志.txt"))
    for one in hidden:
        if len(one) > 3 or not one.isascii():
            assert one not in told.replace(row.at, "")
    assert "code=NO_LINK" in told


def test_the_same_document_has_one_alias_in_a_package_and_another_in_the_next() -> None:
    rows = [AuditRow(n, "2026-11-20T10:36:00+08:00", "张丽", "maker", "SAVED", "219001-7", {}) for n in (1, 2)]
    first = build_pack(Rows(rows), [], "", "2026-11-20")[2].text.splitlines()
    assert first[0].split()[2:] == first[1].split()[2:]
    assert first != build_pack(Rows(rows), [], "", "2026-11-20")[2].text.splitlines()


def test_codes_and_small_counts_of_the_program_stay_readable() -> None:
    assert [only_code(text) for text in ("NO_LINK", "17", "R-01", "1234", "张丽", "a b")] == [
        "NO_LINK", "17", "R-01", "▒", "▒", "▒",
    ]


def test_the_login_name_in_a_path_is_covered() -> None:
    assert "zhangli" not in masked("File /home/zhangli/x.py C:\\Users\\zhangli\\y")
    line = masked_paths("✓ 磁盘：/home/zhangli/预算 所在磁盘剩 37 GB")
    assert "zhangli" not in line
    assert "37 GB" in line
