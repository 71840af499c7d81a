"""Sets up what is missing, then starts a command: ``python3 installer/bootstrap.py demo|run|test|setup [...]``.

This file alone must be readable by every Python 3, so that an old one is told what to do instead of failing on newer
syntax; everything else is imported after that check.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this line is for those
    sys.stderr.write(
        "需要 Python 3.11 或更高版本，当前是 {0}。请安装新版本后，用它再运行一次本命令。\n"
        "Python 3.11 or newer is needed, this is {0}. Install a newer one and run this command with it.\n".format(
            ".".join(str(part) for part in sys.version_info[:3])
        )
    )
    sys.exit(2)

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - no pathlib before the check
sys.path.insert(0, ROOT)

from installer.command import main  # noqa: E402 - only after the version is known

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
