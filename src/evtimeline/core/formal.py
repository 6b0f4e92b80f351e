"""What news leaves of formal names: the exchange of a town, a benefit without `national`, a telescope by its name."""

import re
from collections.abc import Iterator
from typing import Final

from evtimeline.core.lexicon import Lexicons, pattern
from evtimeline.core.text import fold


def called_formally(name: str, kind: str, lexicons: Lexicons) -> Iterator[tuple[str, bool]]:
    """The shorter names of what has this formal one, each with whether it means it only beside words of the kind."""
    yield from ((short, True) for short in (*exchanges(name, lexicons), *memorials(name)))
    yield from ((short, False) for short in policies(name, kind, lexicons))
    yield from ((short, False) for short in without_edition(name, lexicons))


_EXCHANGE: Final = r"(?P<place>[一-鿿]{2,4}?)(?P<traded>%(traded)s)交易所"
_EXCHANGE_EN: Final = r"(?P<place>(?:[A-Z][a-z]+ )+)%(traded)s Exchange"


def exchanges(name: str, lexicons: Lexicons) -> Iterator[str]:
    """The short names of an exchange: 昆交所 and 昆明交易所, Lisbon bourse."""
    if found := pattern(_EXCHANGE, lexicons).fullmatch(name):
        yield f"{found['place']}交易所"
        short = {"证券": "交所", "期货": "期所"}.get(found["traded"])
        yield from (f"{found['place'][0]}{short}",) if short else ()
    if found := pattern(_EXCHANGE_EN, lexicons).fullmatch(name):
        yield from (f"{found['place']}{noun}" for noun in ("bourse", "exchange", "stock market"))


_POLICIES: Final = ("launch", "effect", "other", "market-entry")
_POLICY: Final = r"%(authority)s?(?P<own>[一-鿿]{3,}?)(?:%(form)s[与和及、]?)*"
_BENEFIT: Final = r"[一-鿿]{2,}%(benefit)s"
"""What a policy gives or takes, that is known without the authority in front and the word of its form behind."""


def policies(name: str, kind: str, lexicons: Lexicons) -> Iterator[str]:
    """A benefit or a tax without what is formal about its name: 护理津贴, 遗产税."""
    found = pattern(_POLICY, lexicons).fullmatch(name) if kind in _POLICIES else None
    own = found["own"] if found else name
    if own != name and len(own) > _SHORT and pattern(_BENEFIT, lexicons).fullmatch(own):
        yield own


_SHORT: Final = 3


_OBSERVATORY: Final = re.compile(
    r"(?P<own>(?:[A-Z][a-z.]+ )*(?!Space|Solar|Sky|Radio|Large)(?P<last>[A-Z][a-z]{3,}))"
    r" (?:(?:Space|Solar|Survey|Sky) )?(?:Telescope|Observatory)"
)
_OF_A_TOWN: Final = re.compile(r"(?P<own>[A-Z][a-zé]+(?:[- ][A-Z][a-zé]+)+) d(?:e|i|u|a|el) [A-Z]\w+")


def memorials(name: str) -> Iterator[str]:
    """A telescope by its patron, and a church without its town: Edwin Hubbleton, Hubbleton telescope, Sainte-Marie."""
    if found := _OBSERVATORY.fullmatch(name):
        yield from (found["own"],) if " " in found["own"] else ()
        yield from (f"{found['last']} {noun}" for noun in ("telescope", "space telescope", "observatory"))
    if found := _OF_A_TOWN.fullmatch(name):
        yield found["own"]


_EDITION: Final = r"%(device)s版的?(?=[一-鿿A-Za-z]{2})"


def without_edition(name: str, lexicons: Lexicons) -> Iterator[str]:
    """A product without the device for which it is: 北湖墨图系统."""
    shorter = pattern(_EDITION, lexicons).sub("", name, count=1)
    if shorter != name:
        yield shorter


def synonymous(name: str, lexicons: Lexicons) -> Iterator[str]:
    """A name with each of the words that mean the same as one in it: 核污水 and 核废水 for 核污染水."""
    folded = fold(name)
    for same in lexicons.synonyms:
        word = next((word for word in same if word in folded), "")
        if word:
            at = folded.find(word)
            yield from (name[:at] + other + name[at + len(word) :] for other in same if other != word)
