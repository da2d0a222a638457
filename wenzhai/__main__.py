"""``python -m wenzhai`` is the command line."""

from wenzhai.cli import main

if __name__ == "__main__":
    main()
