"""The table of problem codes: one row a code, in Chinese and English.

Codes never change their meaning. E stops a build, W does not (unless ``--strict``).
Hundreds: 0 settings, 1 front matter, 2 Markdown, 3 the site as a whole, 4 themes,
5 files, 6 output, 7 import. ``docs/problems.md`` is made from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """The words of one code; placeholders in braces are the problem's arguments."""

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""

    def message(self, language: Literal["zh", "en"]) -> str:
        """Return the sentence with its placeholders."""
        return self.zh if language == "zh" else self.en

    def hint(self, language: Literal["zh", "en"]) -> str:
        """Return the advice with its placeholders, maybe empty."""
        return self.hint_zh if language == "zh" else self.hint_en


SETTINGS = {
    "E001": Code(
        "设置文件不是合法的 TOML：{reason}",
        "the settings are not valid TOML: {reason}",
    ),
    "E002": Code(
        "设置项 {key} 应为{wanted}，实为 {found}",
        "setting {key} should be {wanted}, found {found}",
    ),
    "E003": Code(
        "没有名为 {key} 的设置项",
        "there is no setting {key}",
        "最接近的是 {nearest}；全部设置项见 docs/settings.md",
        "the nearest is {nearest}; docs/settings.md lists them all",
    ),
    "E004": Code(
        "设置项 {key} 的值 {value} 不可用：{reason}",
        "setting {key} cannot be {value}: {reason}",
    ),
    "E005": Code(
        "这里没有 site.toml，不是一个站点文件夹",
        "there is no site.toml here, so this is not a site folder",
        "用 `wenzhai init 文件夹` 新建站点，或用 --site 指明站点所在",
        "make a site with `wenzhai init DIR`, or name one with --site",
    ),
    "E006": Code(
        "这个文件夹里已有文件，不在其中新建站点",
        "this folder has files already, so no site is made in it",
        "换一个空文件夹，或先把其中的文件移走",
        "name an empty folder, or move its files away first",
    ),
    "E007": Code(
        "已有同名的文章，没有改动它（标题：{title}）",
        "there is such an article already; it was left as it is (title: {title})",
        "换一个标题，或直接编辑这个文件",
        "choose another title, or edit that file",
    ),
    "E008": Code(
        "无法写入：{reason}",
        "cannot be written: {reason}",
        "检查文件夹的权限和剩余空间",
        "check the folder's permissions and the free space",
    ),
}

FRONT_MATTER: dict[str, Code] = {
    "E101": Code(
        "文件不是 UTF-8 编码：第 {offset} 字节（从 0 起）是 {byte}，可能是 {encoding}",
        "the file is not UTF-8: byte {offset} (from 0) is {byte}, the encoding may be {encoding}",
        "用编辑器另存为 UTF-8，或用 `iconv -f {encoding} -t UTF-8` 转换",
        "save it as UTF-8 in your editor, or convert it with `iconv -f {encoding} -t UTF-8`",
    ),
    "E102": Code(
        "元数据里有不可用的字符 {char}",
        "front matter holds the forbidden character {char}",
        "删去这个看不见的字符",
        "delete this invisible character",
    ),
    "E103": Code(
        "元数据没有结束：找不到第二行 {fence}",
        "front matter has no end: there is no second line {fence}",
        "在元数据之后单独写一行 {fence}",
        "write {fence} on a line of its own after the front matter",
    ),
    "E104": Code(
        "元数据不是合法的 YAML：{reason}",
        "front matter is not valid YAML: {reason}",
        '检查缩进与标点；把值放进引号里，如 title: "…"',
        'check indents and punctuation; put the value in quotes, as in title: "…"',
    ),
    "E105": Code(
        "元数据有 {size} 字节，上限是 {limit}",
        "front matter has {size} bytes, the limit is {limit}",
        "把正文移到结束行之后",
        "move the text behind the closing line",
    ),
    "E106": Code(
        "元数据的嵌套超过 {depth} 层",
        "front matter is nested more than {depth} levels deep",
        "元数据只需要文字和列表",
        "front matter needs texts and lists only",
    ),
    "E107": Code(
        "{key} 出现了两次，第一次在第 {line} 行",
        "{key} is given twice, first on line {line}",
        "合并或删去其中一个",
        "merge them or delete one",
    ),
    "E108": Code(
        "元数据里不能用 YAML 的锚、别名或类型标记：{what}",
        "front matter takes no YAML anchors, aliases or type tags: {what}",
        "把值放进引号里，或直接写出它",
        "put the value in quotes, or write it out",
    ),
    "E109": Code(
        "YAML 的缩进里有制表符",
        "a tab indents this line, which YAML does not allow",
        "改用空格缩进",
        "indent with spaces",
    ),
    "E110": Code(
        "元数据应是一行一个「键: 值」",
        "front matter should be rows of `key: value`",
        "若开头的 --- 只是分隔线，请改写成 ***",
        "where the first --- is meant as a line across the page, write ***",
    ),
    "E111": Code(
        "没有引号的值里不能有冒号加空格",
        "a value without quotes cannot hold a colon and a space",
        '把值放进引号里，如 title: "甲: 乙"',
        'put the value in quotes, as in title: "A: b"',
    ),
    "E112": Code(
        "没有引号的值不能以 {char} 开头",
        "a value without quotes cannot begin with {char}",
        "把值放进引号里",
        "put the value in quotes",
    ),
    "E113": Code(
        "引号没有成对",
        "this quote is never closed",
        "补上后一个引号；值里有引号时换用另一种引号包住",
        "close it; where the value holds a quote, wrap it in the other kind",
    ),
    "E114": Code(
        "{found} 之后应是半角冒号加空格",
        "{found} should be followed by a plain colon and a space",
        "写成「键: 值」，冒号用半角",
        "write `key: value`",
    ),
    "E115": Code(
        "键应是文字",
        "a key should be text",
    ),
    "E116": Code(
        "元数据不是合法的 TOML：{reason}",
        "front matter is not valid TOML: {reason}",
        '文字要放在引号里，如 title = "…"',
        'texts stand in quotes, as in title = "…"',
    ),
    "E117": Code(
        "{key} 应为{wanted_zh}，实为{found_zh}",
        "{key} should be {wanted}, found {found}",
    ),
    "E118": Code(
        "{key} 应为 true 或 false，实为 {value}",
        "{key} should be true or false, found {value}",
    ),
    "E119": Code(
        "{key} 应为整数，实为 {value}",
        "{key} should be a whole number, found {value}",
    ),
    "E120": Code(
        "{key} 不是可读的日期：{value}",
        "{key} is not a date: {value}",
        "写成 2024-03-04 或 2024-03-04T15:05:00+08:00",
        "write 2024-03-04 or 2024-03-04T15:05:00+08:00",
    ),
    "E121": Code(
        "{key} 的日子不存在：{value}",
        "{key} names a day that does not exist: {value}",
        "检查月份和日子",
        "check month and day",
    ),
    "E122": Code(
        "{key} 的时刻不存在：{value}",
        "{key} names a time that does not exist: {value}",
        "时为 0 到 23，分和秒为 0 到 59",
        "hours run from 0 to 23, minutes and seconds from 0 to 59",
    ),
    "E123": Code(
        "{key} 的年份应在 1000 到 9999 之间：{value}",
        "the year of {key} should lie between 1000 and 9999: {value}",
    ),
    "E124": Code(
        "{key} 的时区偏移不可用：{value}",
        "the offset of {key} is not usable: {value}",
        "偏移在 -23:59 到 +23:59 之间，如 +08:00",
        "offsets lie between -23:59 and +23:59, such as +08:00",
    ),
    "E125": Code(
        "{key} 里不能有 {char}",
        "{key} cannot hold {char}",
        "可以写 {nearest}；只用小写字母、汉字、数字、- _ 和 .",
        "write {nearest}; use lower-case letters, digits, - _ and . only",
    ),
    "E126": Code(
        "{key} 不能以 {char} 开头或结尾",
        "{key} cannot begin or end with {char}",
        "可以写 {nearest}",
        "write {nearest}",
    ),
    "E127": Code(
        "{key} 有 {size} 字节，上限是 {limit}",
        "{key} has {size} bytes, the limit is {limit}",
        "可以写 {nearest}",
        "write {nearest}",
    ),
    "E128": Code(
        "{value} 是 Windows 的保留名，不能作 {key}",
        "{value} is a reserved name on Windows and cannot be a {key}",
        "可以写 {nearest}",
        "write {nearest}",
    ),
    "E129": Code(
        "kind 不认识 {value}",
        "{value} is no kind of article",
        "可用：original（原创）、reprint（转载）、translation（翻译）、summary（摘编）",
        "use original, reprint, translation or summary",
    ),
    "E130": Code(
        "{key} 不是可用的网址：{value}",
        "{key} is not a usable URL: {value}",
        "写完整的网址，如 {nearest}",
        "write a whole URL, such as {nearest}",
    ),
    "E131": Code(
        "lang 不是语言标记：{value}",
        "lang is not a language tag: {value}",
        "用 BCP 47 标记，如 zh-Hans、en、ja",
        "use a BCP 47 tag such as zh-Hans, en or ja",
    ),
    "E132": Code(
        "别名 {value} 不是本站的地址",
        "the alias {value} is not an address of this site",
        "写站内的旧地址，如 /2023/old-name/",
        "write an old address within the site, such as /2023/old-name/",
    ),
    "E133": Code(
        "括号没有成对",
        "this bracket is never closed",
        "补上后一个括号；括号属于文字时，把值放进引号里",
        "close it; where it belongs to a text, put the value in quotes",
    ),
    "W101": Code(
        "没有名为 {key} 的元数据",
        "there is no front-matter key {key}",
        "最接近的是 {nearest}",
        "the nearest is {nearest}",
    ),
    "W102": Code(
        "{key} 没有生效：这里叫 {ours}",
        "{key} has no effect: here it is called {ours}",
        "把 {key} 改名为 {ours}",
        "rename {key} to {ours}",
    ),
    "W103": Code(
        "{key} 的值在 # 处被截断，只剩 {kept}",
        "the value of {key} is cut at the #, leaving {kept}",
        "若 # 属于这个值，请加引号；若是注释，请另起一行",
        "put the value in quotes where the # belongs to it, a comment on a line of its own",
    ),
    "W104": Code(
        "不认识的地区 {value}",
        "unknown region {value}",
        "是不是 {nearest}？可用省级行政区或国家的名称",
        "did you mean {nearest}? Use a province-level name of China or a country",
    ),
    "W105": Code(
        "文章没有标题，暂用文件名 {title}",
        "the article has no title, so its file name stands in: {title}",
        "在元数据里写 title，或在正文开头写一行「# 标题」",
        "write a title in the front matter, or begin the text with a `# heading`",
    ),
    "W106": Code(
        "第一行的 {fence} 没有配对，当作正文处理",
        "the {fence} on the first line has no second one and is read as text",
        "若是分隔线，改写成 *** 或删去；若是元数据，补上「键: 值」和结束行",
        "write *** for a line across the page; front matter needs `key: value` rows and an end",
    ),
    "W107": Code(
        "updated（{updated}）早于 date（{date}）",
        "updated ({updated}) lies before date ({date})",
        "检查这两个日期",
        "check the two dates",
    ),
    "W108": Code(
        "没有名为 {key} 的元数据",
        "there is no front-matter key {key}",
        "可用的有：{keys}",
        "use one of: {keys}",
    ),
}

MARKDOWN = {
    "E201": Code(
        "正文有 {size} 字节，超过上限 {limit}",
        "the text has {size} bytes, more than the limit of {limit}",
        "把它拆成几篇文章",
        "split it into several articles",
    ),
    "E203": Code(
        "解析这篇文章超过 {seconds} 秒，已放弃",
        "parsing this article took more than {seconds} seconds",
        "通常是成千上万个重复的标记所致；删去它们，或把文章拆开",
        "thousands of repeated marks are the usual cause; remove them, or split the article",
    ),
    "E202": Code(
        "引用或列表嵌套太深，从这一行起的内容会丢失",
        "quotes or lists are nested too deep: the content from this line on would be lost",
        "减少层数：引用最多 19 层，列表最多 9 层",
        "use fewer levels: at most 19 of quotes, 9 of lists",
    ),
    "W201": Code(
        "链接“{target}”可能有害，没有变成链接",
        'the target "{target}" may do harm and was not made a link',
        "改用 http、https、mailto 或站内路径",
        "use http, https, mailto or a path in this site",
    ),
    "W202": Code(
        "链接“{target}”没有写协议，从文件打开或在订阅源中会失效",
        'the target "{target}" states no scheme: it fails in feeds and when opened as a file',
        "写成 https:{target}",
        "write https:{target}",
    ),
    "W203": Code(
        "“{marks}”后没有空格，这一行不是标题",
        'there is no space after "{marks}", so this line is no heading',
        "写成“{marks} {title}”；确实不是标题时，写成“\\{marks}”",
        'write "{marks} {title}", or "\\{marks}" if it is not meant as a heading',
    ),
    "W204": Code(
        "全角的“{written}”不是 Markdown 标记",
        'full-width "{written}" is no Markdown markup',
        "改用半角的“{narrow}”",
        'use the ASCII "{narrow}"',
    ),
    "W205": Code(
        "代码块“{marks}”没有结束标记，一直延续到末尾",
        'the code block "{marks}" is not closed and runs to the end',
        "在代码结束处单写一行“{marks}”",
        'write a line of its own with "{marks}" where the code ends',
    ),
    "W206": Code(
        "脚注“{label}”没有被引用，不会出现在页面上",
        'nothing refers to the footnote "{label}", so it is not shown',
        "在正文中写上“[^{label}]”，或删去这条脚注",
        'refer to it with "[^{label}]", or remove it',
    ),
    "W207": Code(
        "脚注“{label}”后面又定义了一次，这里的内容不会出现",
        'the footnote "{label}" is defined again below, so this text is not shown',
        "换一个名字",
        "give it another name",
    ),
    "W208": Code(
        "脚注“{written}”没有定义",
        'the footnote "{written}" is not defined',
        "另起一行写“{written}: 内容”",
        'write a line "{written}: text"',
    ),
    "W209": Code(
        "网址 {url} 后面紧接着的文字也成了链接的一部分",
        "the text right after {url} became part of the link",
        "在网址后加空格，或写成 <{url}>",
        "put a space after the URL, or write <{url}>",
    ),
    "W210": Code(
        "这一行有 {cells} 格，表头只有 {columns} 格，多出的不会显示",
        "this row has {cells} cells and the header {columns}: the rest is not shown",
        "把表头补齐，或把单元格中的“|”写成“\\|”",
        'complete the header, or write "\\|" for a bar inside a cell',
    ),
}

SITE = {
    "E301": Code(
        "网址名（slug）“{slug}”被两篇文章使用，另一篇是 {other}",
        'two articles have the slug "{slug}"; the other is {other}',
        "改动其中一篇的 slug",
        "change the slug of one of them",
    ),
    "E302": Code(
        "链接指向的“{target}”不存在",
        'nothing is found at "{target}"',
        "最接近的是 {nearest}；检查拼写，或补上它指向的文件",
        "the nearest is {nearest}; check the spelling, or add what it points to",
    ),
    "E303": Code(
        "两处内容会写到同一个网址 {path}，另一处来自 {other}",
        "two outputs would be written to {path}; the other comes from {other}",
        "改动其中一处的 slug、aliases 或文件名",
        "change the slug, aliases or file name of one of them",
    ),
    "E310": Code(
        "发布记录已损坏：{reason}",
        "the record of what was published is damaged: {reason}",
        "用版本库中的旧版本恢复它；删除它会使订阅者把旧文章当成新文章",
        "restore it from version control; without it subscribers would see old articles as new",
    ),
    "E311": Code(
        "站点已发布，但发布记录写不进去：{reason}",
        "the site is published, but the record of it cannot be written: {reason}",
        "清出路径或空间后再构建一次；没有记录，改了标题的文章会换地址",
        "clear the way or the disk and build again; without it a new title means a new address",
    ),
    "W302": Code(
        "这篇文章没有日期，排在最后",
        "this article has no date and is listed last",
        "在 front matter 中写上 date 或 added",
        "state date or added in its front matter",
    ),
    "W304": Code(
        "链接指向尚未发布的文章 {other}",
        "the link leads to {other}, which is not published now",
    ),
    "W305": Code(
        "目标文章中没有标题锚点“{anchor}”",
        'the article it leads to has no heading "{anchor}"',
        "最接近的是 {nearest}；照那篇文章的标题改正",
        "the nearest is {nearest}; compare the headings of that article",
    ),
}

THEMES: dict[str, Code] = {
    "E401": Code(
        "不是合法的 TOML：{reason}",
        "this is not valid TOML: {reason}",
    ),
    "E402": Code(
        "{key} 应为 {wanted}，实为 {found}",
        "{key} should be {wanted}, found {found}",
    ),
    "E403": Code(
        "theme.toml 没有名为 {key} 的项",
        "theme.toml has no key {key}",
        "最接近的是 {nearest}",
        "the nearest is {nearest}",
    ),
    "E404": Code(
        "没有名为 {part} 的站点部件",
        "there is no site-wide part {part}",
        "可声明的部件：{parts}",
        "parts that can be declared: {parts}",
    ),
    "E405": Code(
        "界面文字 {key} 不是文本，或其占位符写法有误",
        "the UI words {key} are no text, or have a broken placeholder",
        "占位符写作 {{count}} 这样的名字；花括号本身写两遍",
        "a placeholder is a plain name such as {{count}}; double a brace to show it",
    ),
    "E406": Code(
        "找不到主题 {name}",
        "there is no theme {name}",
        "应有 themes/{name}/theme.toml；最接近的是 {nearest}",
        "themes/{name}/theme.toml is expected; the nearest is {nearest}",
    ),
    "E407": Code(
        "主题的 parent 绕成了圈：{chain}",
        "the parents of the theme form a circle: {chain}",
        "去掉其中一个 parent",
        "remove one of the parent keys",
    ),
    "E408": Code(
        "主题 {theme} 及其上级都没有模板 {template}",
        "neither the theme {theme} nor its parents have the template {template}",
        '补上它，或写 parent = "wenzhai"',
        'add it, or say parent = "wenzhai"',
    ),
    "E410": Code(
        "模板语法有误：{reason}",
        "the template's syntax is wrong: {reason}",
    ),
    "E411": Code(
        "模板嵌套过深，或绕回了自己",
        "the template is nested too deeply, or comes back to itself",
        "查看 include、import 与宏是否引用了自己",
        "see whether an include, an import or a macro refers to itself",
    ),
    "E412": Code(
        "没有名为 {name} 的过滤器或判断",
        "there is no filter or test {name}",
        "最接近的是 {nearest}；全部见 docs/themes.md",
        "the nearest is {nearest}; docs/themes.md lists them",
    ),
    "E413": Code(
        "找不到模板 {name}",
        "there is no template {name}",
        "最接近的是 {nearest}；可缺的模板写 ignore missing",
        "the nearest is {nearest}; write ignore missing for one that may be absent",
    ),
    "E414": Code(
        "模板的 extends 绕成了圈：{chain}",
        "templates extend each other in a circle: {chain}",
    ),
    "E415": Code(
        "模板 {template} 用了 {name}，但没有声明",
        "the template {template} uses {name} without declaring it",
        '在 theme.toml 的 [needs] 中为 "{template}" 加上 {name}'
        "（只覆盖模板时写在 templates/theme.toml）",
        'add {name} to needs: "{template}" under [needs] in theme.toml'
        " (templates/theme.toml for overrides of the site)",
    ),
    "E416": Code(
        "模板里没有 {name} 可用",
        "the template is not given {name}",
        "最接近的是 {nearest}；各模板可用的名字见 docs/themes.md",
        "the nearest is {nearest}; docs/themes.md lists what each template is given",
    ),
    "E417": Code(
        "界面文字表中没有 {key}",
        "no table of UI words has {key}",
        "最接近的是 {nearest}；在 i18n/*.toml 中补上",
        "the nearest is {nearest}; add it to i18n/*.toml",
    ),
    "E418": Code(
        "模板运行出错：{reason}",
        "the template failed: {reason}",
    ),
}

FILES: dict[str, Code] = {
    "E501": Code(
        "无法读取：{reason}",
        "cannot be read: {reason}",
        "检查它的访问权限",
        "check its permissions",
    ),
    "E502": Code(
        "这个符号链接指向站点之外（或站点内的隐藏文件），不予采用",
        "this symbolic link leads out of the site (or to a hidden file in it) and is not followed",
        "把文件复制到站点里",
        "copy the file into the site",
    ),
    "E503": Code(
        "符号链接绕成了圈，或层层相套",
        "symbolic links lead in a circle, or lie too deep in one another",
        "删去这个链接",
        "remove this link",
    ),
    "E504": Code(
        "不是普通文件（管道、套接字或设备），不能当作内容",
        "not a regular file (a pipe, socket or device), so it cannot be content",
        "把它移出站点的文件夹",
        "move it out of the site's folders",
    ),
    "E505": Code(
        "文件超过 {limit}，无法发布",
        "the file is larger than {limit} and cannot be published",
        "把它放到文件托管服务上，再链接过去",
        "put it on a file host and link to it",
    ),
    "E506": Code(
        "文件名不是 UTF-8：{name}",
        "the file name is not UTF-8: {name}",
        "重新命名；从旧系统解压得来的，可用 convmv 转换",
        "rename it; convmv mends names unpacked from an old system",
    ),
    "E507": Code(
        "与 {other} 仅有大小写或 Unicode 组合形式之别，在 Windows 和 macOS 上是同一个文件",
        "differs from {other} only by case or Unicode form: Windows and macOS take them for one",
        "给其中一个改名",
        "rename one of them",
    ),
    "E508": Code(
        "读取时一直在变化",
        "keeps changing while it is being read",
        "等写它的程序结束后再构建",
        "build again when the program that writes it is done",
    ),
    "E509": Code(
        "这个符号链接指向的文件不存在",
        "this symbolic link leads to nothing",
        "删去这个链接，或补上它指向的文件",
        "remove the link, or restore what it leads to",
    ),
    "E511": Code(
        "预览读不了这个站点：{reason}",
        "the preview cannot read the site: {reason}",
        "解决后会自动继续",
        "it goes on by itself once this is mended",
    ),
    "W511": Code(
        "打不开编辑器 {command}",
        "cannot start the editor {command}",
        "在 site.toml 的 [preview] 里设置 editor，例如 'code -g {{file}}:{{line}}'",
        "set editor under [preview] in site.toml, such as 'code -g {{file}}:{{line}}'",
    ),
    "W501": Code(
        "系统不再报告文件变动（{reason}），改为每隔片刻检查一次",
        "the system does not report changes of files ({reason}); looking every moment instead",
        "修改后会稍慢才见效；Linux 上可提高 fs.inotify.max_user_watches",
        "edits show a little later; on Linux, raise fs.inotify.max_user_watches",
    ),
}

OUTPUT: dict[str, Code] = {
    "E601": Code(
        "不能输出到 {folder}：它是根目录、主目录、站点本身或其上级",
        "cannot publish into {folder}: it is the root, your home, the site, or holds one of them",
        "用 --output 另指一个文件夹，例如 public",
        "name another folder with --output, such as public",
    ),
    "E602": Code(
        "输出文件夹 {folder} 里有不是本工具生成的文件，什么都没有改动",
        "the output folder {folder} holds files that were not made here; nothing was changed",
        "清空它，或用 --output 另指一个空文件夹",
        "empty it, or name an empty folder with --output",
    ),
    "E603": Code(
        "写不进 {path}：{reason}（剩余空间 {free}）",
        "cannot write {path}: {reason} ({free} free)",
        "已发布的文件都是完整的；解决后再构建一次即可",
        "every published file is whole; mend this and build again",
    ),
    "E604": Code(
        "地址 {path} 太长，不能成为文件（每段至多 255 字节，全长至多 1000 字节）",
        "address {path} is too long for a file (255 bytes a segment, 1,000 in all)",
        "缩短或更改 slug、标签或文件名",
        "shorten or change the slug, tag or file name",
    ),
    "E605": Code(
        "{path} 处有不是本工具生成的文件，挡住了输出",
        "{path} is not ours and stands where an output belongs",
        "把它移走或改名",
        "move or rename it",
    ),
    "E608": Code(
        "{origin} 生成文件 {path}，而 {other} 需要同名的文件夹",
        "{origin} makes the file {path}, where {other} needs a folder",
        "给其中一个设置不同的 slug",
        "give one of them another slug",
    ),
    "E609": Code(
        "不能输出到 {folder}：它在站点的源文件之中",
        "cannot publish into {folder}: it lies among the sources of the site",
        "用 --output 另指一个文件夹，例如 public",
        "name another folder with --output, such as public",
    ),
    "E610": Code(
        "输出文件夹 {folder} 是指向站点之外（{target}）的符号链接",
        "the output folder {folder} is a symbolic link that leads out of the site, to {target}",
        "若正要如此，请用 --output 写明目标文件夹",
        "if that is meant, name the target with --output",
    ),
    "E611": Code(
        "地址 {path} 含有不能用于文件名的字符",
        "address {path} holds characters that file names cannot have everywhere",
        "更改 slug、标签或文件名",
        "change the slug, tag or file name",
    ),
    "E612": Code(
        "不能输出到 {folder}：那里是一个文件",
        "cannot publish into {folder}: there is a file of that name",
        "用 --output 另指一个文件夹，例如 public",
        "name another folder with --output, such as public",
    ),
    "E613": Code(
        "另一次生成正在进行（进程 {pid}，始于 {since}）",
        "another build is under way (process {pid}, since {since})",
        "等它结束再试",
        "try again after it",
    ),
    "W601": Code(
        "没有删除旧的输出 {path}：那里已换成别的东西",
        "did not delete the old output {path}: something else stands there now",
        "如不需要，请自行删除",
        "delete it yourself if it is not needed",
    ),
}

IMPORT: dict[str, Code] = {
    "E701": Code(
        "这个来源不是可读的文本（{encoding}，第 {offset} 字节起）",
        "this source is not a readable text ({encoding}, from byte {offset})",
        "另存为 UTF-8 文本，或把它移出 content/sources",
        "save it as UTF-8 text, or move it out of content/sources",
    ),
    "W702": Code(
        "还不会转换 {kind} 文件",
        "files of the kind {kind} are not understood yet",
        "能转换的有：{known}；可先另存为纯文本",
        "understood are: {known}; save it as plain text meanwhile",
    ),
    "E703": Code(
        "它与 {other} 会写成同一篇文章 {article}",
        "this and {other} would both become {article}",
        "改其中一个的文件名",
        "rename one of the two",
    ),
    "W704": Code(
        "来源变了，而文章 {article} 也被人改过，两者都保留原样",
        "the source has changed, but {article} was edited by hand, so both stay as they are",
        "手工合并后运行 `wenzhai import --keep {source}` 保留文章；"
        "或用 `wenzhai import --force {source}` 重新转换（会丢掉手工修改）",
        "merge by hand and run `wenzhai import --keep {source}`, or convert anew with "
        "`wenzhai import --force {source}`, which drops the edits",
    ),
    "W705": Code(
        "文章没有转换记录，不会用来源 {source} 覆盖它",
        "this article has no record of a conversion, so {source} will not overwrite it",
        "给来源或文章改名，或用 `wenzhai import --force {source}` 重新转换",
        "rename source or article, or convert anew with `wenzhai import --force {source}`",
    ),
    "W706": Code(
        "转换记录读不出来，文章 {article} 保持原样",
        "this record of a conversion cannot be read, so {article} stays as it is",
        "恢复该文件，或用 `wenzhai import --force {source}` 重新转换",
        "restore the file, or convert anew with `wenzhai import --force {source}`",
    ),
    "E707": Code(
        "来源有 {size} 字节，超过上限 {limit}",
        "this source has {size} bytes, more than the limit of {limit}",
        "把它拆成几篇",
        "split it into several articles",
    ),
    "E708": Code(
        "转换时无法读写文件：{reason}",
        "a file could not be read or written while converting: {reason}",
    ),
    "E710": Code(
        "已有同名的来源 {other}，内容不同",
        "there is another source of that name, {other}, with other text",
        "给文件改名，或用 `wenzhai import --force` 换掉原来的",
        "rename the file, or replace the other with `wenzhai import --force`",
    ),
    "E711": Code(
        "这个文件夹里就有站点自己的文件",
        "this folder holds the site's own files",
        "写明 content/sources，或站点之外的文件夹",
        "name content/sources, or a folder outside the site",
    ),
    "E712": Code(
        "名为 {name} 的文件会被忽略（隐藏文件或临时文件）",
        "a file called {name} would be ignored, as hidden and temporary files are",
        "改个名字再导入",
        "rename it and import it again",
    ),
    "E713": Code(
        "没有这个文件或文件夹",
        "there is no such file or folder",
        "检查路径；它从当前文件夹算起",
        "check the path; it starts from the current folder",
    ),
    "E714": Code(
        "这个来源里没有正文",
        "there is no article in this source",
        "把正文一起存下来，或把它移出 content/sources",
        "save the article's text with it, or move it out of content/sources",
    ),
    "E720": Code(
        "这个网页存档里没有网页",
        "there is no page in this web archive",
        "在浏览器里重新保存一次，或另存为 .html",
        "save it once more in your browser, or save it as .html",
    ),
    "E730": Code(
        "还没有安装导入它所需的软件包：{packages}",
        "importing this needs packages that are not installed: {packages}",
        "运行 `pip install 'wenzhai[{extra}]'`",
        "run `pip install 'wenzhai[{extra}]'`",
    ),
    "E731": Code(
        "不是可以抓取的网址：{address}",
        "this address cannot be fetched: {address}",
        "只抓取 http:// 和 https:// 开头、不带密码的网址",
        "only addresses that start with http:// or https:// and hold no password are fetched",
    ),
    "E732": Code(
        "{host} 不在公网上（{address}），不会抓取",
        "{host} is not on the public internet ({address}), so it is not fetched",
        "在浏览器里存下网页，再导入那个文件",
        "save the page in your browser and import that file",
    ),
    "E733": Code(
        "{host} 的 robots.txt 不许程序抓取这个网址",
        "the robots.txt of {host} asks programs not to fetch this address",
        "在浏览器里存下网页，再导入那个文件",
        "save the page in your browser and import that file",
    ),
    "E734": Code(
        "{address} 的回答是状态 {status}，不是网页",
        "{address} answered with status {status} instead of a page",
        "在浏览器里打开看看；能打开就存下网页，再导入那个文件",
        "open it in your browser; if it shows there, save the page and import that file",
    ),
    "E735": Code(
        "重定向超过 {limit} 次",
        "there were more than {limit} redirects",
        "在浏览器里打开它，改用最后的网址",
        "open it in your browser and use the address where it ends",
    ),
    "E736": Code(
        "抓取超过了上限 {limit}，已停止",
        "fetching went beyond the limit of {limit} and was stopped",
        "在浏览器里存下网页，再导入那个文件",
        "save the page in your browser and import that file",
    ),
    "E737": Code(
        "没有得到回答：{reason}",
        "there was no answer: {reason}",
        "检查网址和网络，再试一次",
        "check the address and the network, then try again",
    ),
    "E738": Code(
        "{address} 不是能转换的内容（{kind}）",
        "{address} is of no kind that can be converted ({kind})",
        "能转换的有网页、feed、Markdown、纯文本、PDF 和 Word 文件",
        "web pages, feeds, Markdown, plain text, PDF and Word files can be",
    ),
    "W739": Code(
        "{name} 在普通 Markdown 里没有对应的写法，原样留着",
        "{name} has no equal in plain Markdown and stays as it is written",
        "导入后在文章里改成普通写法，或者删掉",
        "write it plainly in the article once it is imported, or delete it",
    ),
    "E740": Code(
        "压缩包读不出来：{reason}",
        "this archive cannot be read: {reason}",
        "自己解压，再导入解出来的文件夹",
        "unpack it yourself and import the folder",
    ),
    "E741": Code(
        "压缩包里的 {name} 加了密",
        "{name} in this archive is encrypted",
        "用密码自己解压，再导入解出来的文件夹",
        "unpack it yourself with its password and import the folder",
    ),
    "E742": Code(
        "压缩包里的名字 {name} 会写到别处去，没有解压",
        "the name {name} in this archive points elsewhere, so it was not unpacked",
        "改掉这个名字重新打包；来路不明的压缩包不要用",
        "pack it anew under another name, and do not use archives that you have no reason to trust",
    ),
    "E743": Code(
        "压缩包解开以后太大，超过上限 {limit}",
        "unpacked, this archive is too large: the limit is {limit}",
        "自己解压，挑出文章再导入",
        "unpack it yourself and import the articles in it",
    ),
    "E744": Code(
        "压缩包套得太深",
        "archives lie in archives too deep",
        "自己解压，再导入解出来的文件夹",
        "unpack it yourself and import the folder",
    ),
    "W745": Code(
        "这个文件不是能读的 feed：{reason}",
        "this file is no feed that can be read: {reason}",
        "能读的有 RSS、Atom 和 JSON Feed；别的文件请移出 content/sources",
        "RSS, Atom and JSON Feed can be; move other files out of content/sources",
    ),
    "W746": Code(
        "这个 OPML 里没有 feed 的网址",
        "this OPML names no address of a feed",
        "从阅读器里重新导出订阅列表",
        "export the subscriptions from your reader again",
    ),
    "E747": Code(
        "这封邮件里没有文字",
        "there is no text in this message",
        "在邮件程序里打开看看；文字在附件里，就导入那个附件",
        "look at it in your mail program; if the text is in an attachment, import that",
    ),
    "E748": Code(
        "这份文件读不出来：{reason}",
        "this document cannot be read: {reason}",
        "用生成它的程序打开，去掉密码或另存一份，再导入",
        "open it in the program that made it, take off its password or save it anew",
    ),
    "E749": Code(
        "这份 PDF 没有文字层，只有图像",
        "this PDF has no text layer, only images",
        "用文字识别（OCR）程序处理以后再导入，例如 ocrmypdf",
        "run it through text recognition (OCR) first, ocrmypdf for one",
    ),
    "W750": Code(
        "来源变了，新的转换把握只有 {percent}%，已发布的文章 {article} 保持原样",
        "the source has changed, but its conversion has a confidence of {percent} % only, so "
        "{article} stays as it is",
        "看看 `wenzhai import --dry-run {source}`；"
        "用 `wenzhai import --accept {source}` 采用新的转换，"
        "或用 `wenzhai import --keep {source}` 保留文章",
        "look at `wenzhai import --dry-run {source}`; "
        "take it with `wenzhai import --accept {source}` "
        "or stay with the article by `wenzhai import --keep {source}`",
    ),
    "W751": Code(
        "来源和文章在同一处都改过（文章第 {lines} 行）；文章保持原样，两种写法都在 {file}",
        "source and article were changed at the same places (lines {lines} of the article); the "
        "article stays as it is, and both versions are in {file}",
        "改好文章以后运行 `wenzhai import --keep {source}`",
        "mend the article, then run `wenzhai import --keep {source}`",
    ),
    "W752": Code(
        "来源 {source} 变了，已把它的改动与文章里人改过的地方合并",
        "{source} has changed, and its changes were merged with the edits of this article",
        "看一看合并得对不对",
        "see whether they fit together",
    ),
    "W753": Code(
        "转换来源 {source} 的时候，文章又被人改过；文章保持原样",
        "this article was edited while {source} was converted, so it stays as it is",
        "再运行一次",
        "run it once more",
    ),
    "W755": Code(
        "与 {other} 是同一篇文章（{common}% 相同）",
        "this is the same article as {other} ({common} % in common)",
        "删去其中一篇和它的来源；两篇都要留，就在一篇的 related 里写上另一篇的文件名",
        "delete one of the two with its source; to keep both, name one in the other's related",
    ),
    "W756": Code(
        "与 {other} 是同一篇文章的两个版本（{common}% 相同）",
        "this and {other} are two versions of one article ({common} % in common)",
        "留下较新的一篇；两篇都要留，就在一篇的 related 里写上另一篇的文件名",
        "keep the newer one; to keep both, name one in the other's related",
    ),
    "W757": Code(
        "是 {other} 的节选（{contained}% 在那一篇里）",
        "this is an excerpt of {other}, which holds {contained} % of it",
        "留下全文；两篇都要留，就在一篇的 related 里写上另一篇的文件名",
        "keep the whole text; to keep both, name one in the other's related",
    ),
    "E758": Code(
        "转换超过 {seconds} 秒，已停止",
        "converting this took more than {seconds} s and was stopped",
        "把它拆成几篇，或另存为纯文本；也请报告这个文件",
        "split it or save it as plain text, and please report the file",
    ),
    "E759": Code(
        "转换程序在这个文件上出错了（{reason}）",
        "the converter failed on this file ({reason})",
        "另存为纯文本再导入；也请报告这个文件",
        "save it as plain text, and please report the file",
    ),
    "W760": Code(
        "有 {count} 条没有正文，没有转换：{names}",
        "{count} entries have no text and were left out: {names}",
        "要收它们的全文，请单独导入那些网页",
        "to have their text, import their pages",
    ),
    "W770": Code(
        "没有取到图片 {url}：{reason}",
        "the image {url} could not be had: {reason}",
        "在浏览器里存下它，放到文章旁边，改掉文章里的地址",
        "save it in your browser beside the article and put its name there",
    ),
    "W771": Code(
        "转换程序更新了，有 {count} 篇文章由原来的来源重新转换：{names}",
        "the converter is newer: {count} articles were made again from their sources: {names}",
        "看一看改得对不对；改回去的地方会当作人的改动保留",
        "look at what changed; what you change back is kept as an edit of yours",
    ),
    "W772": Code(
        "转换程序更新了，来源 {source} 的新转换结果已与文章里人改过的地方合并",
        "the converter is newer; what it makes of {source} was merged with this article's edits",
        "看一看合并得对不对",
        "see whether they fit together",
    ),
}

CODES: dict[str, Code] = {
    **SETTINGS,
    **FRONT_MATTER,
    **MARKDOWN,
    **SITE,
    **THEMES,
    **FILES,
    **OUTPUT,
    **IMPORT,
}
