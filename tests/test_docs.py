from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import unquote

import pytest

from wenzhai.cli import COMMANDS, make_parser
from wenzhai.codes import CODES
from wenzhai.importers.text import convert_text, markdown
from wenzhai.reference import GROUPS, main, problem_reference, references, settings_reference
from wenzhai.schema import KEYS

ROOT = Path(__file__).parents[1]
README, README_ZH = ROOT / "README.md", ROOT / "README.zh-CN.md"
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "bench" / "README.md",
]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def shell_blocks(text: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def anchors(text: str) -> set[str]:
    """Name the anchors that GitHub makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def links_of(path: Path) -> list[str]:
    """Name the link targets of a page, without those in code."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text_of(path), flags=re.DOTALL)
    return re.findall(r"\]\(([^)\s]+)\)", prose)


def command_table(text: str) -> list[str]:
    return re.findall(r"^\| `python build\.py ?([^`]*)` \|", text, re.MULTILINE)


def command_lines(text: str) -> list[str]:
    """Give what follows the program's name wherever a command line is shown."""
    code = "\n".join([*shell_blocks(text), *re.findall(r"`([^`\n]+)`", text)])
    found = re.findall(r"(?:python build\.py|^wenzhai)(?: (.*))?$", code, re.MULTILINE)
    return [line for line in found if "…" not in line]


def addresses(text: str) -> list[str]:
    """Name the addresses of the table of what is made."""
    rows = re.findall(r"^\| (`/.*?) \|", text, re.MULTILINE)
    return [address for row in rows for address in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("name", references())
def test_references_are_as_the_program_makes_them(name: str) -> None:
    assert text_of(ROOT / name) == references()[name], "run: python -m wenzhai.reference"


def test_every_code_is_in_the_reference_once() -> None:
    found = re.findall(r"^\| ([EW]\d{3}) \|", problem_reference(), re.MULTILINE)
    assert sorted(found) == sorted(CODES)
    assert {code[1] for code in CODES} <= set(GROUPS)


def test_reference_shows_defaults_as_they_are_written_in_settings() -> None:
    text = settings_reference()
    assert '| `formats` | `rss` · `atom` · `json` | `["rss", "atom", "json"]` |' in text
    assert "| `per_page` | 1–1000 | `20` |" in text
    assert "| `twins` | `true` · `false` | `true` |" in text


def test_references_can_be_renewed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    assert main(tmp_path) == 0
    for name, text in references().items():
        assert text_of(tmp_path / name) == text


def test_references_are_written_into_a_checkout_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(tmp_path) == 2
    assert "checkout" in capsys.readouterr().err


def test_front_matter_page_lists_exactly_the_keys_that_are_read() -> None:
    keys = re.findall(r"^\| `(\w+)` \|", text_of(ROOT / "docs" / "front-matter.md"), re.MULTILINE)
    assert sorted(keys) == sorted(KEYS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_inside_the_documents_resolve(page: Path) -> None:
    for link in links_of(page):
        if re.match(r"https?://", link):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / unquote(name) if name else page
        assert target.exists(), f"{page.name}: {link}"
        assert not anchor or unquote(anchor) in anchors(text_of(target)), f"{page.name}: {link}"


def test_both_readmes_have_the_same_commands_and_addresses() -> None:
    english, chinese = text_of(README), text_of(README_ZH)
    assert shell_blocks(english) == shell_blocks(chinese)
    assert command_table(english) == command_table(chinese)
    assert addresses(english) == addresses(chinese)


def test_first_two_commands_install_and_then_build_and_test_in_one_line_each() -> None:
    build, tests = shell_blocks(text_of(README))[:2]
    assert build.count("\n") == tests.count("\n") == 1
    assert build.endswith(".venv/bin/python build.py\n")
    assert "pip install" in build
    assert ".venv/bin/pytest" in tests
    assert "[test]" in tests
    assert text_of(README).index(tests) < 1000, "they belong on the first screen"


@pytest.mark.parametrize("page", [README, README_ZH], ids=["en", "zh"])
def test_sample_in_the_readme_is_converted_as_it_shows(page: Path) -> None:
    blocks = re.findall(
        r"^```(?:text|markdown)\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL
    )
    saved, shown = blocks[:2]
    assert markdown(convert_text(saved, "robot.txt", "2024-03-10", "Asia/Shanghai")) == shown


def test_readme_lists_exactly_the_commands_there_are() -> None:
    rows = [row.split(" ", 1)[0] or "build" for row in command_table(text_of(README))]
    assert sorted(rows) == sorted(COMMANDS)


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name != "problems.md"],  # hints name commands in short
    ids=lambda page: page.relative_to(ROOT).as_posix(),
)
def test_command_lines_in_the_documents_are_understood(page: Path) -> None:
    for line in command_lines(text_of(page)):
        words = shlex.split(line)
        if words[:1] != ["--help"]:
            make_parser("en").parse_args(words or ["build"])


@pytest.mark.parametrize(("heading", "command"), [("## 预览", "serve"), ("## 生成", "build")])
def test_options_in_the_guide_belong_to_their_command(heading: str, command: str) -> None:
    section = text_of(ROOT / "docs" / "guide.md").split(f"\n{heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`--.*?) \|", section, re.MULTILINE)
    assert rows
    for option in re.findall(r"`(--[^`]+)`", " ".join(rows)):
        words = option.replace("--port N", "--port 1").split()
        make_parser("en").parse_args([command, *words])


def test_both_guides_show_the_same_commands() -> None:
    english, chinese = (text_of(ROOT / "docs" / name) for name in ("guide.en.md", "guide.md"))
    words = re.compile(r'"[^"]*"')
    assert [words.sub('""', block) for block in shell_blocks(english)] == [
        words.sub('""', block) for block in shell_blocks(chinese)
    ]
    assert re.findall(r"^\| `(--[\w-]+)", english, re.MULTILINE) == re.findall(
        r"^\| `(--[\w-]+)", chinese, re.MULTILINE
    )
