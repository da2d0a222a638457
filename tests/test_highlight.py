"""Code blocks and the colours of their style sheet."""

from __future__ import annotations

import re

import pytest
from pygments.styles import get_style_by_name

from wenzhai.highlight import DARK_STYLE, LIGHT_STYLE, code_block, highlight_css


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", [LIGHT_STYLE, DARK_STYLE])
def test_every_colour_has_enough_contrast(name: str) -> None:
    style = get_style_by_name(name)
    background = style.background_color.removeprefix("#")
    for token, look in style:
        pair = [luminance(look["color"] or "000000"), luminance(look["bgcolor"] or background)]
        if look["color"]:
            assert (max(pair) + 0.05) / (min(pair) + 0.05) >= 4.5, token


def test_known_code_is_coloured() -> None:
    found = code_block("x = 1 < 2\n", "python")
    assert found.startswith(
        '<div class="highlight"><pre tabindex="0"><code class="language-python">'
    )
    assert '<span class="mi">1</span>' in found
    assert "&lt;" in found


def test_unknown_code_is_plain_and_escaped() -> None:
    assert code_block("<b>", 'no"pe') == (
        '<div class="highlight"><pre tabindex="0"><code class="language-no&quot;pe">'
        "&lt;b&gt;</code></pre></div>\n"
    )


def test_colours_can_be_switched_off() -> None:
    assert "<span" not in code_block("x = 1\n", "python", colour=False)


def test_blank_lines_of_code_stay() -> None:
    text = re.sub(r"<[^>]+>", "", code_block("\n\nx\n\n", "python"))
    assert text == "\n\nx\n\n\n"


def test_the_style_sheet_has_both_schemes() -> None:
    css = highlight_css()
    light, dark = css.split("@media (prefers-color-scheme: dark) {", 1)
    assert light.startswith(".highlight { background: #ffffff; color: #")
    assert ":root:not([data-theme=light]) .highlight .k {" in dark
    assert ":root[data-theme=dark] .highlight .k {" in dark
    assert css.count("{") == css.count("}")


def test_no_light_colour_shines_through_in_the_dark() -> None:
    css = highlight_css()
    light = set(re.findall(r"^\.highlight \.(\w+) ", css, re.MULTILINE))
    dark = set(re.findall(r"^:root\[data-theme=dark\] \.highlight \.(\w+) ", css, re.MULTILINE))
    assert light
    assert light <= dark
