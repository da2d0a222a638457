"""Which part of a page is its article, and where that ends; nothing that is left out is lost."""

from __future__ import annotations

import pytest

from wenzhai.importers.html.page import convert_html
from wenzhai.importers.text import Conversion

TODAY, ZONE = "2026-01-02", "Asia/Shanghai"
TEXT = "早上七点，老渡口的灯还亮着，摆渡的人已经把绳子解开了三遍，又系上了三遍。"
MORE = "雾散以后，河面上什么也没有，只有一根绳子，还系在原来的桩子上，没有人来解。"
SAID = "我去年也在这里坐过船，那天也有雾，摆渡的人也什么都没有说，船就到了对岸。"
ENGLISH = (
    "The ferry left at seven, as it always did, and nobody on the pier could say, even after "
    "all these years, whether anyone had been on board. "
)


def convert(body: str, head: str = "<title>老渡口的灯还亮着</title>") -> Conversion:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return convert_html(html, "a.html", TODAY, ZONE)


def removed(made: Conversion) -> str:
    """Return all that was left out."""
    return "\n".join(cut.text for cut in made.record.removed)


def article(text: str) -> str:
    return f"<h1>老渡口的灯还亮着</h1><div class=content>{text}</div>"


def test_short_article_counts_more_than_a_container_named_like_one() -> None:
    named = (
        "<div class=articleName><h1>老渡口的灯还亮着</h1><div>2024-03-04 08:30 南岭快报</div></div>"
    )
    made = convert(f"{named}<div class=box><p>{TEXT}</p></div><div>扫码阅读全文</div>")
    assert made.body.strip() == TEXT


def test_long_comments_are_not_taken_for_the_article() -> None:
    talk = "".join(f"<div><a>客人{n}</a><p>{SAID}</p></div>" for n in range(12))
    post = f"<div class=post><p>{TEXT}</p><p>{MORE}</p></div>"
    made = convert(f"<h1>老渡口的灯还亮着</h1>{post}<div id=comments>评论{talk}</div>")
    assert TEXT in made.body
    assert SAID not in made.body
    assert SAID in removed(made)


def test_page_that_ends_in_its_middle_goes_on() -> None:
    made = convert(f"<div>首页</div></body></html>{article(f'<p>{TEXT}</p><p>{MORE}</p>')}")
    assert MORE in made.body


def test_first_of_several_posts_is_the_article() -> None:
    post = "<h3>{}</h3><p>{}</p><div>由海风张贴 @ 2005-03-21 01:20:44 | <a>发表评论</a></div>"
    posts = post.format("老渡口的灯", TEXT + MORE) + post.format("另一天", SAID)
    made = convert(f"<div class=content>{posts}</div>")
    assert TEXT in made.body
    assert SAID not in made.body
    assert SAID in removed(made)


@pytest.mark.parametrize(
    "label", ["《老渡口的灯》已有1件评论", "共有 12 条评论", "反侵权公告：", "【版权声明】"]
)
def test_what_a_label_announces_behind_the_text_is_left_out(label: str) -> None:
    text = f"<p>{TEXT}</p>" * 2 + f"<p>{MORE}</p><p>{label}</p><p>{SAID}</p>"
    made = convert(article(text))
    assert MORE in made.body
    assert SAID not in made.body
    assert SAID in removed(made)


def test_prompts_behind_a_code_to_scan_are_left_out() -> None:
    prompts = "<p>扫描下方二维码解锁更多</p><p>1、回复【船票】看余票</p><p>点一点在看</p>"
    made = convert(article(f"<p>{TEXT}</p><p>{MORE}</p>{prompts}"))
    assert "船票" not in made.body
    assert "船票" in removed(made)


@pytest.mark.parametrize(
    "line",
    [
        "Have a tip? Reach Ann Lee at ann@ledgerline.example.",
        "ann@ledgerline.example",
        "Follow us on Twitter @ledgerline.",
        "Subscribe to the Ledgerline newsletter.",
        "Ann Lee is a staff writer who covers rivers and bridges for Ledgerline.",
        "(Reporting by Ann Lee; editing by Bo Chan)",
    ],
)
def test_prompts_and_the_author_s_life_end_an_english_article(line: str) -> None:
    head = '<title>The ferry left at seven</title><meta name="author" content="Ann Lee">'
    body = f"<p>{ENGLISH}</p>" * 3
    made = convert(f"<h1>The ferry left at seven</h1><div>{body}<p>{line}</p></div>", head)
    assert line[:20] not in made.body
    assert "on board" in made.body


@pytest.mark.parametrize(
    "line",
    ["Updated 5:27 am CST, Wednesday, November 20, 2019", "By Ann Lee, staff writer", "Ann Lee"],
)
def test_bylines_above_an_english_article_are_no_text(line: str) -> None:
    head = '<title>The ferry left at seven</title><meta name="author" content="Ann Lee">'
    text = f"<p>{line}</p><p>01</p>" + f"<p>{ENGLISH}</p>" * 3
    made = convert(f"<h1>The ferry left at seven</h1><div class=content>{text}</div>", head)
    assert line not in made.body
    assert made.body.startswith("01")


def test_gallery_prints_a_caption_once() -> None:
    caption = (
        "The ferry at the old pier on Sunday, with nobody on board, as far as anyone could see"
    )
    shown = (
        f'<div class="caption-cut">{caption[:70]}</div><div class="caption-full">{caption}</div>'
    )
    made = convert(article(f"<p>{ENGLISH}</p><div class=gallery>{shown}</div><p>{ENGLISH}</p>"))
    assert made.body.count("The ferry at the old pier") == 1
    assert caption in made.body


def test_refrain_of_a_text_stays_each_time() -> None:
    made = convert(article(f"<p>{TEXT}{MORE}</p><p>{SAID}</p><p>{TEXT}{MORE}</p>"))
    assert made.body.count(TEXT) == 2


def test_article_inside_an_article_is_another_one() -> None:
    other = f"<article><h2><a href=/b>另一天的渡口</a></h2><p>{SAID}{SAID}{SAID}</p></article>"
    made = convert(f"<article><h1>老渡口的灯还亮着</h1><p>{TEXT}</p><p>{MORE}</p>{other}</article>")
    assert MORE in made.body
    assert SAID not in made.body


@pytest.mark.parametrize("name", ["tuijian", "emailSignup", "ArticlePage-authorBio", "popular"])
def test_furniture_is_known_by_names_in_pinyin_and_with_humps(name: str) -> None:
    made = convert(
        article(f"<p>{TEXT}</p><p>{MORE}</p>" * 3 + f"<div class={name}><p>{SAID}</p></div>")
    )
    assert SAID not in made.body
    assert MORE in made.body


def test_what_only_screen_readers_tell_is_no_text() -> None:
    caption = '<figcaption><span class="off-screen">Image caption </span>夜里的渡口</figcaption>'
    made = convert(article(f"<p>{TEXT}</p><figure><img src=a.png>{caption}</figure><p>{MORE}</p>"))
    assert "夜里的渡口" in made.body
    assert "Image caption" not in made.body
