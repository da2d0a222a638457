"""Who wrote an article and when, as pages print it around and in the text; nobody is made up."""

from __future__ import annotations

import pytest

from wenzhai.importers.html.page import convert_html

TODAY, ZONE = "2026-01-02", "Asia/Shanghai"
FIRST = "早上七点，老渡口的灯还亮着，摆渡的人已经把绳子解开了三遍，又系上了三遍。"
LAST = "雾散以后，河面上什么也没有，只有一根绳子，还系在原来的桩子上。"


def front(body: str, head: str = "<title>老渡口的灯_远山网</title>") -> dict[str, object]:
    """Return the front matter of a page with this body."""
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return dict(convert_html(html, "a.html", TODAY, ZONE).front)


def article(*, before: str = "", first: str = FIRST, last: str = LAST, after: str = "") -> str:
    """Return an article with lines around its text."""
    text = f"<div class=content><p>{first}</p><p>{FIRST}</p><p>{last}</p></div>"
    return f"<h1>老渡口的灯</h1>{before}{text}{after}"


@pytest.mark.parametrize(
    ("first", "names"),
    [
        ("远山社河湾5月9日电（记者方砚田）" + FIRST, ("方砚田",)),
        ("南岭快报讯（实习记者 周予安 记者陆小川 整合）" + FIRST, ("周予安", "陆小川")),
        ("南岭快报讯（摄影记者 周予安 摄）" + FIRST, None),
        ("渡口（以下简称老渡口）" + FIRST, None),
    ],
)
def test_reporters_in_brackets_of_the_first_paragraph_are_the_authors(
    first: str, names: tuple[str, ...] | None
) -> None:
    assert front(article(first=first)).get("author") == names


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("（记者 方砚田）", ("方砚田",)),
        ("（方砚田 陆小川）", ("方砚田", "陆小川")),
        ("(文/图 方砚田)", ("方砚田",)),
        ("（方砚田 河湾报道）", ("方砚田",)),
        ("</p><p>□ 南岭快报记者 方砚田", ("方砚田",)),
        ("</p><p>南岭快报记者 方砚田", ("方砚田",)),
        ("</p><p>采写：南岭快报记者 方砚田 陆小川", ("方砚田", "陆小川")),
        ("（方砚田 摄）", None),
        ("（河湾）", None),
        ("（完）", None),
        ("（县渡口管理局）", None),
    ],
)
def test_names_that_sign_the_end_of_a_text_are_its_authors(
    end: str, names: tuple[str, ...] | None
) -> None:
    assert front(article(last=LAST + end)).get("author") == names


def test_a_stated_author_counts_before_a_signature() -> None:
    made = front(article(before="<p>作者：沈既白</p>", last=f"{LAST}（记者 方砚田）"))
    assert made["author"] == ("沈既白",)


@pytest.mark.parametrize(
    ("line", "date", "name"),
    [
        ("由海风张贴 @ 2005-06-14 03:25:55", "2005-06-14T03:25:55+08:00", ("海风",)),
        ("海风 发表于 2005-6-14 03:25", "2005-06-14T03:25:00+08:00", ("海风",)),
        (
            "〓 远山网 闲话 发布时间 2005/06/14 22:11 by 海风 〓",
            "2005-06-14T22:11:00+08:00",
            ("海风",),
        ),
    ],
)
def test_line_under_a_post_tells_who_posted_it_and_when(
    line: str, date: str, name: tuple[str, ...]
) -> None:
    made = front(article(after=f"<p>{line}</p>"))
    assert (made.get("date"), made.get("author")) == (date, name)


def test_cells_of_a_line_need_no_mark_behind_their_label() -> None:
    line = "<p>发表于2005年6月14日 | 12次阅读 | 来源 远山网 | 0 条评论 | 作者 海风</p>"
    made = front(article(before=line))
    assert (made["date"], made["source"], made["author"]) == ("2005-06-14", "远山网", ("海风",))


def test_american_dates_are_known_by_their_clock() -> None:
    line = "<p>发布日期： 9/17/2004 5:54:13 AM</p>"
    assert front(line + article()).get("date", "")[:10] == "2004-09-17"  # type: ignore[index]  # a text
    assert "date" not in front(article(before="<p>发布日期： 9/7/2004</p>"))


def test_year_that_only_the_head_states_completes_a_printed_moment() -> None:
    head = '<title>老渡口的灯</title><meta itemprop="dateUpdate" content="2019-10-08 12:00:57">'
    spans = "<span>10-08</span><span>12:00</span><span>优质作者</span>"
    line = f"<p>远山客</p><div>发布时间：{spans}</div>"
    made = front(article(before=line), head)
    assert (made["date"], made["source"]) == ("2019-10-08T12:00:00+08:00", "远山客")


def test_moment_without_a_year_that_the_head_does_not_confirm_is_no_date() -> None:
    head = '<title>老渡口的灯</title><meta itemprop="dateUpdate" content="2019-11-08 12:00:57">'
    assert "date" not in front(article(before="<p>发布时间：10-08 12:00</p>"), head)


@pytest.mark.parametrize(
    "line",
    [
        "<p>建立于:2004年10月6日</p>",
        "<ul><li>易信</li><li>微信</li><li>微博</li></ul>",
        "<p>作者：未知</p>",
        "<p>来源：本站原创</p>",
        "<p>关注远山网</p><p>2019-12-10 07:57</p>",
    ],
)
def test_what_names_nobody_becomes_no_name_and_other_days_no_date(line: str) -> None:
    made = front(article(before=line))
    assert not {"author", "editor"} & made.keys()
    assert made.get("source", "") not in {"本站原创", "关注远山网", "建立于:"}
    assert made.get("date", "")[:4] != "2004"  # type: ignore[index]  # a text


def test_name_of_the_site_in_its_head_is_the_source_not_the_author() -> None:
    head = '<title>老渡口的灯_远山科技</title><meta name="author" content="远山">'
    made = front(article(), head)
    assert "author" not in made
    assert made["source"] == "远山"


def test_section_and_account_beside_a_date_are_told_apart_from_an_author() -> None:
    made = front(article(before="<p>金融市场 棱角 2019-09-23 07:48</p>"))
    assert "author" not in made
    made = front(article(before="<p>2019-09-23 07:48 远山客[整理] 12</p>"))
    assert made["source"] == "远山客"


def test_facts_of_a_reply_are_not_the_article_s() -> None:
    reply = "<p>楼层： 第 2 楼 时间：2005-08-28 23:38:58</p><p>作者：六号</p>"
    made = front(article(after=reply))
    assert not {"date", "author"} & made.keys()


def test_labelled_line_behind_the_text_states_when_and_where_it_came_out() -> None:
    notice = "<p>版权声明 来源：南岭快报 时间：2019-09-23 14:34:05 作者：</p>"
    made = front(article(after=notice))
    assert (made["date"], made["source"]) == ("2019-09-23T14:34:05+08:00", "南岭快报")


def test_mark_of_original_work_becomes_the_kind() -> None:
    made = front(article(before="<p>原创 远山客 2019-09-23 07:48</p>"))
    assert (made["kind"], made["source"]) == ("original", "远山客")


def test_what_readers_see_counts_before_another_moment_of_the_same_day() -> None:
    stated = "2019-09-07T15:14:21+08:00"
    head = f'<title>老渡口的灯</title><meta property="article:published_time" content="{stated}">'
    made = front(article(before="<p>2019-09-07 15:10 来源：南岭快报</p>"), head)
    assert made["date"] == "2019-09-07T15:10:00+08:00"


@pytest.mark.parametrize(
    ("body", "head", "title"),
    [
        (
            "<h2><span>原创</span>老渡口的灯还亮着</h2>",
            "<title>老渡口的灯还亮着</title>",
            "老渡口的灯还亮着",
        ),
        (
            "<h3>首页 - 新闻动态</h3><h5>老渡口的灯还亮着，桥明年通车</h5>",
            "<title>新闻动态--远山学会官网</title>",
            "老渡口的灯还亮着，桥明年通车",
        ),
        ("<div class=content><p>老渡口的灯还亮着</p>", "", "老渡口的灯还亮着"),
    ],
)
def test_title_is_the_article_s_not_that_of_a_section_or_a_badge(
    body: str, head: str, title: str
) -> None:
    text = f"<p>{FIRST}</p><p>{FIRST}</p><p>{LAST}</p>"
    assert front(body + text, head)["title"] == title
