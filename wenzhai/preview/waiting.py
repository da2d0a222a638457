"""The page that stands in for one that cannot be made yet; its script shows what is wrong."""

from __future__ import annotations

from wenzhai.digest import digest_bytes
from wenzhai.model import OutPath
from wenzhai.preview.outputs import Page
from wenzhai.problems import Language

WORDS = {
    "zh": ("预览", "还没有可以看的页面。改正所报的错误后，这里会自己出现。"),
    "en": ("Preview", "There is no page to show yet. It appears here once the errors are mended."),
}
PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.7 system-ui, sans-serif; max-width: 36rem; margin: 20vh auto;
  padding: 0 1rem; }}
</style>
</head>
<body>
<p>{text}</p>
</body>
</html>
"""


def waiting_page(language: Language) -> Page:
    """Make the page in the reader's language."""
    title, text = WORDS[language]
    content = PAGE.format(lang=language, title=title, text=text).encode()
    return Page(OutPath("index.html"), digest_bytes(content), content)
