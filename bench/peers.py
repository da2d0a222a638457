"""Makes the two sites of the benchmark from one corpus: the same articles, pages and feeds."""

from __future__ import annotations

import shutil
from pathlib import Path

from corpus import IMAGES, Sample, front_matter, make_sample

HERE = Path(__file__).parent
IMAGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90">'
    '<rect width="160" height="90" fill="hsl({hue} 40% 60%)"/></svg>\n'
)
# What Hugo's layouts here do not make is off; what they make has the same size.
SETTINGS = """
title = "样本"
base_url = "https://example.com/"
per_page = 20

[feeds]
formats = ["rss"]
items = 30
term_items = 20
tags = true
regions = false
content = "full"

[output]
twins = false
digests = "none"
archive = true
related = 5
"""


def make_wenzhai_site(site: Path, count: int, *, alike: bool = False) -> None:
    """Write a wenzhai site of ``count`` articles; ``alike`` with the markup of Hugo's pages."""
    if alike:
        shutil.copytree(HERE / "wenzhai", site)
        shutil.copytree(HERE / "hugo" / "static", site / "static")
    articles = site / "content" / "articles"
    _write_images(articles / "images")
    (site / "site.toml").write_text(SETTINGS, encoding="utf-8")
    for number in range(count):
        item = make_sample(number, "images/")
        _write(articles, item, {**_rows(item), "region": item.region})


def make_hugo_site(site: Path, count: int) -> None:
    """Write a Hugo site of the same articles, with year and month as taxonomies."""
    shutil.copytree(HERE / "hugo", site)
    articles = site / "content" / "articles"
    articles.mkdir(parents=True)
    _write_images(site / "static" / "images")
    for number in range(count):
        item = make_sample(number, "/images/")
        date = item.date
        terms = {
            "regions": (item.region,),
            "archive": (f"{date:%Y}",),
            "months": (f"{date:%Y-%m}",),
        }
        _write(articles, item, {**_rows(item), **terms})


def edit_body(site: Path, number: int, edition: int) -> None:
    """Add a sentence to the body of one article."""
    path = site / "content" / "articles" / f"{make_sample(number, '').slug}.md"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n第 {edition} 次补记。\n")


def _rows(item: Sample) -> dict[str, str | tuple[str, ...]]:
    return {
        "title": item.title,
        "date": item.date.isoformat(),
        "author": item.author,
        "tags": item.tags,
        "source_url": item.source_url,
        "summary": item.summary,
        "slug": item.slug,
    }


def _write(folder: Path, item: Sample, rows: dict[str, str | tuple[str, ...]]) -> None:
    text = front_matter(rows) + item.body
    (folder / f"{item.slug}.md").write_text(text, encoding="utf-8", newline="\n")


def _write_images(folder: Path) -> None:
    folder.mkdir(parents=True)
    for number in range(IMAGES):
        image = IMAGE.format(hue=number * 18)
        (folder / f"{number:02d}.svg").write_text(image, encoding="utf-8")
