"""Measures the start against a bare Qt window of the same run: `python -m tests.bench.bench_start [out.json]`.

A start is a fresh process: from the moment it is asked for until the home page of the rehearsal unit is filled and
painted, offscreen. Bare windows and starts take turns. Two ways to the key are measured: at hand at once, as from a
system keyring, and in the rehearsal's file under a password, whose stretching takes 64 MiB and its time by intent.

Modules are read as bytecode, as on any PC after the first start; the first round, not counted, writes it.

Not a test: it prints a table, writes JSON, and judges nothing. Needs Linux: memory is read from /proc.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

ROUNDS = 5
MARK, BARE, KEYRING, PASSWORD = "rehearsal.txt", "bare", "keyring", "password"
WAYS = {BARE: "bare Qt window", KEYRING: "start, key at hand", PASSWORD: "start, key in a password file"}
Found = dict[str, float]


def report(began: float, marks: Found) -> None:
    """Write what a measured process found; its own process ends here, without paying for tidying up."""
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    told = {name: at - began for name, at in marks.items()}
    sys.stdout.write(json.dumps({**told, "peak_mib": int(peak.split()[1]) / 1024}) + "\n")
    sys.stdout.flush()
    os._exit(0)


def bare(began: float) -> None:
    """Show a plain window with one word."""
    # The two children import what they measure; the parent imports neither.
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - its import is measured
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow  # noqa: PLC0415 - its import is measured

    class Word(QLabel):
        def paintEvent(self, event):  # noqa: N802 - Qt's name
            super().paintEvent(event)
            QTimer.singleShot(0, lambda: report(began, {"painted": time.monotonic()}))

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(Word("预算单位工作台"))
    window.resize(1366, 768)
    window.show()
    app.exec()


def start(began: float, folder: Path, kept: Path | None) -> None:
    """Run `budgetdesk open` as it is; only the way to the key may be another."""
    from desktop.commands import window as command  # noqa: PLC0415 - its import is measured

    marks = {"imported": time.monotonic()}
    from desktop.ui.app import start as running  # noqa: PLC0415 - imported by the command already

    if kept is not None:
        secrets = {name: bytes.fromhex(secret) for name, secret in json.loads(kept.read_text()).items()}
        command.secrets_with = lambda folder, password: InMemory(secrets)
    command.has_display = lambda: True
    build_app = running.build_app

    def watched(*given, **named):
        marks["opened"] = time.monotonic()
        window = build_app(*given, **named)
        marks["built"] = time.monotonic()
        watch(window, marks, lambda: report(began, marks))
        return window

    running.build_app = watched
    command.run(Namespace(workspace=folder))


class InMemory:
    """Secrets as a keyring gives them: at once."""

    def __init__(self, kept: dict[str, bytes]) -> None:
        self.kept = kept

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def put(self, name: str, secret: bytes) -> None:
        self.kept[name] = secret

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


def watch(window, marks: Found, then: Callable[[], None]) -> None:
    """Note when the empty frame and when the filled home page has been painted."""
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415 - the program has imported it
    from shiboken6 import isValid  # noqa: PLC0415 - the program has imported it

    class Watch(QObject):
        def __init__(self, target, name: str, after: Callable[[], None]) -> None:
            super().__init__(window)
            self.target, self.name, self.after = target, name, after
            target.installEventFilter(self)

        def eventFilter(self, target, event):  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint and self.name not in marks:
                marks[self.name] = 0.0
                QTimer.singleShot(0, self.done)  # the whole window is painted in one go
            return False

        def done(self) -> None:
            marks[self.name] = time.monotonic()
            if isValid(self.target):
                self.target.removeEventFilter(self)
            self.after()

    page = window.page("home")
    Watch(window, "shown", lambda: None)
    page.status_changed.connect(lambda: Watch(page.checklist.viewport(), "filled", then))


def made_at(home: Path) -> Path:
    """Make the rehearsal, note its secrets, and return the unit's folder; in a process of its own, to stay small."""
    from desktop.commands.homes import REHEARSAL_PASSWORD, SECRETS_FILE  # noqa: PLC0415 - not in the parent
    from desktop.demo.stage import make  # noqa: PLC0415 - not in the parent
    from desktop.demo.story import UNIT_FOLDER  # noqa: PLC0415 - not in the parent
    from sync.secrets import PasswordFileStore  # noqa: PLC0415 - not in the parent

    secrets: dict[str, str] = {}

    class Noting(PasswordFileStore):
        def put(self, name: str, secret: bytes) -> None:
            super().put(name, secret)
            secrets[name] = secret.hex()

    make(home, MARK, lambda at: Noting(at / SECRETS_FILE, REHEARSAL_PASSWORD), lambda line: None)
    (home / "secrets.json").write_text(json.dumps(secrets))
    return home / UNIT_FOLDER


def measured(way: str, folder: Path, home: Path) -> Found:
    """Return the seconds and MiB of one fresh process."""
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
    }
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    asked = [sys.executable, __file__, "--child", way, repr(began), str(folder), str(home / "secrets.json")]
    done = subprocess.run(asked, env=surroundings, capture_output=True, text=True, check=False, timeout=30)
    if done.returncode or not done.stdout:
        raise SystemExit(f"{way}: {done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def table(runs: dict[str, list[Found]]) -> list[dict[str, object]]:
    """Return medians; the ratio is the median of the ratios of pairs that ran side by side."""
    rows: list[dict[str, object]] = []
    for way, found in runs.items():
        whole = "painted" if way == BARE else "filled"
        floors = [one["painted"] for one in runs[BARE]]
        middle = {name: statistics.median(one[name] for one in found) for name in found[0]}
        ratio = statistics.median(one[whole] / floor for one, floor in zip(found, floors, strict=True))
        rows.append({"what": WAYS[way], "seconds": middle[whole], "ratio": ratio, **middle})
    return rows


def main() -> None:
    """Make the rehearsal once, then let the three ways take turns."""
    runs: dict[str, list[Found]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        asked = [sys.executable, __file__, "--make", str(home)]
        root = str(Path(__file__).resolve().parents[2])
        folder = Path(
            subprocess.run(
                asked, env={**os.environ, "PYTHONPATH": root}, stdout=subprocess.PIPE, text=True, check=True
            ).stdout.strip()
        )
        for way in WAYS:  # the first of each fills the caches of the disk and writes the bytecode
            measured(way, folder, home)
        for _ in range(ROUNDS):
            for way in WAYS:
                runs[way].append(measured(way, folder, home))
    rows = table(runs)
    steps = ("imported", "opened", "built", "shown", "filled")
    out = sys.stdout.write
    out(f"{'what':32} {'s':>6} {'ratio':>6} {'MiB':>6}   " + " ".join(f"{step:>8}" for step in steps) + "\n")
    for row in rows:
        parts = " ".join(f"{row[step]:8.2f}" if step in row else f"{'':8}" for step in steps)
        out(f"{row['what']:32} {row['seconds']:6.2f} {row['ratio']:6.2f} {row['peak_mib']:6.0f}   {parts}\n")
    out("budget: ratio ≤ 3, ≤ 110 MiB\n")
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "out/bench_start.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    told = json.dumps({"medians": rows, "runs": runs}, ensure_ascii=False, indent=1)
    target.write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        sys.stdout.write(f"{made_at(Path(sys.argv[2]))}\n")
    elif sys.argv[1:2] == ["--child"]:
        asked_way, asked_at = sys.argv[2], float(sys.argv[3])
        if asked_way == BARE:
            bare(asked_at)
        else:
            start(asked_at, Path(sys.argv[4]), Path(sys.argv[5]) if asked_way == KEYRING else None)
    else:
        main()
