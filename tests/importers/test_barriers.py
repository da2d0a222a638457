"""Pages that stand in for an article are told from articles about such pages."""

from __future__ import annotations

import pytest

from wenzhai.importers.barriers import LONGEST, barrier


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("安全验证", "请完成下方验证后继续访问。", "captcha"),
        ("环境异常", "当前环境异常，完成验证后即可继续访问。\n去验证", "captcha"),
        ("Just a moment...", "Verifying you are human. This may take a few seconds.", "captcha"),
        ("", "抱歉，您的访问过于频繁，请稍后再试。", "captcha"),
        ("", "Please enable JavaScript and cookies to continue.", "captcha"),
        ("404 Not Found", "nginx", "not found"),
        ("提示", "很抱歉，您访问的页面不存在！5 秒后返回首页。", "not found"),
        ("", "该内容已被发布者删除", "not found"),
        ("", "此内容因违规无法查看", "not found"),
        ("Oops", "The page you are looking for could not be found.", "not found"),
        ("", "お探しのページは見つかりませんでした。", "not found"),
        ("冬天的粮仓", "粮仓建在坡上。\n登录后即可阅读全文", "login wall"),
        ("A granary", "It stands on a slope. Subscribe to continue reading.", "login wall"),
        ("冬の倉庫", "丘の上にある。\nこの記事は会員限定です。", "login wall"),
    ],
)
def test_stand_ins_are_recognised(title: str, text: str, found: str) -> None:
    assert barrier(title, text.split("\n")) == found


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("验证码的二十年", "人们第一次被要求证明自己是人，是在二十年前的一个聊天室里。"),
        ("为什么网页会 404", "链接会老去：图书馆统计过，十年前的参考文献里有一半页面已经打不开。"),
        ("会员店的生意", "他给每位登录会员的顾客寄一张手写的卡片，十年没有断过。"),
        ("A short history", "She wrote that every page not found is a small loss."),
    ],
)
def test_short_articles_about_such_pages_are_none(title: str, text: str) -> None:
    assert barrier(title, [text]) == ""


def test_a_long_text_is_no_stand_in_whatever_it_says() -> None:
    assert barrier("", ["请先登录", "长" * LONGEST]) == ""
