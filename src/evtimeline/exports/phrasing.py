"""What calendar, feed, table and text say alike of a milestone, in both languages, whatever day it is."""

from collections.abc import Iterator, Mapping

from evtimeline.core.claims import Claim
from evtimeline.core.items import source_text, standing_text
from evtimeline.core.letters import LONGEST_QUOTE, LONGEST_TITLE, plain
from evtimeline.core.message_words import days_text, say
from evtimeline.core.milestones import Milestone
from evtimeline.core.standing import Outcome, Standing
from evtimeline.jobs.gallery import Gallery
from evtimeline.jobs.story import Story

_TEXTS: Mapping[str, tuple[str, str]] = {
    "done": ("done: {window}", "已实现：{window}"),
    "done undated": ("done", "已实现"),
    "reported": ("reported done, not confirmed", "据报道已实现，尚未证实"),
    "cancelled": ("cancelled", "已取消"),
    "first": ("first promised for {window}", "最初承诺：{window}"),
    "rumoured": ("rumoured: {window}", "传闻：{window}"),
    "forecast": ("forecast: {window}", "预测：{window}"),
    "undated": ("no date promised", "未定日期"),
    "contested": ("contested", "说法不一"),
    "changes": ("evtimeline: what has changed", "evtimeline：变化"),
    "calendar": ("evtimeline: promised dates", "evtimeline：承诺日期"),
    "milestones": ("Milestones", "里程碑"),
    "milestone": ("Milestone", "里程碑"),
    "first promise": ("First promise", "最初承诺"),
    "stands": ("Stands", "现为"),
    "status": ("Status", "状态"),
    "evidence": ("Last evidence", "最近依据"),
    "ledger": ("Ledger", "账本"),
    "no claims": ("Nobody has said anything yet.", "尚无说法。"),
    "stated": ("Stated", "发表"),
    "who": ("Who", "来源"),
    "says": ("Says", "说法"),
    "when": ("For when", "日期"),
    "words": ("In which words", "原文"),
    "counts": ("Counts", "采信"),
    "learned": ("learned {day}", "{day}获知"),
    "written": ("What was known on {day}.", "截至{day}所知。"),
}


def phrase(key: str, language: str, **values: object) -> str:
    """A heading or sentence in the language, zh or else English, with its values filled in."""
    return _TEXTS[key][language == "zh"].format(**values)


def title_of(milestone: Milestone, language: str) -> str:
    """The milestone's title, harmless and bounded."""
    return plain(milestone.title(language), LONGEST_TITLE)


def name_of(gallery: Gallery, language: str, otherwise: str) -> str:
    """The title of the one timeline that is shown, else the phrase of that key."""
    if len(gallery.timelines) != 1:
        return phrase(otherwise, language)
    titles = gallery.timelines[0].titles
    return plain(titles.get(language) or next(iter(titles.values())), LONGEST_TITLE)


def outcome_text(standing: Standing, language: str) -> str:
    """How far a milestone has come and for when it is promised, whatever day it is."""
    if standing.outcome is Outcome.DONE:
        shown = standing.window
        return phrase("done", language, window=shown.display) if shown else phrase("done undated", language)
    if standing.outcome is Outcome.CANCELLED:
        return phrase("cancelled", language)
    promised = standing_text(standing, language) if standing.window else phrase("undated", language)
    if standing.outcome is Outcome.REPORTED:
        return say("semicolon", language).join((phrase("reported", language), promised))
    return promised


def facts_of(story: Story, language: str) -> Iterator[str]:
    """What stands, what was first promised, what is said beside it, and the words that prove it, line by line."""
    standing = story.standing
    yield outcome_text(standing, language)
    first, days = standing.first, standing.slip_first
    if first and days and standing.outcome is not Outcome.CANCELLED:
        key = "against first" if days > 0 else "against first earlier"
        yield say(key, language, days=days_text(days, language), window=first.display)
    elif first and first != standing.window:
        yield phrase("first", language, window=first.display)
    for key, said in (("rumoured", standing.rumours), ("forecast", standing.forecasts)):
        yield from (phrase(key, language, window=one.window.display) for one in said if one.window)
    proof = proof_of(story)
    if proof:
        yield quoted(proof, language)
        yield source_text(proof, language)


def proof_of(story: Story) -> Claim | None:
    """The claim that what stands rests on, else the newest evidence."""
    evidence = story.standing.holder or story.standing.last
    return story.claim(evidence.claim_id) if evidence else None


def quoted(claim: Claim, language: str) -> str:
    """The words of a claim in quotation marks; empty where it has none."""
    quote = plain(claim.quote.text if claim.quote else claim.title, LONGEST_QUOTE)
    return say("quoted", language, quote=quote) if quote else ""
