"""Summaries and tags on a site of several languages: each text is taken for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import SETTINGS, build, make_site

from wenzhai.importers.tags import TagStatistics, propose_tags
from wenzhai.importers.text import convert_text

PASSAGES = {
    path.stem: path.read_text("utf-8")
    for path in (Path(__file__).parents[1] / "data" / "passages").glob("*.txt")
}
ENGLISH = (
    "A ferry crosses the river at seven. The pilot, who draws maps for OpenStreetMap in her spare "
    "time, knows each stone. OpenStreetMap lists four landings, and the OpenStreetMap entry of the "
    "ferry says it runs on demand.\n\nNobody has drowned here since the lamp was lit. When the "
    "bus with the oil is late, the village keeps watch in turns, and the children are allowed to "
    "stay up and count the boats.\n"
)
TITLES = {
    "simplified": "社区图书室的新目录",
    "traditional": "末班電車與圖書館",
    "japanese": "古い図書館の話",
    "korean": "산 위의 도서관",
    "english": "The lamp at the ferry",
}
TEXTS = PASSAGES | {"english": ENGLISH}
SITE = TagStatistics(
    60,
    (
        ("AI", 9),
        ("OpenStreetMap", 1),
        ("Python", 7),
        ("図書館", 2),
        ("图书室", 3),
        ("图书馆", 5),
        ("도서관", 2),
        ("電車", 4),
    ),
)
TAGS = {
    "simplified": ("图书室",),
    "traditional": ("图书馆", "電車"),
    "japanese": ("図書館",),
    "korean": ("도서관",),
    "english": ("OpenStreetMap",),
}


@pytest.mark.parametrize("script", TITLES)
def test_tags_of_other_languages_are_not_proposed(script: str) -> None:
    found = propose_tags(TITLES[script], TEXTS[script], SITE)
    assert sorted(found) == sorted(TAGS[script])


def test_a_term_is_not_proposed_in_two_scripts() -> None:
    text = "圖書館在山上。圖書館的燈亮著，人們說圖書館不關門，走進圖書館要輕。"
    site = TagStatistics(9, (("图书馆", 2),))
    assert propose_tags("山上的圖書館", text, site) == ("图书馆",)
    assert propose_tags("山上的圖書館", text, TagStatistics()) == ("圖書館",)


def test_japanese_and_korean_texts_get_no_chinese_terms() -> None:
    for script in ("japanese", "korean", "english"):
        assert propose_tags(TITLES[script], TEXTS[script], TagStatistics()) == ()


def test_a_site_of_several_languages_is_summarised_in_whole_sentences(tmp_path: Path) -> None:
    sources = {
        f"content/sources/{script}.txt": f"{TITLES[script]}\n2024-03-04\n作者：林知远\n{text}"
        for script, text in TEXTS.items()
    }
    site = make_site(tmp_path / "site", sources, SETTINGS)
    report = build(site)
    assert (report.ok, report.articles) == (True, len(TEXTS))
    for script, text in TEXTS.items():
        made = convert_text(sources[f"content/sources/{script}.txt"], "a.txt", "2026-01-02", "UTC")
        assert "summary" not in dict(made.front)  # none is stated: pages make their own
        (page,) = (
            path.read_text("utf-8")
            for path in (site / "public/articles").rglob("index.html")
            if f"<title>{TITLES[script]}" in path.read_text("utf-8")
        )
        summary = page.partition('<meta name="description" content="')[2].partition('"')[0]
        assert summary[-1] in "。.", summary
        plain = "".join(text.split())
        for sentence in summary.replace(". ", ".\n").replace("。", "。\n").split("\n"):
            assert "".join(sentence.split()) in plain
        assert (" " in summary) == (script in {"english", "korean"})
