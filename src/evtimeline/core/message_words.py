"""The words of messages in English and Chinese, in one place, with plurals and dates that are right in both."""

from collections.abc import Mapping
from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_COUNTS: Mapping[str, tuple[str, str, str]] = {
    "days": ("{n} day", "{n} days", "{n}天"),
    "changes": ("{n} change", "{n} changes", "{n}项变化"),
    "more changes": ("{n} more change", "{n} more changes", "另有{n}项变化"),
    "overdue": ("{n} overdue", "{n} overdue", "{n}项逾期"),
    "upcoming": ("{n} due soon", "{n} due soon", "{n}项临近"),
    "more": ("and {n} more", "and {n} more", "另有{n}项"),
    "also": ("also reported by {n}", "also reported by {n}", "另有{n}家报道"),
    "reporters": ("reported by {n} publisher", "reported by {n} independent publishers", "{n}家独立媒体报道"),
    "moves": ("{n} change since the last message", "{n} changes since the last message", "此间共{n}次变化"),
    "broken": ("{n} source is broken", "{n} sources are broken", "{n}个信息源故障"),
    "silent": ("{n} source has gone silent", "{n} sources have gone silent", "{n}个信息源沉寂"),
    "dead": ("{n} message could not be delivered", "{n} messages could not be delivered", "{n}封消息未能送达"),
    "troubles": ("{n} problem", "{n} problems", "{n}个问题"),
    "more reminders": ("{n} more reminder", "{n} more reminders", "另有{n}条提醒"),
}

_TEXTS: Mapping[str, tuple[str, str]] = {
    # what happened, as the news of a subject line
    "told slipped": ("{title} moved {old} -> {new}", "{title}推迟 {old}→{new}"),
    "told advanced": ("{title} moved {old} -> {new}", "{title}提前 {old}→{new}"),
    "told refined": ("{title} now set for {new}", "{title}定于{new}"),
    "told blurred": ("{title} now only {new}", "{title}放宽为{new}"),
    "told dated": ("{title} set for {new}", "{title}有了日期：{new}"),
    "told delayed": ("{title} delayed, no new date", "{title}推迟，新日期未定"),
    "told reported": ("{title} reported done", "有报道称{title}已实现"),
    "told done": ("{title} done {new}", "{title}已实现（{new}）"),
    "told done undated": ("{title} done", "{title}已实现"),
    "told cancelled": ("{title} cancelled", "{title}已取消"),
    "told reinstated": ("{title} open again, now {new}", "{title}恢复为未完成，现为{new}"),
    "told contested": ("{title} contested: {windows}", "{title}说法不一：{windows}"),
    "told settled": ("{title} settled on {new}", "{title}说法归一：{new}"),
    "told mention": ("{title} mentioned", "{title}被提及"),
    # badges
    "slipped": ("slipped", "推迟"),
    "advanced": ("brought forward", "提前"),
    "by days": ("{what} {days}", "{what}{days}"),
    "refined": ("made more precise", "日期更精确"),
    "blurred": ("made less precise", "日期变模糊"),
    "dated": ("first date", "首次有日期"),
    "delayed": ("delayed, no new date", "推迟，新日期未定"),
    "reported": ("reported done", "据报道已实现"),
    "done": ("done", "已实现"),
    "cancelled": ("cancelled", "已取消"),
    "reinstated": ("open again", "恢复为未完成"),
    "contested": ("contested", "说法不一"),
    "settled": ("settled", "说法归一"),
    "mention": ("mentioned", "被提及"),
    "overdue by": ("overdue by {days}", "逾期{days}"),
    "quiet for": ("no news for {days}", "{days}无消息"),
    # windows
    "from to": ("{old} → {new}", "{old} → {new}"),
    "still": ("still {old}", "现仍为{old}"),
    "bar old": ("was {window}", "原 {window}"),
    "bar new": ("now {window}", "现 {window}"),
    "was": ("was {old}", "原为{old}"),
    "on": ("on {new}", "{new}"),
    "against first": ("{days} later than first promised ({window})", "比最初承诺（{window}）晚{days}"),
    "against first earlier": ("{days} earlier than first promised ({window})", "比最初承诺（{window}）早{days}"),
    "promised for": ("promised for {window}", "承诺于{window}"),
    "last word": ("last word: {who}, {day}", "最近消息：{who}，{day}"),
    "opens": ("opens in {days}", "{days}后开始"),
    "opens tomorrow": ("opens tomorrow", "明天开始"),
    "opens today": ("opens today", "今天开始"),
    "day": ("in {days}", "{days}后"),
    "day tomorrow": ("tomorrow", "明天"),
    "day today": ("today", "今天"),
    "closes": ("closes in {days}", "{days}后截止"),
    "closes tomorrow": ("closes tomorrow", "明天截止"),
    "closes today": ("last day today", "今天截止"),
    "is contested": ("contested: {windows}", "说法不一：{windows}"),
    "or": (" / ", " / "),
    "comma": (", ", "，"),
    "semicolon": ("; ", "；"),
    "quoted": ("“{quote}”", "“{quote}”"),
    "source": ("{who}, {day}", "{who}，{day}"),
    "tier primary": ("the party itself", "当事方"),
    "tier tertiary": ("second hand", "转述"),
    "nobody": ("nobody named", "未注明出处"),
    # sorts of messages
    "sort digest": ("digest", "摘要"),
    "sort alert": ("alert", "快讯"),
    "sort reminder": ("reminder", "提醒"),
    "sort operator": ("operator", "运维"),
    # digests
    "period": ("{begin} to {end}", "{begin}至{end}"),
    "nothing": ("Nothing changed", "没有变化"),
    "nothing said": (
        "Nothing that you follow has changed in this time.",
        "这段时间里，您关注的里程碑没有变化。",
    ),
    "heading changes": ("Changed", "变化"),
    "heading overdue": ("Overdue", "逾期"),
    "heading upcoming": ("In the next 30 days", "未来30天"),
    "heading quiet": ("Gone quiet", "沉寂"),
    "heading review": ("Waiting for review", "待审"),
    "heading mentions": ("Mentioned", "被提及"),
    "heading sources": ("Sources", "信息源"),
    "heading muted": ("Silenced", "已静音"),
    "heading reminders": ("Reminders", "提醒"),
    "muted until": ("silenced until {day}: {why}", "静音至{day}：{why}"),
    "may miss": ("{troubles}: this message may miss news.", "{troubles}：本消息可能有遗漏。"),
    "review how": ("`evtimeline review` decides", "用 `evtimeline review` 裁定"),
    "waits because": ("waits because: {why}", "待审原因：{why}"),
    # why somebody gets it
    "you follow": (
        "You get this {how} because {address} is subscribed{what} (subscription {id}).",
        "您收到本消息，是因为 {address} 已订阅{what}（{how}，订阅号 {id}）。",
    ),
    "how instant": ("at once", "即时"),
    "how daily": ("every day", "每天"),
    "how weekly": ("every week", "每周"),
    "to timelines": (" to {names}", "：{names}"),
    "to all": (" to everything", "全部内容"),
    "how to end": (
        "To change or end it: evtimeline subscriptions",
        "更改或退订：evtimeline subscriptions",
    ),
    # reasons
    "reason first report": ("first report", "首次报道"),
    "reason confirmed": ("confirmed", "得到证实"),
    "reason moved again": ("moved again", "再次变动"),
    "reason taken back": ("taken back", "被收回"),
    "reason mention": ("mention", "提及"),
    "why": ("Why you are told: {reason}", "通知原因：{reason}"),
    # operator
    "operator": ("evtimeline needs a look", "evtimeline 需要查看"),
    "trouble broken": ("broken", "故障"),
    "trouble silent": ("silent", "沉寂"),
    "trouble dead": ("not delivered", "未送达"),
    "trouble queue": ("review queue is full", "待审队列已满"),
    "trouble unbuilt": ("could not be built", "未能生成"),
    "last success": ("last answered {day}", "上次成功：{day}"),
    "never answered": ("never answered", "从未成功"),
    "nothing new since": ("answers, but brings nothing new since {day}", "有应答，但自{day}起没有新内容"),
    "still open": ("{troubles} told before still last.", "此前通知的{troubles}仍未解决。"),
}  # fmt: skip


def say(key: str, language: str, **values: object) -> str:
    """A word or sentence in the language, zh or else English, with its values filled in."""
    return _TEXTS[key][language == "zh"].format(**values)


def count(key: str, n: int, language: str) -> str:
    """So many of something; English has a singular."""
    one, many, chinese = _COUNTS[key]
    return (chinese if language == "zh" else one if n == 1 else many).format(n=f"{n:,}" if n > 9999 else n)


def days_text(days: int, language: str) -> str:
    """A length of time, without its direction."""
    return count("days", abs(days), language)


def day_text(day: date, language: str) -> str:
    """A day as it is written in a sentence: 27 June 2025, 2025年6月27日."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def period_text(begin: date, end: date, language: str) -> str:
    """Two days and what lies between: 23-29 June 2025, 2025年6月23日至29日."""
    if begin >= end:
        return day_text(end, language)
    if language == "zh":
        same_month = (begin.year, begin.month) == (end.year, end.month)
        tail = f"{end.day}日" if same_month else f"{end.month}月{end.day}日"
        return say(
            "period",
            language,
            begin=day_text(begin, language),
            end=tail if begin.year == end.year else day_text(end, language),
        )
    if begin.year != end.year:
        return say("period", language, begin=day_text(begin, language), end=day_text(end, language))
    if begin.month != end.month:
        return say("period", language, begin=f"{begin.day} {_MONTHS[begin.month - 1]}", end=day_text(end, language))
    return f"{begin.day}–{day_text(end, language)}"


def joined(parts: tuple[str, ...], key: str, language: str) -> str:
    """The parts that say something, with what stands between them in the language."""
    return say(key, language).join(part for part in parts if part)
