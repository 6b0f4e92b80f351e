"""Two windows drawn on one scale, as stretches in whole percent."""

from datetime import date, timedelta

from evtimeline.core.letters import Bar, Stripe
from evtimeline.core.windows import Window

THINNEST = 4  # percent: a day must still be seen beside a year
_BEYOND = 0.15  # how far past the known days a window with no end is drawn, as a share of them


def bar(old: Window | None, new: Window | None, labels: tuple[str, str] = ("", "")) -> Bar | None:
    """Draw an old above a new window under their labels; None where there are not two that differ."""
    if old is None or new is None or (old.earliest, old.latest) == (new.earliest, new.latest):
        return None
    known = [day for window in (old, new) for day in (window.earliest, window.latest) if day]
    first, last = min(known), max(known)
    room = timedelta(days=max(7, round(((last - first).days + 1) * _BEYOND)))
    is_open = [window.earliest is None or window.latest is None for window in (old, new)]
    first = _moved(first, -room) if any(is_open) else first
    last = _moved(last, room) if any(is_open) else last
    return Bar(*labels, _stripes(old, first, last), _stripes(new, first, last))


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def _stripes(window: Window, first: date, last: date) -> tuple[Stripe, ...]:
    """The gap before the window, the window, and the gap behind it, without those that are empty."""
    days = (last - first).days + 1
    begin, end = max(window.earliest or first, first), min(window.latest or last, last)
    width = max(THINNEST, round(100 * ((end - begin).days + 1) / days))
    before = min(round(100 * (begin - first).days / days), 100 - width)
    stripes = (Stripe(before, False), Stripe(width, True), Stripe(100 - before - width, False))
    return tuple(stripe for stripe in stripes if stripe.percent > 0)
