"""Build this site: ``python build.py [COMMAND]``; without a command, build it into ``public/``."""

import sys


def main() -> int:
    """Run the command line, or say in one line what is not installed."""
    try:
        from wenzhai.cli import main as run  # noqa: PLC0415  # here its absence can be told

        return run()
    except ModuleNotFoundError as error:
        if str(error.name).startswith("wenzhai"):
            raise
        told = f"{error.name} 没有安装 / is not installed: python -m pip install .\n"
        sys.stderr.buffer.write(told.encode())
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
