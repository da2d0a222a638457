"""Saved web pages: what is the article in them, and what they say about it."""
