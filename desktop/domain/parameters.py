"""Numbers in rules that a bureau may set: the synced value, or the default with its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

# name -> (default, source of the default)
DEFAULTS: Mapping[str, tuple[str, str]] = {
    "second_signer_from": ("50000.00", "quota_and_payment §5: from here on the unit's head signs too"),
    "duplicate_days": ("30", "R-11: same payee, amount and purpose inside so many days"),
    "invoice_exempt": ("SALARY,ONE_CARD,DEPOSIT", "R-12: kinds of payment that need no invoice, separated by commas"),
    "vague_purposes": (
        "款,款项,费用,支出,付款,货款,材料款,经费,报销,开支,转账,往来款,其他,办公,打款",
        "R-19: purposes that say nothing, separated by commas",
    ),
    "secret_words": ("绝密,机密,秘密级", "R-19: words that may not stand in a purpose, separated by commas"),
    "purpose_max": ("60", "R-19: length of the purpose"),
    "goal_total": ("90", "P-05, 财预〔2021〕101号: points on the goal form without execution rate"),
    "weight_decimals": ("1", "P-05: decimals of a weight"),
    "goal_text_min": ("20", "performance §2: characters of the goal text"),
    "goal_text_max": ("500", "performance §2: characters of the goal text"),
    "goal_output_min": ("3", "P-15: output lines on a goal form"),
    "satisfaction_exempt": ("", "P-13: project classes without a satisfaction indicator, separated by commas"),
    "core_weight_percent": ("40", "P-06: points of core indicators, percent of the form"),
    "extra_level2": (
        "可持续影响指标",
        "P-04: groups beside those of the frame, separated by commas; goals published in 2026 still carry this one",
    ),
    "scoring_profile": ("PROP_60", "performance §5: how actual values become points; a goal keeps it with its version"),
    "custom_indicators": ("0", "P-02: 1 where the bureau lets a unit write indicators itself"),
    "custom_weight_percent": ("30", "P-02: points of indicators that the unit wrote itself, percent of the form"),
    "project_span_max": ("5", "budget §3: years from start to end of a project"),
    "growth_warn_percent": ("30", "B-19: growth against last year that asks for a reason"),
    "month_end_deadline_day": ("27", "home page: day of the month by which the month's vouchers must be in"),
    "month_end_deadline_hour": ("18", "home page: hour of that day"),
}


@dataclass(frozen=True, slots=True)
class Parameters:
    """The bureau's parameters over the defaults."""

    synced: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the value as text; `KeyError` for a name that no rule knows."""
        return self.synced.get(name, DEFAULTS[name][0])

    def number(self, name: str) -> Decimal:
        """Return the value as an exact number (yuan, days, points or percent as the name says)."""
        return Decimal(self.text(name))

    def names(self, name: str) -> tuple[str, ...]:
        """Return a comma separated list."""
        return tuple(part.strip() for part in self.text(name).split(",") if part.strip())
