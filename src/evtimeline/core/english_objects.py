"""English verbs that tell of something beside the milestone: launch a probe, slip 1.2%, close up 9%."""

import re

from evtimeline.core.attribution import Passage
from evtimeline.core.cases import Case
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue, Tense

_ACTION = re.compile(
    r" (?:an? |its |the |their |his |her |another |fresh |new )?(?:[\w-]+ ){0,3}?"
    r"(?:legal (?:action|campaign|challenge|battle|bid)|lawsuits?|probes? (?:into|of|against|over)"
    r"|investigations?|inquiry|inquiries|takeover bid|hostile bid|appeals?|attacks?|offensive"
    r"|defence|defense|consultation|manhunt|petition|raids?"
    r"|recalls?|crackdown|strategic review|testimony|negotiations|proceedings|campaigns? (?:against|to|for|of)"
    r"|search for|inquest|career|column)\b"
)
_ACTING = ("launch", "start", "begin", "began", "begun", "commence", "open", "initiat", "kick", "roll", "release")
_MATTER = re.compile(
    r" (?:an? |its |the |their |his |her |another |fresh |new |more )?(?:[\w'’-]+ ){0,3}?"
    r"(?:teasers?|trailers?|images?|photos?|pictures?|pics|videos?|footage|details|pricing|prices?|figures|results|report"
    r"|statements?|specs|specifications|updates?|patch|data|renderings?|renders|sketch(?:es)?|earnings|guidance|numbers"
    r"|orders?|pre-?orders?|order books?|reservations?|bookings|contracts?|plans|proposals?|draft|timetable|schedule"
    r"|concept|prototype|brochure|manual|screenshots?|clip|poster|logo|survey|study|white paper|letter|findings)"
    r"(?= (?:of|for|on|from|about|with|in|at|as|to|by|after|ahead|before|showing|by \w+)\b|[.,:;!?]|$)"
)
_SHOWN = ("release", "releasing", "introduc", "drop", "put out", "puts out", "unleash", "publish")
_BEFORE_SALE = (" for pre-order", " for preorder", " for reserv", " to pre")
_TURNS = re.compile(
    r" to (?:fall|rise|recover|slow|drop|pick up|climb|decline|weaken|ease|improve|grow|slide|stabili[sz]e|dry|shrink"
    r"|normali[sz]e|ramp|flag|look|show|wane|plateau|suffer|pay|slip|dip|cool|sag|tumble|rebound|level)\b"
)
_MARKET_CLOSE = re.compile(
    r"(?:-door| (?:up|down|higher|lower|flat|little changed|unchanged|at|nearly|almost|more than|[\d$£€]))"
)
_AMOUNT = re.compile(
    r" (?:by |to |from |as much as |as low as |more than |nearly |almost |about |around |another |a further "
    r"|a record |an? ){0,3}(?:[$£€¥]\s?\d|\d+\.\d+"
    r"|\d+(?:[.,]\d+)*\s?(?:%|percent|per cent|percentage|points?|cents?|pence|p\b|m\b|bn\b|k\b|million|billion"
    r"|tonnes?|tons|barrels|units|vehicles|cars|people|places|jobs)"
    r"|(?:second|third|fourth|fifth|sixth|last|\w+th) (?:place|spot|position)\b)"
)
_MOVES = ("slip", "slid", "drop", "fall", "fell", "reach", "hold up", "holds up", "held up", "push", "hit", "arriv")
_MEASURE = re.compile(
    r"\b(?:shares?|stock|stocks|prices?|profits?|sales|revenues?|earnings|confidence|orders|index|forecasts?|growth|margins?"
    r"|unemployment|inflation|currency|dollar|euro|pound|yen|yuan|exports|imports|ratings?|rates?)"
    r"(?: (?:in|on|of|at|for|has|have|had|also|then|again|later|already|further|[\w-]+)){0,5} $"
)


def is_no_event(word: Word, passage: Passage) -> bool:
    """Whether an event word tells of something beside the milestone, or only supposes the event."""
    return takes_another_object(word, passage) or is_supposed(word, passage) or _is_of_a_trial(word, passage)


_TRIAL = re.compile(
    r"\b(?:trial|pilot|prototypes?|pre-?production|pre-series|test|sample|samples|validation|mock-?up)\b[^,;:]{0,30}$"
)
_OF_TRIAL = re.compile(r"\b(?:trial|pilot|test|prototype|sample|pre-?production)[ -]$")
_MADE = ("roll", "come off", "comes off", "came off", "coming off", "leav", "left", "first", "build", "built")


def _is_of_a_trial(word: Word, passage: Passage) -> bool:
    """Whether what leaves the line is not yet the product: first trial cars roll off the line."""
    for texts, trial in ((_MADE, _TRIAL), (("production", "output", "assembly"), _OF_TRIAL)):
        if word.phrase.text.startswith(texts) and word.phrase.text.isascii():
            return trial.search(passage.folded, max(passage.start, word.start - _REACH), word.start) is not None
    return False


def takes_another_object(word: Word, passage: Passage) -> bool:
    """Whether an event word tells of an action, an amount or the close of markets: launches a probe, reached $45bn."""
    text, folded = word.phrase.text, passage.folded
    if not text.isascii() or word.tense is Tense.NONE:
        return False
    if text.startswith(_ACTING) and _ACTION.match(folded, word.end, passage.end):
        return True
    if text.startswith("ma") and folded.startswith(_BEFORE_SALE, word.end):
        return True  # made available for pre-order
    if (text.startswith(_SHOWN) and _MATTER.match(folded, word.end, passage.end)) or _TURNS.match(folded, word.end):
        return True
    if text.startswith("close") and _MARKET_CLOSE.match(folded, word.end):
        return True
    return text.startswith(_MOVES) and _AMOUNT.match(folded, word.end) is not None


def moves_a_number(word: Word, case: Case) -> bool:
    """Whether a word of change tells how a number moves: shares slipped 1.2%, exports slid, disks hold up to 40GB."""
    folded, text = case.passage.folded, word.phrase.text
    if not text.startswith(_MOVES) or not text.isascii():
        return False
    if _AMOUNT.match(folded, word.end) or (
        text.endswith("up") and re.match(r" to \d", folded[word.end : word.end + 5])
    ):
        return True
    ahead = any(0 <= found.start - word.end <= _NEAR for found in case.to_come(case.usable()))
    return not ahead and _MEASURE.search(folded, max(0, word.start - _REACH), word.start) is not None


_NEAR = 16
_REACH = 60
_TO = re.compile(
    r"(?: (?:the|a|an|its|early|late|mid|some ?time|in|on|of|around|about|as|at least|new|later|date|week|weekend|month"
    r"|release|launch|start|window|slot)){0,6}[ -]?['\"‘“]?(?:in )?"
)


def leads_to_no_date(word: Word, case: Case) -> bool:
    """Whether what is moved or changed goes to something before any date: moved to the US in December."""
    if word.cue is not Cue.SHIFT or not (word.phrase.tail == "to" or word.phrase.text.endswith(" to")):
        return False
    dates = [found for found in case.passage.dates if found.start >= word.end]
    return bool(dates) and _TO.fullmatch(case.passage.folded, word.end, dates[0].start) is None


_IF = re.compile(r"\b(?:if|unless) [^,;]*$")
_ONCE = re.compile(r"\b(?:once|until|as soon as) [^,;]*$")


def is_supposed(word: Word, passage: Passage) -> bool:
    """Whether an event is a condition: if the investment goes ahead, once the purchase was completed it would."""
    start = next((c.start for n, c in passage.clauses if n == word.clause), passage.start)
    if word.tense not in (Tense.PAST, Tense.PRESENT):
        return False
    if _IF.search(passage.folded, start, word.start):
        return True
    return passage.has(Cue.FUTURE) and _ONCE.search(passage.folded, start, word.start) is not None
