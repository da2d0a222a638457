"""What pages print for the hand, and numbers: buttons, counters; in folded text, small letters.

A form is a regular expression in which a blank stands for itself; one a line, so that they can be
read and compared. :mod:`wenzhai.importers.noise` says how they are used.
"""

from __future__ import annotations

BUTTONS = """
举报 投诉 反馈 举报/反馈 举报文章 纠错 我要纠错 不感兴趣 分享 分享到 分享至 分享本文 转发 转发到
关注 +关注 已关注 订阅 已订阅 收藏 点赞 赞 喜欢 在看 推荐 打赏 赞赏 复制链接 生成海报 海报
打印 打印本页 关闭 关闭窗口 关闭本页 保存 返回 返回顶部 回到顶部 返回列表 返回首页 top
大 中 小 字号 大字号 小字号 字体 放大 缩小 默认 展开 展开全文 收起 查看更多 加载更多 查看原文
没有更多了 没有更多 已经到底了 已经到底 首页 上一页 下一页 尾页 末页 上一篇 下一篇 阅读下一篇
阅读原文 附件下载 请继续往下阅读 請繼續往下閱讀
微信 微博 新浪微博 朋友圈 微信朋友圈 微信好友 qq qq空间 qq好友 钉钉 分享至好友和朋友圈
听新闻 听全文 听文章 朗读 朗读全文 语音播报 收听 划线 想法 写想法 写留言 留言
发表评论 我要评论 我要分享
写评论 评论 登录 注册 编辑本页 扫码 去app看 预览时标签不可点 关注该公众号 微信扫一扫
回复 回覆 reply 立即订阅 初级粉丝 中级粉丝 高级粉丝 铁杆粉丝 原创 踩 楼主 沙发 点评 使用道具
只看该作者 只看楼主 倒序浏览 正序浏览 阅读模式 电梯直达
关注他 关注她 关注ta
有料記事 無料記事 会員記事 プレミアム記事 チップで応援する 応援する スキ 福利倒计时 立即使用 去看看
去阅读 听书 倍速 在小说阅读器读本章 在小说阅读器中沉浸阅读 轻触阅读原文 向上滑动看下一个 知道了
取消 允许 取消 确定
写回答 关注问题 添加评论 邀请回答 好问题 默认排序 按时间排序 按热度排序 更多回答 关注者 被浏览
有用 没用
直播已结束 直播结束 直播中 回放 暂无评论 暂无留言 抢沙发 快来抢沙发 我来说两句 说点什么 发送 提交
立即登录 立即注册 登录/注册 忘记密码 会员中心 开通会员 消息 搜索 无障碍浏览 无障碍 关怀版
进入关怀版 长辈版
简体 繁体 繁體 手机版 电脑版 网页版 手机看 手机阅读 关于我们 联系我们 广告服务 招聘信息 诚聘英才
隐私政策 用户协议
意见反馈 帮助中心 加入我们 友情链接 网站地图 投诉水文 投诉建议 上一版 下一版 上一期 下一期
版面导航 版面目录 标题导航
全文复制 返回目录 返回版面 下载pdf 设为首页 加入收藏 收藏本站 夜间模式 护眼模式 关灯 a- a+ 原图
查看原图 看大图
点击查看大图 查看大图 图集 播放 重播 暂停 全屏 静音 视频加载中 视频加载中... 加载中 加载中...
正在加载
不喜欢 屏蔽 拉黑 私信 粉丝 主页 ta的主页 更多 更多> 更多>> 全部 全部> 详情 查看详情 了解更多
一键三连 投币
列印 列印本頁 加入最愛 字級 字級設定 讚 按讚 追蹤 追蹤我們 訂閱 複製連結 轉寄 回上一頁 回首頁
回頂端 我要留言
分享文章 收藏文章 看更多 line telegram threads wechat weibo instagram youtube flipboard pocket note
share tweet pin email print save follow subscribe like facebook twitter comment bookmark whatsapp
linkedin reddit listen menu search comments post x
ツイート シェア シェアする 印刷 印刷する 保存する いいね いいね! コメント コメントする 見る
リスト ポスト ポストする
はてブ はてブする はてなブックマーク ブックマーク メール 通知 フォロー フォローする 記事を保存
会員登録 無料会員登録
ログイン 拡大画像 画像一覧 画像をもっと見る lineで送る 投稿 文字サイズ 小 中 大 続きを読む
もっと見る
"""
"""Words that stand alone or beside each other."""

BUTTON_FORMS = (
    r"(?:share full|gift|save|read later|bookmark this|print this) ?(?:article|story|page)?",
    (
        r"listen to (?:this|the) (?:article|story)(?: ?[·|] ?\d+:\d\d(?: min)?)?|learn more|"
        r"news provided by"
    ),
    r"来自 ?\S{2,10}(?:客户端|手机版|网页版)|送ta礼物|\d{1,2}/\d{1,2}|\d{1,2}楼",
    (
        r"分享(?:至|到|给|給|在)? ?(?:facebook|line|twitter|x|whatsapp|微信|微博|朋友圈|qq空间|qq|"
        r"钉钉|email)"
    ),
    r"(?:用)?(?:支付宝|微博|qq|浏览器)扫(?:码|一扫)[^。]{0,12}",
    r"(?:用)?微信扫(?:码|一扫)[^。]{0,20}",
    r"扫一扫[^。]{0,20}",
    r"返回[^ ,。]{2,6}首页",
    r"进入[^ ,。]{2,8}(?:首页|频道)",
    r"下载[^ ,。]{0,8}(?:客户端|app)",
    r"分享让更多人看到",
    r"换一[换批]",
    r"申请转载",
    r"(?:已认证|官方|优质).{0,24}(?:创作者|媒体|账号|作者|博主)",
    r"\+ ?关注",
    r"好文章, ?需要你的鼓励",
    r"share(?: this(?: (?:article|story))?)?",
    r"sign in",
    r"log in",
    r"copy link",
    r"leave a comment",
    r"展开剩余 ?\d{0,3}%?|按圖.{0,8}",
    r"(?:skip|jump) to (?:main )?content",
    r"(?:view|show|read|see|hide|post a?) ?(?:all )?(?:the )?(?:\d+ )?(?:comments?|replies)",
    (
        r"(?:add|follow) (?:us )?(?:to|on) (?:favou?rites|bookmarks|google(?: news)?|facebook|"
        r"twitter|x|instagram)"
    ),
    (
        r"(?:report an error|back to top|load more|show more|see more|read more|get the app|"
        r"sign up|my account)"
    ),
    r"more (?:options|sharing options)",
    r"listen(?: to this (?:article|story))?(?: ?\(\d+ min(?:utes?)?\))?",
)

COUNTED = (
    "阅读 浏览 评论 点赞 赞 在看 收藏 分享 转发 跟贴 参与 人参与 赞同 查看 热度 人气 点击 "
    "回复 推荐 喜欢 回答 关注 关注者 粉丝 被浏览 讨论 播放 收听 下载 跟帖 围观 感兴趣 想看 弹幕 "
    "觉得有用 字数 スキ "
    "人气 瀏覽 讚 留言 分享数 views? likes? comments? shares? reads?"
)
"""Of what pages print numbers."""
