"""Writes installer/requirements.lock anew from pyproject.toml; needs uv: ``python3 installer/lock.py [--upgrade]``.

The lock is one for all systems (markers choose), every file of every package by its hash. It names no server: who
installs decides where from, the hashes decide what.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    "uv pip compile --no-config --quiet --universal --generate-hashes --python-version 3.11 --all-extras"
    " --only-binary :all: --no-emit-index-url --no-emit-find-links --no-annotate"
    " --output-file installer/requirements.lock pyproject.toml"
)


def main(arguments: list[str]) -> int:
    """Run uv without the settings of this machine, so that only what is public gets in."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    clean["UV_CUSTOM_COMPILE_COMMAND"] = "python3 installer/lock.py"
    return subprocess.run([*COMPILE.split(), *arguments], cwd=ROOT, env=clean, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
