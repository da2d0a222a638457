#!/usr/bin/env python3
"""Build this site: ``python build.py`` writes it into ``public/``; ``--help`` shows the rest."""

from wenzhai.cli import run

if __name__ == "__main__":
    raise SystemExit(run())
