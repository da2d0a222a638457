"""Importers: saved articles of many kinds become Markdown and a record."""
