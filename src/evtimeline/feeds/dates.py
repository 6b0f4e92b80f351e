"""Dates as feeds write them, read from the raw text with the feed's own zone where none is given."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CLOCK = r"(?:(?P<hour>\d{1,2})[:h](?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?)?"
_ZONE = r"\s*(?P<zone>.*)"
_WEEKDAY = r"(?:[a-z]{2,9}\.?,?\s+)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-]+{_MONTH}[\s,-]+(?P<year>\d{{4}}|\d{{2}})(?:[\s,]+(?:at\s+)?{_CLOCK})?{_ZONE}",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?:[\s,]+(?:at\s+)?{_CLOCK})?{_ZONE}",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+(?P<hour>\d{{2}}):(?P<minute>\d{{2}}):(?P<second>\d{{2}})"
        r"\s+(?P<zone>[a-z]*)\s*(?P<year>\d{4})(?P<half>)",
        rf"(?P<year>\d{{4}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?:[T\s,]+{_CLOCK})?{_ZONE}",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2}):?(?P<minute>\d{2}):?(?P<second>\d{2})?)?"
        rf"(?P<half>){_ZONE}",
        rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})(?P<day>)(?P<hour>)(?P<minute>)(?P<second>)(?P<half>){_ZONE}",
    )
)
# The two forms that nearly all feeds write, which need not be looked for among the others.
_USUAL_MAIL = re.compile(
    r"[A-Z][a-z]{2}, (\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d\d):(\d\d):([0-5]\d)"
    r" (?:GMT|UTC|Z|([+-])(0\d|1[0-3])([0-5]\d))",
    re.ASCII,
)
_USUAL_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):([0-5]\d)(?:Z|([+-])(0\d|1[0-3]):([0-5]\d))", re.ASCII)
_CHINESE = re.compile(
    r"(?:(?P<year>\d{4})\s*年)?\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]?\s*(?:星期.|周.)?\s*"
    r"(?P<half>上午|下午|凌晨|早上|中午|晚上|晚间)?\s*"
    r"(?:(?P<hour>\d{1,2})\s*[::时点]\s*(?:(?P<minute>\d{1,2})\s*(?:[::分]\s*(?:(?P<second>\d{1,2})秒?)?)?)?)?"
    r"(?P<zone>.*)"
)
_CHINESE_DAY = re.compile(r"(今天|昨天|前天)\s*(?:(\d{1,2})[::](\d{1,2}))?")
_AGO = re.compile(
    r"(?:about\s+)?(\d{1,5}|an?|刚刚)\s*(秒|分|小时|个小时|天|日|周|星期|个月|年|sec|min|hour|day|week|month|year)?"
    r"[a-z钟]*\s*(?:之?前|ago)?",
    re.IGNORECASE,
)
_SECONDS = {
    **dict.fromkeys(("秒", "sec"), 1),
    **dict.fromkeys(("分", "min"), 60),
    **dict.fromkeys(("小时", "个小时", "hour"), 3600),
    **dict.fromkeys(("天", "日", "day"), 86_400),
    **dict.fromkeys(("周", "星期", "week"), 7 * 86_400),
    **dict.fromkeys(("个月", "month"), 30 * 86_400),
    **dict.fromkeys(("年", "year"), 365 * 86_400),
}
_NAMED_ZONES = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("BST", "CET", "MEZ", "WEST", "IST/IE"), 60),
    **dict.fromkeys(("CEST", "MESZ", "EET"), 120),
    **dict.fromkeys(("MSK", "EEST"), 180),
    "IST": 330,
    **dict.fromkeys(("HKT", "SGT", "AWST", "北京时间"), 480),
    **dict.fromkeys(("JST", "KST"), 540),
    **dict.fromkeys(("AEST",), 600),
    **dict.fromkeys(("AEDT",), 660),
    **dict.fromkeys(("EDT",), -240),
    **dict.fromkeys(("EST", "CDT"), -300),
    **dict.fromkeys(("MDT",), -360),
    **dict.fromkeys(("MST", "PDT"), -420),
    **dict.fromkeys(("PST",), -480),
}
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-−])\s*(\d{1,2}):?(\d{2})?(?:\s*\(.*\))?", re.IGNORECASE)


def read_date(raw: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The instant that `raw` states, aware UTC; None when it is in no known form or not believable.

    Known: RFC 822 and 2822, ISO 8601 and its relatives, the C and JavaScript forms, epoch seconds and milliseconds,
    `2025年6月30日 16:57`, `昨天 16:57`, `3小时前`, `3 hours ago`. Without a zone the feed's `zone` holds, and CST is
    read as China's when that zone keeps China's time. Before 1990 or more than two days ahead is not believable.
    """
    text = " ".join(raw.split())[:100]
    if not text:
        return None
    try:
        found = _usual(text) or _epoch(text) or _relative(text, zone, now) or _written(text, zone, now)
        found = found.astimezone(UTC) if found else None
    except (ValueError, OverflowError, OSError):
        return None
    return found if found and EARLIEST <= found <= now + AHEAD else None


def stated_on(published: datetime | None, zone: ZoneInfo, now: datetime) -> date:
    """The publication day in the feed's zone, never after the day of the poll, which stands in for a missing one."""
    today = now.astimezone(zone).date()
    return min(published.astimezone(zone).date(), today) if published else today


def _usual(text: str) -> datetime | None:
    """A date in one of the usual forms with its zone; one that is none, such as hour 24, is left to the others."""
    match = _USUAL_MAIL.fullmatch(text) or _USUAL_ISO.fullmatch(text)
    if not match or match[4] > "23":
        return None
    first, month, last = match.group(1, 2, 3)
    (year, day) = (first, last) if len(first) == 4 else (last, first)
    number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1
    moment = datetime(int(year), number, int(day), int(match[4]), int(match[5]), int(match[6]), tzinfo=UTC)
    if not match[7]:
        return moment
    offset = timedelta(hours=int(match[8]), minutes=int(match[9]))
    return moment - offset if match[7] == "+" else moment + offset


def _epoch(text: str) -> datetime | None:
    if not re.fullmatch(r"\d{9,10}(\.\d+)?|\d{12,13}", text):
        return None
    value = float(text)
    return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)


def _relative(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    local = now.astimezone(zone)
    if match := _CHINESE_DAY.fullmatch(text):
        day = local.date() - timedelta(days=("今天", "昨天", "前天").index(match[1]))
        return datetime.combine(day, time(int(match[2] or 0), int(match[3] or 0)), zone)
    if text.lower() in ("yesterday", "today", "刚刚", "just now"):
        return local - timedelta(days=text.lower() == "yesterday")
    if not (text.endswith("前") or text.lower().endswith("ago")):
        return None
    match = _AGO.fullmatch(text)
    if not match or not match[2]:
        return None
    count = int(match[1]) if match[1].isdigit() else 1
    return now - timedelta(seconds=count * _SECONDS[match[2].lower()])


def _written(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    if "月" in text:
        match = _CHINESE.fullmatch(text)
        return _assembled(match, zone, now) if match else None
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _assembled(match, zone, now)
    return None


def _assembled(match: re.Match[str], zone: ZoneInfo, now: datetime) -> datetime | None:
    where = _zone(match["zone"].strip(), zone, match["hour"])
    if where is None:
        return None
    month = int(match["month"]) if match["month"].isdigit() else _MONTHS.index(match["month"].lower()) + 1
    day = int(match["day"] or 1)
    hour = _hour(int(match["hour"] or 0), match["half"] or "")
    year = _year(match["year"], month, day, now.astimezone(where))
    moment = datetime(
        year, month, day, hour % 24, int(match["minute"] or 0), min(int(match["second"] or 0), 59), tzinfo=where
    )
    return moment + timedelta(days=hour // 24)


def _year(written: str | None, month: int, day: int, now: datetime) -> int:
    """Two digits mean 1969-2068 (RFC 2822); no year means the latest that is not ahead."""
    if written is None:
        return now.year if (month, day) <= (now.month, now.day) else now.year - 1
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 69 else 1900)


def _hour(hour: int, half: str) -> int:
    if hour > 24:
        raise ValueError(f"no such hour: {hour}")
    half = half.lower().replace(".", "")
    if half in ("pm", "下午", "晚上", "晚间") and hour < 12:
        return hour + 12
    return 0 if half == "am" and hour == 12 else hour


def _zone(text: str, zone: ZoneInfo, hour: str | None) -> tzinfo | None:
    """The zone that follows a date; None for text that makes us doubt that this is a date at all."""
    text = text.strip(" ()[]")
    if not text:
        return zone
    if match := _OFFSET.fullmatch(text):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes)) if minutes <= 14 * 60 else None
    name = text.upper()
    if name == "CST":
        chinese = datetime(2025, 1, 1, tzinfo=zone).utcoffset() == timedelta(hours=8)
        return timezone(timedelta(hours=8 if chinese else -6))
    if name in _NAMED_ZONES:
        return timezone(timedelta(minutes=_NAMED_ZONES[name]))
    if hour and re.fullmatch(r"[A-Za-z]+/[A-Za-z_/]+", text):
        try:
            return ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            return zone
    return zone if re.fullmatch(r"[A-Za-z]{1,5}", text) else None
