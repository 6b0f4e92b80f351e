"""The words of the ledger in Chinese: statuses, changes, signals, stances, verdicts and tiers."""

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    # statuses
    "planned": "计划中",
    "due": "窗口内",
    "overdue": "逾期",
    "reported": "已有报道",
    "done": "已实现",
    "cancelled": "已取消",
    "undated": "未定日期",
    # revisions
    "dated": "有了日期",
    "refined": "更精确",
    "blurred": "变模糊",
    "slipped": "推迟",
    "advanced": "提前",
    "reinstated": "恢复",
    "contested": "说法不一",
    "settled": "说法归一",
    # signals
    "achieved": "已发生",
    "delayed": "推迟",
    "scheduled": "排期",
    "progress": "进展",
    "mention": "提及",
    # stances
    "asserted": "陈述",
    "rumour": "传闻",
    "denied": "否认",
    "conditional": "附条件",
    "reaffirmed": "重申",
    "forecast": "预测",
    # verdicts
    "accepted": "采信",
    "pending": "待审",
    "rejected": "不采信",
    # feeds
    "new": "未抓取",
    "ok": "正常",
    "failing": "故障",
    "gone": "已下线",
    "not a feed": "非订阅源",
    "quiet": "沉寂",
    "off": "停用",
    # messages and attempts
    "queued": "排队",
    "held": "暂缓",
    "sending": "发送中",
    "sent": "已发",
    "unknown": "存疑",
    "dead": "放弃",
    "retry": "重试",
    # tiers and origins
    "primary": "当事方",
    "secondary": "媒体",
    "tertiary": "转述",
    "file": "时间线文件",
    "entry": "订阅条目",
    "person": "人工",
}


def word(english: str, language: str) -> str:
    """A status, kind, signal, stance, verdict or tier in the language; what the table lacks stays as it is."""
    return _WORDS.get(english, english) if language == "zh" else english
