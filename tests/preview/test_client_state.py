"""What readers and scripts did to a page outlives an edit of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from client_pages import Pages, opened, patch
from playwright.sync_api import Browser, Page

LINES = "".join(f"<p id=line{n}>第 {n} 段，够长的一段文字。</p>\n" for n in range(60))
WHOLE = f"""<!doctype html>
<html lang=zh-Hans><head><meta charset=utf-8><title>旧题</title></head>
<body class=article-page>
<main><article>
<h1>题目</h1>
<div class=body>
<p id=first>开头。</p>
<details><summary>无名</summary><p>藏着的。</p></details>
<details id=named><summary>有名</summary><p>也藏着。</p></details>
<p><input id=field> <textarea id=draft>初稿</textarea>
<select id=choice><option>甲<option>乙<option>丙</select>
<label><input type=checkbox id=tick>勾</label></p>
<div id=box style="height: 80px; overflow: auto"><p style="height: 900px">内滚</p></div>
<iframe id=frame1 src="/frame.html"></iframe><iframe id=frame2 srcdoc="<p>二"></iframe>
<canvas id=canvas width=20 height=20></canvas>
<span id=maths>x^2</span>
<p id=select>一段可以选中的文字。</p>
<pre id=code><code>print(1)</code></pre>
{LINES}
</div></article></main>
</body></html>
"""
DISTURB = """async () => {
  const at = (id) => document.getElementById(id);
  document.documentElement.dataset.theme = "dark";
  document.querySelectorAll("details").forEach((element) => (element.open = true));
  at("draft").value = "写了一半的草稿";
  at("choice").selectedIndex = 2;
  at("tick").checked = true;
  at("box").scrollTop = 333;
  const pen = at("canvas").getContext("2d");
  pen.fillStyle = "rgb(1, 2, 3)";
  pen.fillRect(0, 0, 20, 20);
  at("maths").innerHTML = "<math><mi>x</mi><mn>2</mn></math>";
  at("maths").classList.add("rendered");
  at("select").classList.add("seen");
  at("code").insertAdjacentHTML("beforeend", "<button>复制</button>");
  window.loads = 0;
  for (const frame of document.querySelectorAll("iframe")) {
    frame.contentWindow.mine = true;
    frame.addEventListener("load", () => window.loads++);
  }
  window.mine = true;
  window.nodes = Object.fromEntries([...document.querySelectorAll("[id]")].map((e) => [e.id, e]));
}"""
SEEN = """() => {
  const at = (id) => document.getElementById(id);
  const field = document.activeElement;
  const pixel = at("canvas").getContext("2d").getImageData(5, 5, 1, 1).data;
  const frames = [...document.querySelectorAll("iframe")];
  return {
    page: window.mine === true,
    theme: document.documentElement.dataset.theme,
    details: [...document.querySelectorAll("details")].map((element) => element.open),
    field: [field.id, field.value, field.selectionStart, field.selectionEnd],
    draft: at("draft").value,
    choice: at("choice").value,
    tick: at("tick").checked,
    box: at("box").scrollTop,
    frames: [frames.map((frame) => frame.contentWindow.mine), window.loads],
    pixel: [...pixel],
    maths: [at("maths").innerHTML, at("maths").className],
    class: at("select").className,
    button: at("code").lastChild.textContent,
    same: Object.entries(window.nodes).every(([id, node]) => at(id) === node),
  };
}"""
KEPT = {
    "page": True,
    "theme": "dark",
    "details": [True, True],
    "field": ["field", "打到一半", 1, 3],
    "draft": "写了一半的草稿",
    "choice": "丙",
    "tick": True,
    "box": 333,
    "frames": [[True, True], 0],
    "pixel": [1, 2, 3, 255],
    "maths": ["<math><mi>x</mi><mn>2</mn></math>", "rendered"],
    "class": "seen",
    "button": "复制",
    "same": True,
}
INSERTED = "<p>新的一段。</p>\n<p>又一段。</p>\n"
EDITS = {
    "a word": WHOLE.replace("开头。", "开头改了。"),
    "paragraphs above": WHOLE.replace("<p id=first>", INSERTED + "<p id=first>"),
    "a paragraph beside an edited one": WHOLE.replace(
        "<p id=first>开头", "<p>新</p><p id=first>开"
    ),
    "a new frame around the article": WHOLE.replace("<main>", "<header>站名</header><main id=m>"),
    "classes and attributes": WHOLE.replace(
        "<p id=select>", '<p id=select class="lead" title=t>'
    ).replace("article-page", "article-page wide"),
    "title and head": WHOLE.replace("旧题", "新题").replace("</head>", "<meta name=a>\n</head>"),
    "details beside": WHOLE.replace(
        "<details>", "<details><summary>新</summary></details><details>"
    ),
}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    with opened(browser, {"/": WHOLE, "/frame.html": "<p>一"}) as (page, _):
        yield page


def disturb(tab: Page) -> None:
    tab.locator("#frame1").content_frame.locator("p").wait_for()
    tab.evaluate(DISTURB)
    tab.locator("#field").fill("打到一半")
    tab.evaluate("document.activeElement.setSelectionRange(1, 3)")


@pytest.mark.parametrize("edit", EDITS)
def test_state_outlives_edits(tab: Page, edit: str) -> None:
    disturb(tab)
    assert patch(tab, EDITS[edit])
    wanted = {**KEPT, "class": "seen lead"} if edit == "classes and attributes" else dict(KEPT)
    if edit == "details beside":
        wanted["details"] = [False, True, True]
    assert tab.evaluate(SEEN) == wanted


def test_state_outlives_a_series_of_edits(tab: Page) -> None:
    disturb(tab)
    for html in (*EDITS.values(), WHOLE):
        assert patch(tab, html)
    assert tab.evaluate(SEEN) == KEPT


def test_blocks_that_change_places_keep_their_state(tab: Page) -> None:
    disturb(tab)
    frames = WHOLE[WHOLE.index("<iframe id=frame1") : WHOLE.index("<canvas")].strip()
    wrapped = WHOLE.replace(frames, f"<section>{frames}</section><p>a</p><p>b</p>")
    moved = WHOLE.replace(frames, f"<p>a</p><p>b</p><section>{frames}</section>")
    assert patch(tab, wrapped)
    tab.locator("#frame1").content_frame.locator("p").wait_for()
    tab.evaluate("document.querySelector('#frame1').contentWindow.mine = 'still'")
    assert patch(tab, moved)
    assert tab.evaluate("document.querySelector('#frame1').contentWindow.mine") == "still"


def test_selected_text_stays_selected_when_its_paragraph_changes(tab: Page) -> None:
    tab.evaluate(
        """() => {
          const text = document.getElementById("select").firstChild;
          getSelection().setBaseAndExtent(text, 2, text, 6);
        }"""
    )
    picked = tab.evaluate("String(getSelection())")
    assert patch(tab, WHOLE.replace("一段可以选中的文字。", "这是一段可以选中的文字，后来加长。"))
    assert tab.evaluate("String(getSelection())") == picked


def test_changed_source_of_rendered_maths_comes_in_anew(tab: Page) -> None:
    tab.evaluate(DISTURB)
    assert patch(tab, WHOLE.replace("x^2", "x^3"))
    assert tab.locator("#maths").inner_html() == "x^3"
    assert tab.locator("#maths").get_attribute("class") is None


def test_text_that_a_script_cut_up_is_replaced_as_a_whole(tab: Page) -> None:
    tab.evaluate(
        """() => {
          const paragraph = document.getElementById("select");
          paragraph.innerHTML = "一段<mark>可以</mark>选中的文字。";
        }"""
    )
    assert patch(tab, WHOLE.replace("选中的文字", "选中的句子"))
    assert tab.locator("#select").inner_html() == "一段可以选中的句子。"


def test_tables_that_a_script_wrapped_are_changed_in_their_wrapping(browser: Browser) -> None:
    page = "<!doctype html><body><p>前</p><table><tr><td>1</td></tr></table><p>后</p>"
    with opened(browser, {"/": page}) as (tab, _):
        tab.evaluate(
            """() => {
              const wrapping = document.createElement("div");
              const table = document.querySelector("table");
              table.replaceWith(wrapping);
              wrapping.append(table);
            }"""
        )
        changed = page.replace("<td>1", "<td>2").replace("<p>后", "<p>新</p><p>后")
        assert patch(tab, changed)
        assert tab.locator("div > table td").inner_text() == "2"
        assert tab.locator("div + p").inner_text() == "新"


def test_children_that_no_longer_agree_replace_their_parent_alone(tab: Page) -> None:
    disturb(tab)
    tab.evaluate("document.getElementById('code').replaceChildren('别的')")
    assert patch(tab, WHOLE.replace("print(1)", "print(2)"))
    assert tab.locator("#code").inner_html() == "<code>print(2)</code>"
    kept = tab.evaluate(SEEN)
    assert {**kept, "button": "复制", "same": True} == KEPT


def test_body_emptied_by_a_script_cannot_be_patched(tab: Page) -> None:
    tab.evaluate("document.body.replaceChildren()")
    assert not patch(tab, WHOLE.replace("开头。", "开头改了。"))


def test_elements_that_scripts_add_to_the_body_stay_at_its_end(tab: Page) -> None:
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<aside>脚本的</aside>')")
    assert patch(tab, WHOLE.replace("</main>", "</main><footer>页脚</footer>"))
    assert tab.locator("main + footer").inner_text() == "页脚"
    assert tab.locator("body > aside:last-child").inner_text() == "脚本的"


def test_style_properties_of_scripts_and_of_the_page_are_merged(tab: Page) -> None:
    tab.evaluate("document.getElementById('box').style.color = 'red'")
    assert patch(tab, WHOLE.replace("height: 80px; overflow: auto", "height: 90px"))
    style = tab.locator("#box").get_attribute("style")
    assert style == "height: 90px; color: red;"


def test_page_hears_what_was_inserted(tab: Page) -> None:
    tab.evaluate(
        """() => document.addEventListener("wenzhai:update", ({ detail }) => {
          window.heard = detail.inserted.filter((n) => n.nodeType === 1).map((n) => n.textContent);
          window.changed = detail.touched.map((n) => n.id);
        })"""
    )
    assert patch(tab, WHOLE.replace("<p id=first>开头", INSERTED + "<p id=first>开篇"))
    assert tab.evaluate("window.heard") == ["又一段。", "新的一段。"]
    assert tab.evaluate("window.changed") == ["first"]


def test_nothing_is_fetched_for_a_change_of_text(browser: Browser) -> None:
    pages: Pages
    with opened(browser, {"/": WHOLE, "/frame.html": "<p>一"}) as (tab, pages):
        tab.locator("#frame1").content_frame.locator("p").wait_for()
        asked = list(pages.asked)
        assert patch(tab, EDITS["paragraphs above"])
        assert pages.asked == asked
