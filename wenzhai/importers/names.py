"""Names that stand alone: whether a short text is a person's name or that of a publication.

Only forms are judged, by surname and by what publications call themselves; where a name may
stand is the labels' business.
"""

from __future__ import annotations

import re

from wenzhai.importers.credit_labels import CATEGORIES

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏"
    "吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万"
    "覃武钱戴严莫孔向汤温康施牛樊葛邢安齐伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁符阮纪舒"
    "梅童凌毕单季裴霍涂成苗曲盛尚骆靳祁费瞿柴连卓程饶应喻宗柏管蒲宫桑解"
    "乔闵阎麦盖蔺狄米贝明臧计伏成戴谈茅庞席麻强贾路娄危郭颜褚卫曾仇栾暴甘钭厉戎祖巫乌焦巴牧隗侯宓仰仲伊宁仇"
    "甄曲封储靳邴糜井段富卜郁浦尤苍闻莘党翟贡劳逄姬申扶堵冉宰雍璩桑桂濮边燕冀庄晏柴阎慕茹习宦艾鱼容易慎戈庾终暨衡"
    "耿弘匡寇禄阙沃蔚隆师巩厍聂晁勾敖融訾辛阚简饶沙乜养鞠须丰巢关蒯荆游竺逯盍益公佟岑苗楚白鹿"
    "張劉陳楊黃趙吳孫馬鄭謝許韓鄧馮蕭葉蘇呂盧鍾薑譚陸範賈鄒龍賀顧龔萬錢嚴湯溫齊龐顏莊聶魯歐關蘭畢單駱費連饒應"
)
COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "歐陽",
    "司馬",
)
OUTLET = re.compile(
    r"[\w·&’' -]{0,20}(?:日报|晚报|早报|晨报|周报|时报|快报|学报|都市报|商报|新闻|周刊|月刊|"
    r"杂志|通讯社|电视台|卫视|"
    r"日報|晚報|早報|週報|時報|新聞|週刊|月刊|雜誌|電視台|観察|ニュース|テック|新聞社|"
    r"编辑部|编辑室|画报|内参|茶馆|快讯|频道|前线|智库|电台|之声|在线|头条|学院|大学|论坛|俱乐部|日记|杂谈|"
    r"タイムス|テクノロジー|オンライン|編集部|新報|"
    r"株式会社\S{2,12}|\S{2,12}株式会社|"
    r"实验室|研究院|研究所|研习社|情报局|观察|观察家|评论|财经|传媒|媒体|工作室|笔记|公社|出版社|客户端|"
    r"[\u4e00-\u9fff]{2}(?:网|社|報|报|刊)|News|Times|Post|Daily|Weekly|Magazine|Journal|Review|Press)"
)
NO_OUTLET = re.compile(
    r"(?:今日|本周)(?:头条|新闻|快讯)$|.*(?:互联网|物联网|电网|官网|全网|旅行社|汇报|预报|警报|举报|海报|情报|填报)$"
)
BRANDS = frozenset({"华为", "方正", "安踏", "康佳", "高德", "万达", "万科", "荣耀", "石头"})
"""Names of firms that the dictionary takes for persons."""
JAPANESE_NAME = re.compile(r"[\u4e00-\u9fff]{1,3}[ \u3000]?[\u3041-\u3096]{2,4}")
LONGEST_OUTLET = 16


def is_outlet(text: str) -> bool:
    """Tell whether a short text reads like the name of a publication."""
    return (
        len(text) <= LONGEST_OUTLET
        and text not in CATEGORIES
        and bool(OUTLET.fullmatch(text))
        and not NO_OUTLET.match(text)
    )


def is_person(text: str) -> bool:
    """Tell whether two to four Han characters read like a Chinese name.

    They start with a surname that does not open a word of the dictionary, or the dictionary
    knows them as a name: 岳小棠 may be one, 高考 is none.
    """
    compound = text[:2] in COMPOUND
    if JAPANESE_NAME.fullmatch(text):
        return True
    if not re.fullmatch(r"[\u4e00-\u9fff]{3,4}" if compound else r"[\u4e00-\u9fff]{2,3}", text):
        return False
    return compound or (text not in BRANDS and _is_tagged_name(text))


def _is_tagged_name(text: str) -> bool:
    """Ask the dictionary; a call name is 阿, 老 or 小 before one more character."""
    called = text[0] in "阿老小" and len(text) == 2  # noqa: PLR2004  # 阿拾, 老钟
    if not called and text[0] not in SURNAMES:
        return False
    import rjieba  # noqa: PLC0415  # 80 ms, and most texts need none of it here

    known: list[tuple[str, str]] = rjieba.tag(text)
    if known == [(text, "nr")] and len(text) == 2:  # noqa: PLR2004  # it takes 白皮书 for one
        return True
    parts: list[str] = rjieba.cut(text, False)  # noqa: FBT003  # no guessing of names
    return parts[0] == text[0] and (not called or text[1] in SURNAMES)
