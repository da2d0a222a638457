"""wenzhai (文摘): a static-site toolkit for article digests."""

__version__ = "0.1.0"
