"""A process that builds sites without a cache, under another hash seed, zone and folder.

Reads the path of a site a line, answers with the report as JSON a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sites import build

from wenzhai.report import report_json


def serve() -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        print(report_json(build(Path(line.rstrip("\n"))), "zh"), flush=True)  # noqa: T201  # answer


if __name__ == "__main__":
    serve()
