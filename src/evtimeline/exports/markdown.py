"""What stands and every ledger as Markdown (CommonMark with tables), in which foreign words stay words."""

import re
from collections.abc import Iterator, Sequence

from evtimeline.core.claims import Claim, Stance
from evtimeline.core.letters import LONGEST_QUOTE, plain, web_link
from evtimeline.core.message_words import day_text, say
from evtimeline.core.status import mark_text
from evtimeline.core.vocabulary import word
from evtimeline.core.windows import Window
from evtimeline.exports.phrasing import name_of, phrase, title_of
from evtimeline.jobs.gallery import Gallery
from evtimeline.jobs.story import Said, Story

_SPECIAL = re.compile(r"([\\`*_\[\]|~$]|:(?=//)|(?<=www)\.)")  # the last two would make links of bare addresses
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_NOTHING = "–"


def document(gallery: Gallery, language: str) -> str:
    """A table of what stands, then the ledger of each milestone with quotes and links."""
    return "\n".join(_lines(gallery, language)) + "\n"


def _lines(gallery: Gallery, language: str) -> Iterator[str]:
    yield f"# {_escaped(name_of(gallery, language, 'milestones'))}"
    yield ""
    yield _escaped(phrase("written", language, day=day_text(gallery.now.date(), language)))
    yield ""
    headings = ("milestone", "first promise", "stands", "status", "evidence")
    yield from _table([phrase(key, language) for key in headings], [_row(one, language) for one in gallery.stories])
    for story in gallery.stories:
        yield ""
        yield f"## {_escaped(title_of(story.stored.milestone, language))}"
        yield ""
        yield f"`{'/'.join(story.stored.ref)}`"
        yield ""
        yield from _ledger(story, language)


def _row(story: Story, language: str) -> Sequence[str]:
    standing, last = story.standing, story.standing.last
    marks = [mark_text(mark, language) for mark in story.status.marks]
    stands = " / ".join(dict.fromkeys(window.display for window in standing.contested)) or _shown(standing.window)
    evidence = f"{last.stated_on} {plain(last.publisher)}".rstrip() if last else _NOTHING
    return (
        _escaped(title_of(story.stored.milestone, language)),
        _escaped(_shown(standing.first)),
        _escaped(stands),
        _escaped(" · ".join((word(story.status.status.value, language), *marks))),
        _escaped(evidence),
    )


def _ledger(story: Story, language: str) -> Iterator[str]:
    if not story.ledger:
        yield phrase("no claims", language)
        return
    headings = ("stated", "who", "says", "when", "words", "counts")
    rows = [_claim(said, story, language) for said in story.ledger]
    yield from _table([phrase(key, language) for key in headings], rows)


def _claim(said: Said, story: Story, language: str) -> Sequence[str]:
    claim = said.claim
    stance = "" if claim.stance is Stance.ASSERTED else say("comma", language) + word(claim.stance.value, language)
    verdict = word(said.verdict.value, language)
    return (
        claim.stated_on.isoformat(),
        _escaped(f"{plain(claim.publisher) or say('nobody', language)} ({word(claim.tier.value, language)})"),
        _escaped(word(claim.signal.value, language) + stance),
        _escaped(_shown(claim.window)),
        _words(claim),
        f"~~{verdict}~~" if claim.id in story.standing.struck else verdict,
    )


def _words(claim: Claim) -> str:
    """The quote, which leads to where it was read."""
    quote = _escaped(plain(claim.quote.text if claim.quote else claim.title, LONGEST_QUOTE))
    link = web_link(claim.link)
    if not link:
        return quote
    return f"[{quote or _escaped(link)}](<{link.replace('|', '%7C').replace(chr(92), '%5C')}>)"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield f"|{' --- |' * len(headings)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _escaped(text: str) -> str:
    """A text of one line in which nothing is markup, HTML included."""
    return _SPECIAL.sub(r"\\\1", text).translate(_HTML)


def _shown(window: Window | None) -> str:
    return window.display if window else _NOTHING
