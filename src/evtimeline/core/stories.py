"""Which claims tell the same event, which are copies of one another, and which publishers speak independently."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from evtimeline.core.claims import Claim, Origin, Signal, Stance, Tier
from evtimeline.core.newsrooms import credited, credits, publisher_key
from evtimeline.core.windows import Window, inside, overlaps

__all__ = [
    "Story",
    "Telling",
    "independent",
    "is_copy",
    "publisher_key",
    "same_publisher",
    "same_text",
    "same_voice",
    "stories",
]

COPY_AT = 0.8
"""Share of common character pairs from which two texts are one text; a true pair of *different* reports reaches 0.7."""

PASSED_ON_AT = 0.6
"""Share of the shorter text's stretches of four letters that a longer text must repeat to be the same report."""

DAYS = timedelta(days=4)
"""News of one event comes within so many days of its first report ..."""

COPIES = timedelta(days=14)
"""... and is passed on word for word for so long."""

_OUTLET = re.compile(r"\s*(?:\s[-–—]\s|[|｜_])\s*[^-–—|｜_]{1,24}$")
_LONG_ENOUGH = 20  # letters from which an equal quote cannot be chance
_TELLING = 24  # characters, Latin words counting two, from which an equal headline cannot be chance
_BODY = 16  # stretches of four letters from which a text says more than a headline
_ASIDE = re.compile(r"^https?://(?:www\.|m\.)?|#.*$|[?&](?:utm_\w+|spm|from)=[^&#]*|/$", re.IGNORECASE)
_HELD = (Stance.ASSERTED, Stance.REAFFIRMED)


@dataclass(frozen=True)
class Telling:
    """One claim of a story, and the claim that it copies or credits, if any."""

    claim: Claim
    of: Claim | None = None


@dataclass(frozen=True)
class Story:
    """One event as publishers told it, in any languages; the first one leads, the others in the order of stating."""

    tellings: tuple[Telling, ...]

    @property
    def first(self) -> Claim:
        """The claim that told it first."""
        return self.tellings[0].claim

    @property
    def others(self) -> tuple[str, ...]:
        """The other publishers that tell it in their own words, each once."""
        return self._publishers(copies=False)

    @property
    def copies(self) -> tuple[str, ...]:
        """The publishers that only pass it on, each once."""
        others = {publisher_key(name) for name in self.others}
        return tuple(name for name in self._publishers(copies=True) if publisher_key(name) not in others)

    def _publishers(self, copies: bool) -> tuple[str, ...]:
        names: dict[str, str] = {publisher_key(self.first.publisher): ""}
        for telling in self.tellings:
            if (telling.of is not None) is copies:
                names.setdefault(publisher_key(telling.claim.publisher), telling.claim.publisher)
        return tuple(name for name in names.values() if name)


def stories(claims: Iterable[Claim]) -> tuple[Story, ...]:
    """Group the claims of *one* milestone that were read in entries into stories, in the order of their first claims.

    Signal, stance, window and day decide first, so that languages do not matter; text second: a near-identical text is
    the same story even where less of it was understood. What users wrote themselves is no news and no part of a story.
    """
    found: list[_Open] = []
    told = (claim for claim in claims if claim.origin is Origin.ENTRY)
    for claim in sorted(told, key=lambda one: (one.stated_on, one.learned_at, one.id)):
        near = [story for story in found if claim.stated_on - story.first.stated_on <= COPIES]
        original = next((one for story in near for one in story.originals if is_copy(claim, one)), None)
        home = next((story for story in near if original in story.originals or story.takes(claim)), None)
        if home is None:
            found.append(home := _Open(claim))
        home.add(claim, original)
    return tuple(Story(tuple(story.tellings)) for story in found)


class _Open:
    """A story while it grows."""

    def __init__(self, first: Claim) -> None:
        self.first = first
        self.tellings: list[Telling] = []
        self.originals: list[Claim] = []
        self._window: Window | None = None

    def add(self, claim: Claim, original: Claim | None) -> None:
        """Take a claim in; `original` is what it copies."""
        self.tellings.append(Telling(claim, original))
        if original is None:
            self.originals.append(claim)
        if claim.window and (self._window is None or inside(claim.window, self._window)):
            self._window = claim.window

    def takes(self, claim: Claim) -> bool:
        """Whether a claim tells the same event: same signal and stance, windows that agree, within a few days."""
        if claim.stated_on - self.first.stated_on > DAYS or claim.signal is not self.first.signal:
            return False
        held = claim.stance in _HELD and self.first.stance in _HELD
        return (held or claim.stance is self.first.stance) and self._agrees(claim)

    def _agrees(self, claim: Claim) -> bool:
        if claim.window is None or self._window is None:
            return claim.window is self._window or claim.signal is not Signal.SCHEDULED
        return overlaps(claim.window, self._window)


def is_copy(claim: Claim, original: Claim) -> bool:
    """Whether `claim` passes on what `original` says.

    It does when it names the other publisher as its source, leads to the same page, repeats a longer quote, or is the
    same text: of texts that say more than a headline, the rest decides over a short equal headline.
    """
    if _same_link(claim, original) or _credits(claim, original):
        return True
    return _same_quote(claim, original) or _same_report(claim, original)


def same_voice(one: Claim, other: Claim) -> bool:
    """Whether two claims count as one witness: one publisher, one copies the other, or both name the same source."""
    return (
        same_publisher(one, other)
        or is_copy(one, other)
        or _credits(other, one)
        or bool(_sources(one) & _sources(other))
    )


def same_publisher(one: Claim, other: Claim) -> bool:
    """Whether both claims are by one publisher, however its name is written."""
    return publisher_key(one.publisher) == publisher_key(other.publisher)


def independent(claims: Iterable[Claim], counted: Sequence[Claim] = ()) -> tuple[Claim, ...]:
    """The claims that count as evidence of their own, in the order given: one per voice, no copies.

    Tertiary publishers pass on what others found out and never count; a primary publisher speaks for itself
    even in words that the press repeats. Copies of what is `counted` already are left out, too.
    """
    kept: list[Claim] = []
    for claim in claims:
        if claim.tier is not Tier.TERTIARY and adds_weight(claim, (*counted, *kept)):
            kept.append(claim)
    return tuple(kept)


def adds_weight(claim: Claim, counted: Sequence[Claim]) -> bool:
    """Whether a claim is evidence of its own beside those that are counted."""
    if claim.tier is Tier.SECONDARY:
        return not any(same_voice(claim, earlier) for earlier in counted)
    return not any(same_publisher(claim, earlier) for earlier in counted)


def same_text(one: str, other: str) -> bool:
    """Whether two headlines are near enough to be one that was passed on (Dice overlap of character pairs)."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return False
    if first is second or first == second:
        return True
    return 2 * len(first & second) >= COPY_AT * (len(first) + len(second))


def _same_link(claim: Claim, original: Claim) -> bool:
    """Whether both lead to one page, whatever marks of tracking the address carries."""
    one = _ASIDE.sub("", claim.link or "")
    return "/" in one and one == _ASIDE.sub("", original.link or "")


def _same_quote(claim: Claim, original: Claim) -> bool:
    """Whether both quote the same longer sentence, other than a headline."""
    quote, source = claim.quote, original.quote
    if quote is None or source is None or (claim.title and original.title and "title" in (quote.field, source.field)):
        return False
    return min(len(quote.text), len(source.text)) >= _LONG_ENOUGH and same_text(quote.text, source.text)


def _same_report(claim: Claim, original: Claim) -> bool:
    """Whether headline and text are the same; where both have a text of their own, it decides."""
    equal = bool(claim.title and original.title) and same_text(claim.title or "", original.title or "")
    body, source = _stretches(_letters(claim.summary)), _stretches(_letters(original.summary))
    if min(len(body), len(source)) < _BODY:
        return equal
    passed_on = len(body & source) >= PASSED_ON_AT * min(len(body), len(source))
    return passed_on or (equal and _weight(original.title or "") >= _TELLING)


def _credits(claim: Claim, original: Claim) -> bool:
    """Whether a claim of the press names the other newsroom as its source; that the company said so is no copying."""
    if original.tier is Tier.PRIMARY or claim.tier is Tier.PRIMARY or same_publisher(claim, original):
        return False
    return bool(original.publisher) and credits(_words(claim), original.publisher)


def _sources(claim: Claim) -> frozenset[str]:
    """The newsrooms that a claim of the press names as its sources, other than itself."""
    return credited(_words(claim)) - {publisher_key(claim.publisher)} if claim.tier is not Tier.PRIMARY else frozenset()


def _words(claim: Claim) -> str:
    return f"{claim.title or ''}\n{claim.summary or (claim.quote.text if claim.quote else '')}"


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _weight(title: str) -> int:
    """How much a headline says: its Chinese characters, and two for each Latin word or number."""
    plain = unicodedata.normalize("NFKC", _OUTLET.sub("", title))
    return sum("\u4e00" <= c <= "\u9fff" for c in plain) + 2 * len(re.findall(r"[A-Za-z0-9.,%]*[A-Za-z0-9]", plain))


@lru_cache(maxsize=1024)
def _pairs(text: str) -> frozenset[str]:
    letters = _letters(_OUTLET.sub("", text))
    if len(letters) < 2:
        return frozenset((letters,)) if letters else frozenset()
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


@lru_cache(maxsize=128)  # up to 100 kB each
def _stretches(letters: str) -> frozenset[str]:
    return frozenset(letters[i : i + 4] for i in range(len(letters) - 3))
