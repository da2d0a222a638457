"""Build this site: ``python build.py [COMMAND]``; without a command, build it into ``public/``."""

from wenzhai.cli import run

if __name__ == "__main__":
    raise SystemExit(run())
