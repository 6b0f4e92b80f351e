"""How to cite a claim: as a sentence, as BibTeX, and as CSL-JSON for reference managers."""

import json
from dataclasses import dataclass
from datetime import date

from evtimeline.core.claims import Claim
from evtimeline.core.letters import LONGEST_QUOTE, plain, web_link
from evtimeline.core.message_words import day_text, say
from evtimeline.exports.phrasing import phrase, quoted, title_of
from evtimeline.exports.values_json import Json
from evtimeline.store.milestones import StoredMilestone

_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {character: "\\" + character for character in "#$%&_"}


@dataclass(frozen=True)
class Cited:
    """A claim of the ledger and the milestone it is about."""

    claim: Claim
    milestone: StoredMilestone

    @property
    def key(self) -> str:
        """A name that a bibliography can use; claims keep their numbers."""
        return f"evtimeline-{self.claim.id}"

    @property
    def title(self) -> str:
        """The headline it was read under, else its words, else the milestone that it is about."""
        claim = self.claim
        said = claim.title or (claim.quote.text if claim.quote else None)
        return plain(said, LONGEST_QUOTE) or title_of(self.milestone.milestone, "en")


def as_sentence(cited: Cited, language: str) -> str:
    """Who said what, when and in which words, where it can be read, and which claim of which milestone it is."""
    claim, milestone = cited.claim, cited.milestone
    who = plain(claim.publisher) or say("nobody", language)
    words = quoted(claim, language)
    headline = "" if claim.quote and cited.title in words else cited.title
    link = web_link(claim.link)
    learned = phrase("learned", language, day=day_text(claim.learned_at.date(), language))
    title = title_of(milestone.milestone, language)
    about = f"evtimeline #{claim.id}, {'/'.join(milestone.ref)} ({title}){say('semicolon', language)}{learned}"
    said = f"{who} ({day_text(claim.stated_on, language)})"
    dot = "。" if language == "zh" else ". "
    parts = (said, words, headline, f"<{link}>" if link else None, about)
    return dot.join(part for part in parts if part) + dot.strip()


def as_bibtex(cited: Cited) -> str:
    """An entry of type misc, which every BibTeX style knows."""
    claim = cited.claim
    link = web_link(claim.link)
    fields = {
        "author": f"{{{_tex(plain(claim.publisher))}}}" if claim.publisher else None,
        "title": f"{{{_tex(cited.title)}}}",
        "year": str(claim.stated_on.year),
        "month": str(claim.stated_on.month),
        "day": str(claim.stated_on.day),
        "note": _tex(quoted(claim, "en")) or None,
        "howpublished": f"\\url{{{_url(link)}}}" if link else None,
        "urldate": claim.learned_at.date().isoformat() if link else None,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@misc{{{cited.key},", *lines, "}"))


def as_csl(cited: Cited) -> str:
    """A list of one item of CSL-JSON 1.0, as citeproc programs read it."""
    claim = cited.claim
    link = web_link(claim.link)
    item: dict[str, Json] = {
        "id": cited.key,
        "type": "webpage" if link else "document",
        "title": cited.title,
        "issued": _parts(claim.stated_on),
        "note": f"evtimeline #{claim.id}, {'/'.join(cited.milestone.ref)}",
    }
    if claim.publisher:
        item["author"] = [{"literal": plain(claim.publisher)}]
        item["container-title"] = plain(claim.publisher)
    if claim.quote:
        item["abstract"] = plain(claim.quote.text, LONGEST_QUOTE)
    if link:
        item |= {"URL": link, "accessed": _parts(claim.learned_at.date())}
    return json.dumps([item], ensure_ascii=False, indent=2)


def _parts(day: date) -> Json:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _url(link: str) -> str:
    """An address for \\url, whose braces must balance and which takes no percent sign at its end."""
    return link.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
