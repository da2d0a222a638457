"""Saves as an author does, to a site of the benchmark; every save holds a word of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from corpus import make_sample

STEPS = ("body", "title", "tag", "template", "new", "deleted")
NEW = "/articles/brand-new/"


@dataclass(frozen=True)
class Saved:
    """A save: its moment (monotonic seconds), where it shows, and how one sees that it does."""

    moment: float
    address: str
    word: str
    holds: Callable[[int, bytes], bool]


class Editor:
    """Saves to one site, and knows where each save shows."""

    def __init__(self, site: Path, template: str, count: int) -> None:
        """Take over a site of ``count`` articles; ``template`` is that of all pages."""
        self._articles = site / "content" / "articles"
        self._template = site / template
        self._texts: dict[Path, str] = {}
        self._middle, self._newest = (make_sample(n, "").slug for n in (count // 2, count - 1))
        self._saves = 0

    @property
    def body_address(self) -> str:
        """Return the address of the article whose body is edited."""
        return f"/articles/{self._middle}/"

    def save(self, step: str) -> Saved:
        """Do what a step says."""
        self._saves += 1
        word = f"zz{self._saves}q"
        if step == "deleted":
            start = time.monotonic()
            (self._articles / "brand-new.md").unlink()
            return Saved(start, NEW, "", lambda status, _: status == HTTPStatus.NOT_FOUND)
        path, old, new = self._change(step, word)
        text = self._texts.setdefault(path, path.read_text(encoding="utf-8") if old else "")
        content = text.replace(old, new, 1) if old else new
        start = time.monotonic()
        path.write_text(content, encoding="utf-8")
        token = word.encode()
        holds = lambda status, body: status == HTTPStatus.OK and token in body  # noqa: E731  # short
        return Saved(start, self._address(step), word, holds)

    def restore(self) -> None:
        """Put everything back."""
        for path, text in self._texts.items():
            if text:
                path.write_text(text, encoding="utf-8")

    def _address(self, step: str) -> str:
        pages = {"body": self.body_address, "template": "/", "new": NEW}
        return pages.get(step, f"/articles/{self._newest}/")

    def _change(self, step: str, word: str) -> tuple[Path, str, str]:
        """Return a file, what in it makes way (nothing: it is new), and for what."""
        newest = self._articles / f"{self._newest}.md"
        if step == "body":
            return self._articles / f"{self._middle}.md", "\n\n", f"\n\n{word} 是新写的一段。\n\n"
        if step == "title":
            return newest, 'title: "', f'title: "{word} '
        if step == "tag":
            return newest, "tags: [", f"tags: [{word}, "
        if step == "template":
            return self._template, "</body>", f"{word}</body>"
        head = f"title: {word} 新文章\ndate: 2025-01-01\nslug: brand-new\ntags: [新]"
        return self._articles / "brand-new.md", "", f"---\n{head}\n---\n\n正文。\n"
