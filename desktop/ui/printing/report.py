"""What can be printed: a title, a layout, and the key under which its settings are remembered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.domain.printed.marks import PAPERS, Measure, Page, PageSetup
from desktop.ui.charts.chart import Drawing
from desktop.ui.kit.notes import Notes, read_note, write_note
from desktop.usecases.ports import Books

Lay = Callable[[PageSetup, Measure], Sequence[Page]]
Load = Callable[[Books], Lay]
A4, USUAL = PageSetup(), ("A4", "A3")


@dataclass(frozen=True, slots=True)
class Report:
    """One thing that goes on paper.

    Attributes:
        key: Its kind: printer, paper and scale are remembered for each kind.
        title: Also the name of the PDF file.
        load: Reads what is needed from the books and returns what makes the pages; both may take long and run in a
            worker, so they touch no widget.
        setup: What it is printed on at first.
        arrived: Whether the platform has it; anything else carries 草稿.
        over_form: It may be printed over a pre-printed form.
        drawings: What `Picture` marks show.
    """

    key: str
    title: str
    load: Load
    setup: PageSetup = A4
    arrived: bool = True
    over_form: bool = False
    drawings: Mapping[str, Drawing] = field(default_factory=dict)


def ready(lay: Lay) -> Load:
    """Return the loading of a layout that needs nothing from the books."""
    return lambda books: lay


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """How a kind of report was printed last.

    Attributes:
        printer: Name of the printer; empty for a PDF.
        over_form: Only the fields, over a pre-printed form.
    """

    printer: str = ""
    setup: PageSetup = A4
    over_form: bool = False


def read_choice(notes: Notes, report: Report) -> PrintChoice:
    """Return how this kind of report was printed last, else how it is meant to be."""
    kept = read_note(notes, f"print/report/{report.key}")
    if not isinstance(kept, dict):
        return PrintChoice(setup=replace(report.setup, paper=usual_paper(notes)) if report.setup.paper in USUAL
                           else report.setup)
    paper, scale = str(kept.get("paper", "")), kept.get("scale", 0)
    setup = PageSetup(paper if paper in PAPERS else report.setup.paper, bool(kept.get("landscape")),
                      report.setup.margin, scale if isinstance(scale, int) and 0 <= scale <= 200 else 0)
    return PrintChoice(str(kept.get("printer", "")), setup, bool(kept.get("over_form")) and report.over_form)


def keep_choice(notes: Notes, report: Report, choice: PrintChoice) -> None:
    """Remember how this kind of report was printed."""
    write_note(notes, f"print/report/{report.key}", {
        "printer": choice.printer, "paper": choice.setup.paper, "landscape": choice.setup.landscape,
        "scale": choice.setup.scale, "over_form": choice.over_form,
    })


def usual_paper(notes: Notes) -> str:
    """Return the paper of reports that were never printed before and have no paper of their own: A4 or A3."""
    kept = read_note(notes, "print/paper")
    return kept if isinstance(kept, str) and kept in USUAL else A4.paper


def keep_usual_paper(notes: Notes, paper: str) -> None:
    """Remember the paper of reports that were never printed before."""
    write_note(notes, "print/paper", paper)


def offset_of(notes: Notes, printer: str) -> tuple[float, float]:
    """Return how many millimetres a printer must be told to go to the right and down; tenths of a millimetre."""
    kept = read_note(notes, f"print/offset/{printer}")
    if isinstance(kept, list) and len(kept) == 2 and all(isinstance(one, int) and abs(one) <= 300 for one in kept):
        return kept[0] / 10, kept[1] / 10
    return 0.0, 0.0


def keep_offset(notes: Notes, printer: str, right: int, down: int) -> None:
    """Remember a printer's offset in tenths of a millimetre, each -300 to 300."""
    write_note(notes, f"print/offset/{printer}", [right, down] if right or down else None)
