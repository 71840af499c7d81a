"""`budgetdesk doctor`: can this PC do the work?"""

from argparse import Namespace

from desktop.commands.answer import Exit, say, say_json
from desktop.commands.homes import default_home
from desktop.diagnosis import as_line, diagnose


def run(arguments: Namespace) -> Exit:
    """Look at everything and say it line by line."""
    findings = diagnose(default_home())
    ok = all(finding.ok for finding in findings if finding.needed)
    if arguments.json:
        rows = [{"what": f.what, "ok": f.ok, "needed": f.needed, "told": f.told} for f in findings]
        say_json({"ok": ok, "findings": rows})
    else:
        for finding in findings:
            say(as_line(finding))
        say("可以使用。" if ok else "还不能使用：请先处理标 ✕ 的项目。")
    return Exit.GOOD if ok else Exit.PROBLEMS
