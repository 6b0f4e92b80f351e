"""The words of the screen in English and Chinese, in one place."""

from collections.abc import Mapping

from evtimeline.core.vocabulary import word
from evtimeline.core.windows import Window

__all__ = ["NOTHING", "days_text", "text", "window_text", "word"]

NOTHING = "–"

_TEXTS: Mapping[str, tuple[str, str]] = {
    # headings of columns
    "milestone": ("Milestone", "里程碑"),
    "timeline": ("Timeline", "时间线"),
    "key": ("Key", "键"),
    "first": ("First", "最初"),
    "stands": ("Stands", "现为"),
    "status": ("Status", "状态"),
    "evidence": ("Last evidence", "最近依据"),
    # status
    "as of": ("As known on {day}", "截至{day}所知"),
    "milestones": ("{n} milestones", "{n}个里程碑"),
    "one milestone": ("1 milestone", "1个里程碑"),
    "counted": ("{n} {word}", "{word}{n}"),
    "of which": (": ", "："),
    "comma": (", ", "，"),
    "polled": ("polled {when}", "上次抓取{when}"),
    "never polled": ("not polled yet: run `evtimeline poll`", "尚未抓取：请运行 `evtimeline poll`"),
    "waiting": ("{n} waiting for `evtimeline review`", "{n}条待审，见 `evtimeline review`"),
    "changed": ("Changed since {when}", "自{when}以来的变化"),
    "changed first": ("Changed so far", "迄今的变化"),
    "more": ("and {n} more", "另有{n}项"),
    "broken": (
        "Broken feeds ({n}): `evtimeline feed list` says more",
        "订阅源故障（{n}个），详见 `evtimeline feed list`",
    ),
    "alarms": ("{told}: `evtimeline doctor` says more", "{told}，详见 `evtimeline doctor`"),
    "dead": ("messages given up: {n}", "{n}条消息已放弃"),
    "daemon lost": ("the daemon was last heard of {ago} ago", "守护进程最后心跳在 {ago} 前"),
    "unsent": ("messages wait since {by} ago", "有消息已等 {by}"),
    "hidden": ("{n} done or cancelled long ago: --all shows them", "另有{n}项早已实现或取消，--all 可列出"),
    "nothing known": ("Nothing was known by {day}.", "截至{day}一无所知。"),
    "empty": (
        'No milestones yet. Add one:\n  evtimeline milestone add "Xiaomi YU7 launch" --when 2025-Q3\n'
        "or load the timeline that is shipped:\n  evtimeline init --sample xiaomi-baic",
        '还没有里程碑。添加一个：\n  evtimeline milestone add "小米YU7上市" --when 2025年三季度\n'
        "或载入自带的时间线：\n  evtimeline init --sample xiaomi-baic",
    ),
    # poll
    "nothing due": (
        "No feed is due: `evtimeline poll --all` polls them all the same.",
        "没有到期的订阅源；`evtimeline poll --all` 可全部抓取。",
    ),
    "no feeds": (
        "feeds.yaml has no enabled feed: `evtimeline feed add URL` adds one.",
        "feeds.yaml 中没有启用的订阅源：用 `evtimeline feed add URL` 添加。",
    ),
    "polled feeds": (
        "feeds polled: {feeds} ({failed} failed) · new entries: {new} · new claims: {claims} · for review: {pending}",
        "已抓取{feeds}个订阅源（{failed}个失败）：新条目{new}，新说法{claims}，待审{pending}",
    ),
    "rehearsed": ("A rehearsal: nothing was stored.", "仅为演练，未存储任何内容。"),
    # review
    "decided": ("Decided; what stands has not changed.", "已裁定，现状不变。"),
    "nothing waits": ("Nothing waits for a decision.", "没有待审的说法。"),
    "review help": (
        "evtimeline review accept {id} | reject {id} [--exclude PHRASE] | edit {id} --when DATE --signal SIGNAL",
        "evtimeline review accept {id} | reject {id} [--exclude 词语] | edit {id} --when 日期 --signal 信号",
    ),
    "exclude it": (
        "If such texts are never about this milestone: evtimeline review reject {id} --exclude {phrase}",
        "若此类文字从不涉及该里程碑：evtimeline review reject {id} --exclude {phrase}",
    ),
    # explain --stored
    "because": ("because {reasons}", "依据：{reasons}"),
    "change new": ("new", "新增"),
    "change lost": ("lost", "不再读出"),
    "change different": ("different", "改读"),
    "change judged": ("weighed anew", "重新裁量"),
    "reread alike": (
        "{n} entries read anew: the ledger says the same.",
        "重读{n}个条目，与账本一致。",
    ),
    "reread": ("{n} entries read anew: {told}.", "重读{n}个条目：{told}。"),
    "reread not applied": (
        "Nothing was changed: `evtimeline explain --stored --apply` does it.",
        "尚未改动：`evtimeline explain --stored --apply` 可应用。",
    ),
    "reread applied": ("The ledger was changed so.", "账本已照此更改。"),
    # feed list
    "feed": ("Feed", "订阅源"),
    "health": ("Health", "状况"),
    "last success": ("Last success", "上次成功"),
    "next poll": ("Next poll", "下次抓取"),
    "entries": ("Entries", "条目"),
    "due because": ("Because", "缘由"),
    "due interval": ("its interval", "按间隔"),
    "due habit": ("rarely new", "更新少"),
    "due asked": ("it asks so", "源要求"),
    "due fresh": ("still fresh", "未过期"),
    "due demanded": ("server's wish", "服务器要求"),
    "due failing": ("it failed", "出错"),
    "every": ("Every", "间隔"),
    "tier": ("Tier", "层级"),
    "tags": ("Tags", "标签"),
    "now": ("now", "即刻"),
    # show
    "first promise": ("first promise", "最初承诺"),
    "now stands": ("stands", "现为"),
    "happened": ("happened", "发生于"),
    "moved": ("moved", "变动"),
    "against first": ("{days} against the first promise", "较最初承诺{days}"),
    "against last": ("{days} at the last change", "最近一次{days}"),
    "reporters": ("reported by", "报道者"),
    "rivals": ("contradicted by", "异说"),
    "challenges": ("challenged by", "另有说法"),
    "rumours": ("rumours", "传闻"),
    "forecasts": ("forecasts", "预测"),
    "target": ("target", "目标"),
    "note": ("note", "备注"),
    "changes": ("Changes", "变化"),
    "no changes": ("Nothing has changed yet.", "尚无变化。"),
    "one claim": ("Ledger (1 claim)", "账本（1条说法）"),
    "ledger": ("Ledger ({n} claims)", "账本（{n}条说法）"),
    "no claims": (
        "No claims yet: `evtimeline poll` reads the feeds, `evtimeline milestone edit` states a date.",
        "尚无说法：`evtimeline poll` 读取订阅源，`evtimeline milestone edit` 可录入日期。",
    ),
    "learned": ("learned {day}", "{day}获知"),
    "copy": ("copy of #{id}", "与#{id}同文"),
    "same story": ("same story as #{id}", "与#{id}同一事件"),
    "also": ("also reported by {names}", "另有{names}报道"),
    "struck": ("struck by a denial", "已因否认作废"),
    "nobody": ("nobody named", "未注明出处"),
    "by": ("{verdict} by {who}", "{verdict}（{who}）"),
    "later": ("{n}d later", "晚{n}天"),
    "earlier": ("{n}d earlier", "早{n}天"),
    "unmoved": ("unmoved", "未变"),
    # timeline
    "sign stands": ("stands", "现为"),
    "sign first": ("first promised", "最初承诺"),
    "sign contested": ("contested", "异说"),
    "sign done": ("done", "已实现"),
    "sign reported": ("reported", "已有报道"),
    "sign overdue": ("overdue", "逾期"),
    "sign cancelled": ("cancelled", "已取消"),
    "sign rumour": ("rumoured", "传闻"),
    "sign forecast": ("forecast", "预测"),
    "sign today": ("today, {day}", "今天，{day}"),
    "sign stated": ("said on", "发表于"),
    "sign moved": ("moved what stood", "改变了现状"),
    "sign beside": ("changed nothing", "未改变现状"),
    "sign void": ("does not count", "不作数"),
    # subscriptions, silences, deliveries
    "subscribed": ("Subscription {id}: {who}", "订阅{id}：{who}"),
    "no mail server": (
        "No mail leaves yet: set smtp.host and smtp.from in {file}; `evtimeline channels test` then tries it.",
        "邮件尚不能发出：请在 {file} 中设置 smtp.host 与 smtp.from，再用 `evtimeline channels test` 测试。",
    ),
    "subscription changed": ("Changed subscription {id}: {who}", "已更改订阅{id}：{who}"),
    "subscription unchanged": ("Subscription {id} is as it was: {who}", "订阅{id}没有变化：{who}"),
    "subscription paused": ("Paused subscription {id}: {who}", "已暂停订阅{id}：{who}"),
    "subscription resumed": ("Resumed subscription {id}: {who}", "已恢复订阅{id}：{who}"),
    "subscription removed": ("Ended subscription {id}: {who}", "已终止订阅{id}：{who}"),
    "nobody told": (
        "Nobody is told anything: `evtimeline subscribe name@example.org` adds somebody.",
        "还没有订阅：用 `evtimeline subscribe name@example.org` 添加。",
    ),
    "at once": ("at once", "即时"),
    "daily at": ("daily {at}", "每天 {at}"),
    "weekly at": ("weekly {day} {at}", "每{day} {at}"),
    "quiet hours": ("quiet {hours}", "免打扰 {hours}"),
    "operator": ("operator", "运维"),
    "address": ("Address", "地址"),
    "how often": ("How often", "频率"),
    "next": ("Next", "下次"),
    "waiting messages": ("Queued", "待发"),
    "limited to": ("Only", "范围"),
    "paused": ("paused", "已暂停"),
    "silenced": ("Silence {id}: nobody is told of {title} through {day}.", "静默{id}：至{day}止不再通知「{title}」。"),
    "no silences": ("Nothing is silenced.", "没有静默的里程碑。"),
    "lifted": ("Lifted: {ids}", "已解除静默：{ids}"),
    "until": ("Until", "截止"),
    "why": ("Why", "原因"),
    "who": ("Who", "何人"),
    "no messages": ("No such messages.", "没有这样的消息。"),
    "queued again": (
        "{n} queued again: `evtimeline digest send` sends them.",
        "已重新排队{n}条，`evtimeline digest send` 将发送。",
    ),
    "removed subscription": ("a subscription that was ended", "已终止的订阅"),
    "due at": ("due {when}", "定于{when}"),
    "in the clear": ("in the clear", "明文"),
    "signed": ("signed", "加签"),
    "test subject": ("A test of evtimeline", "evtimeline 测试消息"),
    "test text": (
        "This is a test: messages of the evtimeline in {place} arrive here.",
        "这是一条测试消息：{place} 中的 evtimeline 的消息会送到这里。",
    ),
    # doctor
    "level ok": ("ok", "正常"),
    "level warning": ("warning", "警告"),
    "level problem": ("problem", "问题"),
    "area settings": ("settings", "设置"),
    "area files": ("files", "文件"),
    "area database": ("database", "数据库"),
    "area backups": ("backups", "备份"),
    "area clock": ("clock", "时钟"),
    "area feeds": ("feeds", "订阅源"),
    "area running": ("running", "运行"),
    "area messages": ("messages", "消息"),
    "area channels": ("channels", "通道"),
    "checked": (
        "problems: {problems} · warnings: {warnings} · well: {well}",
        "问题{problems} · 警告{warnings} · 正常{well}",
    ),
    # config show
    "setting": ("Setting", "设置"),
    "value": ("Value", "值"),
    "comes from": ("Comes from", "来源"),
    "origin default": ("default", "默认"),
    "origin keyring": ("keyring", "密钥环"),
    "earlier claims": ("{n} earlier claims: --all shows them", "另有更早的{n}条说法，--all 可列出"),
}


def text(key: str, language: str, **values: object) -> str:
    """A heading or sentence in the language, with its values filled in."""
    return _TEXTS[key][language == "zh"].format(**values)


def window_text(window: Window | None) -> str:
    """A window as it is shown, in no language; a dash where there is none."""
    return window.display if window else NOTHING


def days_text(days: int, language: str) -> str:
    """How far a date has moved."""
    if days == 0:
        return text("unmoved", language)
    return text("later" if days > 0 else "earlier", language, n=abs(days))
