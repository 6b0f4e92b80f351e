"""The words of the report in English and Chinese, in one place."""

from collections.abc import Mapping

_TEXTS: Mapping[str, tuple[str, str]] = {
    # the head
    "all timelines": ("Everything followed", "全部时间线"),
    "as known": ("As known on {day}", "截至{day}所知"),
    "made": ("{stories}, {claims} on record", "{stories}，账本共{claims}"),
    "stamp": ("Made by evtimeline on {when}", "evtimeline 生成于{when}"),
    "nothing": ("Nothing was known by that day.", "截至该日一无所知。"),
    "skip": ("Skip to what stands", "跳到现状"),
    "counts": ("Milestones by status", "里程碑状态"),
    # tools
    "filter": ("Filter", "筛选"),
    "filter hint": ("Title, publisher or words of a source", "标题、发布者或原文词语"),
    "shown": ("{n} of {m} shown", "显示{n}/{m}"),
    "reset": ("Show all", "全部显示"),
    "zoom in": ("Zoom in", "放大"),
    "zoom out": ("Zoom out", "缩小"),
    "zoom fit": ("Whole time", "全程"),
    "zoom today": ("Today", "今天"),
    "zoom keys": (
        "Keys: + and − zoom, 0 shows the whole time, arrows move.",
        "按键：+、− 缩放，0 显示全程，方向键移动。",
    ),
    "open all": ("Open all ledgers", "展开全部账本"),
    "close all": ("Close all ledgers", "收起全部账本"),
    "none match": ("No milestone matches the filter.", "没有符合筛选条件的里程碑。"),
    # the timeline
    "timeline": ("Timeline", "时间线"),
    "timeline how": (
        "When each milestone is promised for. A dashed frame is the first promise, where other days stand now.",
        "每个里程碑承诺的日期。虚线框为最初承诺（与现状不同时）。",
    ),
    "timeline box": ("Time axis", "时间轴"),
    "today": ("today", "今天"),
    "key stands": ("stands", "现为"),
    "key first": ("first promise", "最初承诺"),
    "key done": ("done", "已实现"),
    "key reported": ("reported done", "据报道已实现"),
    "key overdue": ("overdue", "逾期"),
    "key cancelled": ("cancelled", "已取消"),
    "key forecast": ("forecast", "预测"),
    "key rumour": ("rumour", "传闻"),
    "key rival": ("contradicts", "异说"),
    "no day": ("no date", "未定日期"),
    # the slip chart
    "slips": ("Slip chart", "推迟图"),
    "slips how": (
        "Across: the day on which something was said. Up: the day promised then, with its uncertainty as a band. "
        "A level line keeps its promise, a rising one slips; where it meets the diagonal, the day has come.",
        "横轴为说出日期，纵轴为当时承诺的日期，色带表示不确定的范围。线走平即承诺未变，"
        "上升即推迟；碰到对角线时，承诺之日已到。",
    ),
    "slips short": (
        "Drawn are the {n} that moved most; every ledger has a chart of its own.",
        "只画出变动最大的{n}个；每个账本另有各自的图。",
    ),
    "slips none": ("Nothing has been promised yet.", "尚无承诺。"),
    "said on": ("said on", "说出日期"),
    "promised for": ("promised for", "承诺日期"),
    "diagonal": ("the day itself", "当日"),
    "slips keys": ("Choose a milestone; arrow keys step through what was said.", "选择里程碑；方向键逐条查看说法。"),
    "slips label": ("{title}: first {first}, now {stands}{moved}", "{title}：最初{first}，现为{stands}{moved}"),
    # what stands
    "table": ("What stands", "现状"),
    "milestone": ("Milestone", "里程碑"),
    "first": ("First promise", "最初承诺"),
    "stands": ("Stands", "现为"),
    "status": ("Status", "状态"),
    "moved": ("Moved", "变动"),
    "evidence": ("Last evidence", "最近依据"),
    "later": ("+{days}", "晚{days}"),
    "earlier": ("−{days}", "早{days}"),
    # ledgers
    "ledgers": ("Ledgers", "账本"),
    "ledgers how": (
        "Every claim, the newest first: ✓ counts, ? waits for a decision, ✗ does not count. "
        "What is open here is printed.",
        "全部说法，由新到旧：✓ 采信，? 待审，✗ 不采信。此处展开的内容会被打印。",
    ),
    "changes": ("Changes", "变化"),
    "change day": ("Day", "日期"),
    "change kind": ("Change", "变化"),
    "change window": ("Window", "窗口"),
    "change cause": ("Because of", "依据"),
    "claims": ("Claims", "说法"),
    "no claims": ("No claims yet.", "尚无说法。"),
    "left out": (
        "{n} older claims of {who}, {begin} to {end}, are not in this file: `evtimeline show {ref}` lists them.",
        "另有{begin}至{end}来自{who}的较早说法{n}条未收入本文件：见 `evtimeline show {ref}`。",
    ),
    "quoted": ("“{words}”", "“{words}”"),
    "struck": ("struck by a denial", "已因否认作废"),
    "verdict": ("{verdict}, {who}", "{verdict}（{who}）"),
    "nobody": ("nobody named", "未注明出处"),
    "comma": (", ", "，"),
    "colon": (": ", "："),
    "semicolon": ("; ", "；"),
    "who": ("{who}, {day}", "{who}，{day}"),
    "fact first": ("First promise", "最初承诺"),
    "fact stands": ("Stands", "现为"),
    "fact moved": ("Moved", "变动"),
    "fact reporters": ("Reported by", "报道者"),
    "fact cancellers": ("Cancellation reported by", "报道取消者"),
    "fact rivals": ("Contradicted by", "异说"),
    "fact challenges": ("Challenged by", "另有说法"),
    "fact rumours": ("Rumours", "传闻"),
    "fact forecasts": ("Forecasts", "预测"),
    "fact target": ("Target", "目标"),
    "fact note": ("Note", "备注"),
    "fact key": ("Key", "键"),
    "against first": ("{days} against the first promise", "较最初承诺{days}"),
    "against last": ("{days} at the last change", "最近一次{days}"),
    # track records
    "records": ("Track record", "履约记录"),
    "records how": (
        "How dated statements fared, once the event could judge them. A figure needs at least {n} of them.",
        "给出日期的说法，在可以验证之后的结果。少于{n}条不作统计。",
    ),
    "publishers": ("Publishers", "发布者"),
    "makers": ("Promise makers", "承诺方"),
    "record name": ("Name", "名称"),
    "record claims": ("Dated statements", "有日期的说法"),
    "record judged": ("Judged (n)", "已验证（n）"),
    "record hit": ("Hit", "准时"),
    "record early": ("Came earlier", "实际更早"),
    "record late": ("Came later", "实际更晚"),
    "record never": ("Called off", "取消"),
    "record rate": ("Hit rate", "准时率"),
    "record error": ("Mean error", "平均误差"),
    "record bias": ("Mean lateness", "平均偏晚"),
    "record few": (
        "{who} with fewer than {n} judged statements: too few to say anything of them.",
        "另有{who}的已验证说法少于{n}条，不足以评价。",
    ),
}

_COUNTS: Mapping[str, tuple[str, str, str]] = {
    "milestones": ("{n} milestone", "{n} milestones", "{n}个里程碑"),
    "claims": ("{n} claim", "{n} claims", "{n}条说法"),
    "days": ("{n} day", "{n} days", "{n}天"),
    "publishers": ("{n} publisher", "{n} publishers", "{n}家"),
    "makers": ("{n} promise maker", "{n} promise makers", "{n}方"),
    "waiting": ("{n} waits for review", "{n} wait for review", "{n}条待审"),
}


def say(key: str, language: str, **values: object) -> str:
    """A word or sentence in the language, zh or else English, with its values filled in."""
    return _TEXTS[key][language == "zh"].format(**values)


def count(key: str, n: int, language: str) -> str:
    """So many of something; English has a singular."""
    one, many, chinese = _COUNTS[key]
    return (chinese if language == "zh" else one if n == 1 else many).format(n=f"{n:,}" if n > 9999 else n)


def moved(days: int | None, language: str) -> str:
    """How far a date has moved, with its direction; nothing where it has not, or nobody knows."""
    if not days:
        return ""
    return say("later" if days > 0 else "earlier", language, days=count("days", abs(days), language))
