"""``python -m wenzhai`` is the command line."""

from wenzhai.cli import run

if __name__ == "__main__":
    raise SystemExit(run())
