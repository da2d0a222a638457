"""Regions: forms that are recognised, and names that only look like one."""

from __future__ import annotations

import pytest

from wenzhai.region_table import CITIES, PROVINCES
from wenzhai.regions import find_region_prefix, parse_region, region_name, region_names


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("广东", "guangdong"),
        ("广东省", "guangdong"),
        ("中国广东", "guangdong"),
        (" 广东 ", "guangdong"),
        ("湖南长沙", "hunan"),
        ("湖南省长沙市", "hunan"),
        ("深圳", "guangdong"),
        ("吉林市", "jilin"),
        ("内蒙古", "neimenggu"),
        ("内蒙古自治区", "neimenggu"),
        ("广西壮族自治区", "guangxi"),
        ("新疆维吾尔自治区", "xinjiang"),
        ("西藏", "xizang"),
        ("Tibet", "xizang"),
        ("香港特别行政区", "hongkong"),
        ("Hong Kong", "hongkong"),
        ("中国香港", "hongkong"),
        ("澳门", "macao"),
        ("Macau", "macao"),
        ("台灣", "taiwan"),
        ("中国台湾", "taiwan"),
        ("guangdong", "guangdong"),
        ("Guangdong Province, China", "guangdong"),
        ("CN-GD", "guangdong"),
        ("日本", "japan"),
        ("Japan", "japan"),
        ("usa", "united-states"),
        ("印尼", "indonesia"),
        ("中国", "china"),
        ("刚果（金）", "dr-congo"),
    ],
)
def test_forms_of_a_region_lead_to_its_slug(written: str, slug: str) -> None:
    region = parse_region(written)
    assert region is not None
    assert region.slug == slug


@pytest.mark.parametrize(
    "written",
    ["", "海外", "广东人", "广东人民出版社", "2024-03-01", "Guangdnog", "BJ", "广", "x" * 99],
)
def test_what_is_no_region_gives_none(written: str) -> None:
    assert parse_region(written) is None


def test_shaanxi_and_shanxi_are_kept_apart() -> None:
    shaanxi, shanxi = parse_region("陕西"), parse_region("山西")
    assert shaanxi is not None
    assert shanxi is not None
    assert (shaanxi.code, shaanxi.slug) == ("SN", "shaanxi")
    assert (shanxi.code, shanxi.slug) == ("SX", "shanxi")


def test_written_form_is_kept_only_where_it_differs() -> None:
    plain, long = parse_region("广东"), parse_region("广东省")
    assert plain is not None
    assert plain.written == ""
    assert long is not None
    assert (long.name, long.written) == ("广东", "广东省")


def test_glued_text_gives_the_longest_region_at_its_start() -> None:
    found = find_region_prefix("四川天府经济站官方账号")
    assert found is not None
    assert (found[0].name, found[1]) == ("四川", 2)
    longer = find_region_prefix("内蒙古自治区呼和浩特市今天")
    assert longer is not None
    assert longer[1] == len("内蒙古自治区呼和浩特市")
    assert find_region_prefix("天府经济站") is None


def test_there_are_34_provinces_with_unique_codes() -> None:
    rows = [line.split(" ") for line in PROVINCES.split("\n") if line]
    assert len(rows) == 34
    assert len({row[0] for row in rows}) == 34


def test_every_display_name_is_recognised_and_leads_back() -> None:
    for name in region_names():
        region = parse_region(name)
        assert region is not None, name
        assert name in {region_name(region.slug, "zh"), region_name(region.slug, "en")}


def test_no_city_is_claimed_twice() -> None:
    cities = [city for line in CITIES.split("\n") for city in line.split(" ")[1:]]
    assert len(cities) == len(set(cities))


def test_unknown_slug_has_no_name() -> None:
    assert region_name("atlantis", "en") == ""
