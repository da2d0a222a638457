"""A newer converter: what an older one made is made again, and what people did to it stays."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sites import NOW, SETTINGS, make_site
from test_convert import ARTICLE, RECORD, SOURCE, TEXT, Site, codes

from wenzhai.engine import build_site
from wenzhai.importers import formats
from wenzhai.importers.formats import CONVERTERS, is_outdated
from wenzhai.importers.text import CONVERTER
from wenzhai.request import Run
from wenzhai.verdicts import Wish

OLD = "text/1"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def record_of(site: Site, path: str = RECORD) -> dict[str, Any]:
    shape: dict[str, Any] = json.loads(site.read(path))
    return shape


def age(site: Site, *changes: tuple[str, str], article: str = ARTICLE) -> None:
    """Make article and record what an older converter would have left, and forget the cache."""
    record = article.removesuffix(".md") + ".import.json"
    text = site.read(article)
    for new, old in changes:
        assert new in text
        text = text.replace(new, old)
    shape = record_of(site, record) | {"converter": OLD}
    shape["article"] = {"sha256": sha256(text.encode()).hexdigest(), "lines": text.split("\n")}
    site.write(article, text)
    site.write(record, json.dumps(shape, ensure_ascii=False))
    site.settled = frozenset()


def converted(site: Site) -> str:
    site.write(SOURCE, TEXT)
    site.convert("2026-01-02")
    return site.read(ARTICLE)


def test_untouched_article_is_made_again_and_keeps_its_day(site: Site) -> None:
    made = converted(site)
    age(site, ("每天晚上亮一次", "每 天晚 上亮一 次"))
    report = site.convert("2027-12-31")
    assert (report.imported, codes(report)) == ((ARTICLE,), ["W771"])
    assert report.problems[0].arguments == (("count", "1"), ("names", ARTICLE))
    assert site.read(ARTICLE) == made
    assert record_of(site)["converter"] == CONVERTER
    assert "added: '2026-01-02'" in made


def test_same_result_renews_the_record_alone_and_without_a_word(site: Site) -> None:
    made = converted(site)
    age(site)
    report = site.convert()
    assert (report.imported, report.problems) == ((), ())
    assert (site.read(ARTICLE), record_of(site)["converter"]) == (made, CONVERTER)


def test_edits_are_merged_with_what_is_new(site: Site) -> None:
    converted(site)
    age(site, ("灯塔的灯", "灯塔"))
    site.write(ARTICLE, site.read(ARTICLE).replace("每天晚上", "每晚"))
    report = site.convert()
    assert (report.imported, sorted(codes(report))) == ((ARTICLE,), ["W771", "W772"])
    assert "title: 灯塔的灯\n" in site.read(ARTICLE)
    assert "每晚亮一次" in site.read(ARTICLE)


def test_edits_stay_where_the_result_is_the_same(site: Site) -> None:
    converted(site)
    age(site)
    edited = site.read(ARTICLE).replace("每天晚上", "每晚")
    site.write(ARTICLE, edited)
    report = site.convert()
    assert (report.imported, report.problems) == ((), ())
    assert (site.read(ARTICLE), record_of(site)["converter"]) == (edited, CONVERTER)


def test_edits_in_the_same_place_win_and_are_not_asked_again(site: Site) -> None:
    converted(site)
    age(site, ("每天晚上", "每天晩上"))
    edited = site.read(ARTICLE).replace("每天晩上", "夜夜")
    site.write(ARTICLE, edited)
    report = site.convert()
    assert (report.imported, report.problems, site.read(ARTICLE)) == ((), (), edited)
    assert record_of(site)["passed_over"] == CONVERTER
    before = site.read(RECORD)
    site.settled = frozenset()
    site.convert()
    assert site.read(RECORD) == before


def test_source_that_changes_later_takes_the_record_along(site: Site) -> None:
    test_edits_in_the_same_place_win_and_are_not_asked_again(site)
    site.write(SOURCE, TEXT.replace("灯塔的灯", "灯塔与灯"))
    site.convert(wish=Wish(keep=True))
    shape = record_of(site)
    assert (shape["converter"], "passed_over" in shape) == (CONVERTER, False)


def test_edits_without_a_known_conversion_are_left_alone(site: Site) -> None:
    converted(site)
    age(site)
    shape = record_of(site)
    del shape["article"]["lines"]
    site.write(RECORD, json.dumps(shape))
    site.write(ARTICLE, site.read(ARTICLE) + "又一段。\n")
    before = (site.read(ARTICLE), site.read(RECORD))
    assert site.convert().problems == ()
    assert (site.read(ARTICLE), site.read(RECORD)) == before


@pytest.mark.parametrize("text", ["访问过于频繁，请输入验证码后继续访问。", "——"])
def test_published_article_outlives_a_converter_that_would_hold_or_refuse_it(
    site: Site, text: str
) -> None:
    converted(site)
    age(site)
    site.write(SOURCE, text)
    shape = record_of(site)
    shape["source"]["sha256"] = sha256(text.encode()).hexdigest()
    site.write(RECORD, json.dumps(shape, ensure_ascii=False))
    before = site.read(ARTICLE)
    report = site.convert()
    assert (report.imported, report.problems, site.read(ARTICLE)) == ((), (), before)
    assert len(report.settled) == 1


def test_keep_keeps_and_a_second_run_has_nothing_to_do(site: Site) -> None:
    converted(site)
    age(site, ("每天晚上", "每天晩上"))
    old = site.read(ARTICLE)
    site.convert(wish=Wish(keep=True))
    assert site.read(ARTICLE) == old
    site.settled = frozenset()
    assert site.convert().imported == (ARTICLE,)
    before = site.read(RECORD)
    site.settled = frozenset()
    assert (site.convert().imported, site.read(RECORD)) == ((), before)


def test_entries_of_a_container_are_made_again(site: Site) -> None:
    item = {"id": "1", "title": "灯塔的灯", "content_html": "<p>灯塔里有一盏灯，每天亮一次。</p>"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    site.write("content/sources/f.json", json.dumps(feed))
    (article,) = site.convert().imported
    made = site.read(article)
    record = article.removesuffix(".md") + ".import.json"
    assert record_of(site, record)["converter"] == "jsonfeed/1 body/2"
    age(site, ("每天亮一次", "亮一次"), article=article)
    shape = record_of(site, record) | {"converter": "body/1"}
    site.write(record, json.dumps(shape, ensure_ascii=False))
    report = site.convert()
    assert (report.imported, site.read(article)) == ((article,), made)


@pytest.mark.parametrize(
    ("converter", "old"),
    [
        ("text/1", True),
        ("text/9999", False),
        ("text", False),
        ("body/1", True),
        ("mail/1 text/1", True),
        ("", False),
        ("nobody/1", False),
        ("text/x", True),
        *((one, False) for one in CONVERTERS),
        (" ".join(CONVERTERS), False),
    ],
)
def test_versions_are_compared_by_name(converter: str, *, old: bool) -> None:
    assert is_outdated(converter) is old


def test_a_strict_build_says_it_and_goes_on(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site", {SOURCE: TEXT}, SETTINGS)
    run = Run(folder, folder / "public", NOW, strict=True)
    build_site(run)
    older = Site(folder)
    age(older, ("每天晚上亮一次", "每晚亮一次"))
    report = build_site(run)
    assert (report.ok, report.imported) == (True, 1)
    assert [item.code for item in report.problems] == ["W771"]
    assert build_site(run).problems == ()


def test_what_is_settled_is_not_even_read_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    converted(site)
    monkeypatch.setattr(formats, "is_outdated", None)
    monkeypatch.setattr("wenzhai.verdicts.read_record", None)
    assert site.convert().problems == ()
