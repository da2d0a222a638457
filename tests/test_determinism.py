"""Two clean builds of the same sources are the same bytes, wherever and whenever they happen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import ROOT, environment
from sites import NOW, SETTINGS, SMALL, article, make_site, tree

DAY = 86_400
WORDS = ("开源", "芯片", "散热", "机房", "模型", "Llama", "RSS", "灯塔", "水库", "播客")
CODE = "```python\nfor one in {'a', 'b'}:\n    print(one)\n```"
MANY = {
    **SMALL,
    **{
        f"content/articles/{number:03}.md": article(
            f"第 {number} 篇：{WORDS[number % 10]}与{WORDS[number * 7 % 10]}",
            f"**{WORDS[number % 9]}。**后文[^1]，见[第一篇](one.md)。\n\n{CODE}\n\n[^1]: 注。",
            date=f"2024-0{number % 2 + 1}-{number % 28 + 1:02}",
            tags=f"[{WORDS[number % 7]}, {WORDS[number % 5]}]",
            region=("广东", "北京", "日本")[number % 3],
        )
        for number in range(56)  # so many that worker processes share them
    },
}


def build_in(site: Path, *arguments: str, mask: int = 0o022, **changes: str) -> dict[str, bytes]:
    """Build a site in a process of its own; return outputs and the record of them."""
    words = [sys.executable, "-m", "wenzhai", "build", "-q", "--site", str(site), *arguments]
    done = subprocess.run(
        words,
        cwd=site.parent,
        env=environment(**changes),
        umask=mask if os.name == "posix" else -1,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ledger = (site / "content/published.json").read_bytes()
    return {**tree(site / "public"), "published.json": ledger}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The outputs of a build here and now, by one process."""
    site = make_site(tmp_path_factory.mktemp("here") / "site", MANY)
    return build_in(site, "--jobs", "1", TZ="Asia/Shanghai", PYTHONHASHSEED="0", LC_ALL="C")


def test_folder_zone_hash_seed_locale_processes_and_date_do_not_matter(
    here: dict[str, bytes], tmp_path: Path
) -> None:
    backwards = dict(reversed(MANY.items()))
    site = make_site(tmp_path / "别处 with spaces" / "the site", backwards)
    there = build_in(
        site,
        "--jobs",
        "2",
        mask=0o077,
        TZ="America/St_Johns",
        PYTHONHASHSEED="4711",
        LC_ALL="zh_CN.UTF-8",
        SOURCE_DATE_EPOCH=str(NOW + 400 * DAY),
        HOME=str(tmp_path),
    )
    assert {
        path for path in here.keys() | there.keys() if here.get(path) != there.get(path)
    } == set()


def test_no_output_tells_where_or_when_it_was_made(here: dict[str, bytes], tmp_path: Path) -> None:
    traces = (str(tmp_path.parent).encode(), os.fsencode(Path.home()) + b"/", b"pytest-of-")
    assert [path for path, text in here.items() if any(trace in text for trace in traces)] == []


def test_the_sample_site_is_the_same_twice(tmp_path: Path) -> None:
    found = []
    for number, zone in enumerate(("UTC", "Pacific/Kiritimati")):
        site = tmp_path / f"copy{number}"
        for name in ("content", "static", "templates"):
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, site / name)
        shutil.rmtree(site / "content/sources", ignore_errors=True)  # converted on a certain day
        shutil.copy(ROOT / "site.toml", site)
        (site / "content/published.json").unlink(missing_ok=True)
        found.append(build_in(site, TZ=zone, SOURCE_DATE_EPOCH=str(NOW + number * 3600)))
    assert found[0] == found[1]


def test_a_build_on_the_last_record_equals_one_from_nothing(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", settings=SETTINGS)
    first = build_in(site)
    shutil.rmtree(site / ".wenzhai")
    shutil.rmtree(site / "public")
    assert build_in(site) == first
