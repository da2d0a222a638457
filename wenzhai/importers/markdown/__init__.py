"""Markdown that reads back as what was meant: a small model of documents, and its writer."""
