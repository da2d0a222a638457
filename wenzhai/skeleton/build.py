#!/usr/bin/env python3
"""Build this site: ``python build.py`` writes it into ``public/``; ``--help`` shows the rest."""

import sys

MISSING = "还没有安装 wenzhai / wenzhai is not installed: python -m pip install -r requirements.txt"

try:
    from wenzhai.cli import main as run
except ModuleNotFoundError:
    sys.stderr.buffer.write(f"{MISSING}\n".encode())
    raise SystemExit(2) from None

if __name__ == "__main__":
    run()
