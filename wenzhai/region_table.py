"""The closed list of regions: provinces of China with their cities, and countries.

Rows are text so that they can be read and mended at a glance; :mod:`wenzhai.regions` reads them.
Province codes are the letters of ISO 3166-2:CN, country codes ISO 3166-1 alpha-2.
"""

from __future__ import annotations

PROVINCES = """
BJ beijing 北京 Beijing
TJ tianjin 天津 Tianjin
HE hebei 河北 Hebei
SX shanxi 山西 Shanxi
NM neimenggu 内蒙古 Inner_Mongolia
LN liaoning 辽宁 Liaoning
JL jilin 吉林 Jilin
HL heilongjiang 黑龙江 Heilongjiang
SH shanghai 上海 Shanghai
JS jiangsu 江苏 Jiangsu
ZJ zhejiang 浙江 Zhejiang
AH anhui 安徽 Anhui
FJ fujian 福建 Fujian
JX jiangxi 江西 Jiangxi
SD shandong 山东 Shandong
HA henan 河南 Henan
HB hubei 湖北 Hubei
HN hunan 湖南 Hunan
GD guangdong 广东 Guangdong
GX guangxi 广西 Guangxi
HI hainan 海南 Hainan
CQ chongqing 重庆 Chongqing
SC sichuan 四川 Sichuan
GZ guizhou 贵州 Guizhou
YN yunnan 云南 Yunnan
XZ xizang 西藏 Xizang
SN shaanxi 陕西 Shaanxi
GS gansu 甘肃 Gansu
QH qinghai 青海 Qinghai
NX ningxia 宁夏 Ningxia
XJ xinjiang 新疆 Xinjiang
TW taiwan 台湾 Taiwan
HK hongkong 香港 Hong_Kong
MO macao 澳门 Macao
"""
"""ISO 3166-2 letters, slug, Chinese name, English name. 陕西 and 山西 differ only in tone:
their romanisation (GB/T 28039) is Shaanxi and Shanxi."""

SUFFIXES = (
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "特别行政区",
    "自治区",
    "省",
    "市",
)

ALIASES = {
    "內蒙古": "内蒙古",
    "遼寧": "辽宁",
    "黑龍江": "黑龙江",
    "江蘇": "江苏",
    "廣東": "广东",
    "廣西": "广西",
    "重慶": "重庆",
    "貴州": "贵州",
    "雲南": "云南",
    "陝西": "陕西",
    "甘肅": "甘肃",
    "寧夏": "宁夏",
    "臺灣": "台湾",
    "台灣": "台湾",
    "臺湾": "台湾",
    "澳門": "澳门",
    "Inner Mongolia": "内蒙古",
    "Nei Mongol": "内蒙古",
    "Tibet": "西藏",
    "Macau": "澳门",
    "aomen": "澳门",
    "xianggang": "香港",
    "USA": "美国",
    "US": "美国",
    "U.S.": "美国",
    "United States of America": "美国",
    "America": "美国",
    "UK": "英国",
    "U.K.": "英国",
    "Britain": "英国",
    "Great Britain": "英国",
    "England": "英国",
    "UAE": "阿联酋",
    "阿拉伯联合酋长国": "阿联酋",
    "Holland": "荷兰",
    "Korea": "韩国",
    "Republic of Korea": "韩国",
    "大韩民国": "韩国",
    "韓國": "韩国",
    "美國": "美国",
    "英國": "英国",
    "法國": "法国",
    "德國": "德国",
    "泰國": "泰国",
    "俄罗斯联邦": "俄罗斯",
    "俄羅斯": "俄罗斯",
    "Russian Federation": "俄罗斯",
    "Czech Republic": "捷克",
    "Viet Nam": "越南",
    "Türkiye": "土耳其",
    "纽西兰": "新西兰",
    "中國": "中国",
    "Burma": "缅甸",
    "Ivory Coast": "科特迪瓦",
    "刚果(金)": "刚果民主共和国",
    "刚果(布)": "刚果共和国",
    "沙特": "沙特阿拉伯",
    "印尼": "印度尼西亚",
}
"""Other forms in use, traditional and English, and the canonical Chinese name of each."""

CITIES = """
河北 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 雄安
山西 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
内蒙古 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安 锡林郭勒 阿拉善
辽宁 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛
吉林 长春 吉林 四平 辽源 通化 白山 松原 白城 延边
黑龙江 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭
江苏 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁
浙江 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水
安徽 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
福建 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德
江西 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶
山东 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽
河南 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源
湖北 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 天门 神农架
湖南 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西
广东 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山
广东 潮州 揭阳 云浮
广西 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左
海南 海口 三亚 三沙 儋州 琼海 文昌 万宁
四川 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳
四川 阿坝 甘孜 凉山
贵州 贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南
云南 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆
西藏 拉萨 日喀则 昌都 林芝 山南 那曲 阿里
陕西 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛
甘肃 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南
青海 西宁 海东 海北 黄南 果洛 玉树 海西
宁夏 银川 石嘴山 吴忠 固原 中卫
新疆 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁
新疆 塔城 阿勒泰 石河子
台湾 台北 新北 桃园 台中 台南 高雄 基隆 新竹 嘉义
"""
"""Prefecture-level cities and the like, by province. Names that two provinces share, or that are
words of their own (海南 in 青海), are left out."""

COUNTRIES = """
CN 中国 China
JP 日本 Japan
KR 韩国 South_Korea
KP 朝鲜 North_Korea
MN 蒙古 Mongolia
VN 越南 Vietnam
LA 老挝 Laos
KH 柬埔寨 Cambodia
TH 泰国 Thailand
MM 缅甸 Myanmar
MY 马来西亚 Malaysia
SG 新加坡 Singapore
ID 印度尼西亚 Indonesia
PH 菲律宾 Philippines
BN 文莱 Brunei
TL 东帝汶 Timor-Leste
IN 印度 India
PK 巴基斯坦 Pakistan
BD 孟加拉国 Bangladesh
NP 尼泊尔 Nepal
BT 不丹 Bhutan
LK 斯里兰卡 Sri_Lanka
MV 马尔代夫 Maldives
AF 阿富汗 Afghanistan
KZ 哈萨克斯坦 Kazakhstan
UZ 乌兹别克斯坦 Uzbekistan
KG 吉尔吉斯斯坦 Kyrgyzstan
TM 土库曼斯坦 Turkmenistan
IR 伊朗 Iran
IQ 伊拉克 Iraq
SY 叙利亚 Syria
LB 黎巴嫩 Lebanon
JO 约旦 Jordan
IL 以色列 Israel
PS 巴勒斯坦 Palestine
SA 沙特阿拉伯 Saudi_Arabia
AE 阿联酋 United_Arab_Emirates
QA 卡塔尔 Qatar
KW 科威特 Kuwait
BH 巴林 Bahrain
OM 阿曼 Oman
YE 也门 Yemen
TR 土耳其 Turkey
CY 塞浦路斯 Cyprus
GE 格鲁吉亚 Georgia
AM 亚美尼亚 Armenia
AZ 阿塞拜疆 Azerbaijan
RU 俄罗斯 Russia
UA 乌克兰 Ukraine
BY 白俄罗斯 Belarus
MD 摩尔多瓦 Moldova
PL 波兰 Poland
CZ 捷克 Czechia
SK 斯洛伐克 Slovakia
HU 匈牙利 Hungary
RO 罗马尼亚 Romania
BG 保加利亚 Bulgaria
RS 塞尔维亚 Serbia
HR 克罗地亚 Croatia
SI 斯洛文尼亚 Slovenia
BA 波黑 Bosnia_and_Herzegovina
ME 黑山 Montenegro
MK 北马其顿 North_Macedonia
AL 阿尔巴尼亚 Albania
GR 希腊 Greece
IT 意大利 Italy
VA 梵蒂冈 Vatican_City
SM 圣马力诺 San_Marino
MT 马耳他 Malta
ES 西班牙 Spain
PT 葡萄牙 Portugal
AD 安道尔 Andorra
FR 法国 France
MC 摩纳哥 Monaco
BE 比利时 Belgium
NL 荷兰 Netherlands
LU 卢森堡 Luxembourg
DE 德国 Germany
AT 奥地利 Austria
CH 瑞士 Switzerland
LI 列支敦士登 Liechtenstein
GB 英国 United_Kingdom
IE 爱尔兰 Ireland
IS 冰岛 Iceland
NO 挪威 Norway
SE 瑞典 Sweden
FI 芬兰 Finland
DK 丹麦 Denmark
EE 爱沙尼亚 Estonia
LV 拉脱维亚 Latvia
LT 立陶宛 Lithuania
US 美国 United_States
CA 加拿大 Canada
MX 墨西哥 Mexico
GT 危地马拉 Guatemala
BZ 伯利兹 Belize
HN 洪都拉斯 Honduras
SV 萨尔瓦多 El_Salvador
NI 尼加拉瓜 Nicaragua
CR 哥斯达黎加 Costa_Rica
PA 巴拿马 Panama
CU 古巴 Cuba
JM 牙买加 Jamaica
HT 海地 Haiti
DO 多米尼加 Dominican_Republic
BS 巴哈马 Bahamas
BB 巴巴多斯 Barbados
TT 特立尼达和多巴哥 Trinidad_and_Tobago
CO 哥伦比亚 Colombia
VE 委内瑞拉 Venezuela
GY 圭亚那 Guyana
SR 苏里南 Suriname
EC 厄瓜多尔 Ecuador
PE 秘鲁 Peru
BO 玻利维亚 Bolivia
BR 巴西 Brazil
PY 巴拉圭 Paraguay
UY 乌拉圭 Uruguay
AR 阿根廷 Argentina
CL 智利 Chile
AU 澳大利亚 Australia
NZ 新西兰 New_Zealand
FJ 斐济 Fiji
PG 巴布亚新几内亚 Papua_New_Guinea
SB 所罗门群岛 Solomon_Islands
VU 瓦努阿图 Vanuatu
WS 萨摩亚 Samoa
TO 汤加 Tonga
EG 埃及 Egypt
LY 利比亚 Libya
TN 突尼斯 Tunisia
DZ 阿尔及利亚 Algeria
MA 摩洛哥 Morocco
SD 苏丹 Sudan
SS 南苏丹 South_Sudan
ET 埃塞俄比亚 Ethiopia
ER 厄立特里亚 Eritrea
DJ 吉布提 Djibouti
SO 索马里 Somalia
KE 肯尼亚 Kenya
UG 乌干达 Uganda
TZ 坦桑尼亚 Tanzania
RW 卢旺达 Rwanda
BI 布隆迪 Burundi
CD 刚果民主共和国 DR_Congo
CG 刚果共和国 Congo
CM 喀麦隆 Cameroon
GA 加蓬 Gabon
TD 乍得 Chad
NE 尼日尔 Niger
NG 尼日利亚 Nigeria
BJ 贝宁 Benin
TG 多哥 Togo
GH 加纳 Ghana
CI 科特迪瓦 Côte_d'Ivoire
LR 利比里亚 Liberia
SL 塞拉利昂 Sierra_Leone
GN 几内亚 Guinea
SN 塞内加尔 Senegal
GM 冈比亚 Gambia
ML 马里 Mali
BF 布基纳法索 Burkina_Faso
MR 毛里塔尼亚 Mauritania
AO 安哥拉 Angola
ZM 赞比亚 Zambia
ZW 津巴布韦 Zimbabwe
MW 马拉维 Malawi
MZ 莫桑比克 Mozambique
NA 纳米比亚 Namibia
BW 博茨瓦纳 Botswana
ZA 南非 South_Africa
LS 莱索托 Lesotho
SZ 斯威士兰 Eswatini
MG 马达加斯加 Madagascar
MU 毛里求斯 Mauritius
SC 塞舌尔 Seychelles
KM 科摩罗 Comoros
CV 佛得角 Cabo_Verde
"""
"""ISO 3166-1 alpha-2, Chinese name, English name (underscores stand for spaces)."""
