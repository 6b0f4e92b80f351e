"""A combination of words that names a milestone, and who bears the name that it was made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from evtimeline.core.anatomy import Part, PartSort


@dataclass(frozen=True, slots=True)
class Pattern:
    """One combination of words that names a milestone; all within one sentence, companies anywhere before.

    `all_of` and `one_of` are facets (`word:yu7`, `place:hungary`); `party`: a party must be named somewhere in the
    entry; `about`: the sentence must speak of the kind of event, `event`: with a word of the event itself; `venue`: no
    other exchange may stand in the sentence; `strict`: that anything is delayed is not yet talk of the event; `whole`:
    it is the name itself, in one piece; `beside`: place and noun stand in one phrase.
    """

    name: str
    all_of: tuple[str, ...]
    one_of: tuple[str, ...] = ()
    orgs: tuple[str, ...] = ()
    min_orgs: int = 0
    party: bool = False
    about: bool = False
    event: bool = False
    venue: bool = False
    strict: bool = False
    whole: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears a name: its milestone's kind, whether that is one of a company's, and whether parties are known.

    `written`: somebody wrote the name down. `loose`: it means the milestone only beside words of the kind, where that
    is a plant's, also beside a party; `besides`: always beside a party. `nouns` are those of all names of the
    milestone, `lands` the countries and provinces in which its places lie.
    """

    kind: str
    of_a_company: bool
    has_parties: bool
    written: bool = False
    loose: bool = False
    besides: bool = False
    nouns: frozenset[str] = frozenset()
    lands: tuple[str, ...] = ()


def ordinals_of(parts: Sequence[Part]) -> tuple[str, ...]:
    """The numbers in a name but the first."""
    return tuple(facet for facet in facets(parts, PartSort.ORDINAL) if facet != "ordinal:1")


def facets(parts: Sequence[Part], *sorts: PartSort) -> tuple[str, ...]:
    """The facets of the parts of these sorts, each once."""
    return tuple(dict.fromkeys(part.facet for part in parts if part.sort in sorts))
