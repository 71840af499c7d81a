"""What a bureau sets about its platform; kept in the database at the first start."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.fields import Canonical, Name, Number

REVIEWERS: Mapping[str, str] = {
    "PROJECT": "预算股 陈静",
    "GOAL": "绩效股 赵晓东",
    "BUDGET_UP2": "预算股 陈静",
    "VOUCHER": "国库股 王敏",
}


@dataclass(frozen=True, slots=True)
class PlatformSettings(Canonical):
    """Settings of one platform.

    Attributes:
        audience: The platform's name in batches and roots; never changes after the first start.
        name: Whose it is, as people read it.
        url: Where units reach it; stands in activation files.
        min_program: Oldest client that may take part.
        max_container: Bytes of the largest container.
        max_chunk: Bytes of the largest piece of an upload.
        stale_days: Days after which a head counts as old.
        token_minutes: How long a session lasts.
        notice: A line for everybody, may be empty.
        comment_by: Who signs a comment, by kind of document.
    """

    audience: Name = "budgetdesk-rehearsal"
    name: Name = "财政局"
    url: str = ""
    min_program: Name = "0.1.0"
    max_container: Number = 256 << 20
    max_chunk: Number = 4 << 20
    stale_days: Number = 7
    token_minutes: Number = 60
    notice: str = ""
    comment_by: Mapping[str, str] = field(default_factory=lambda: dict(REVIEWERS))
