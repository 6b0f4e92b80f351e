"""Timeline files: a timeline as YAML, read with every problem told by line, and written so that nothing is lost."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from evtimeline.core.claims import Stance, Tier
from evtimeline.core.milestones import (
    Citation,
    Confirm,
    Entity,
    Milestone,
    Names,
    Promise,
    Target,
    Timeline,
    Titles,
)
from evtimeline.core.windows import Window, parse_edtf
from evtimeline.documents import nodes
from evtimeline.documents.drafting import derived, free_key
from evtimeline.documents.marked import Fields, decimal, nearest, parse_document
from evtimeline.documents.typed import (
    titles_of,
    to_comparator,
    to_day,
    to_key,
    to_kind,
    to_link,
    to_window,
    to_zone,
)
from evtimeline.documents.writing import mapping, sequence, write_yaml
from evtimeline.errors import DateNotUnderstoodError

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_UNTITLED = {"en": "untitled"}  # stands in while the other problems of a file are collected
_INNER = re.compile(r"^(?=[ -])", re.M)
_BLANK_BEFORE = re.compile(r"(?<=\n)(?<!:\n)(?=  - key: |entities:|milestones:)")


def load_timeline(path: Path) -> Timeline:
    """The timeline that a YAML or JSON file holds; raises DocumentError with every problem in it."""
    return parse_timeline(nodes.read_text(path), str(path))


def parse_timeline(text: str, path: str) -> Timeline:
    """The timeline that a text holds; `path` is the name that problems are told under."""
    fields = parse_document(text, path)
    key = fields.read("timeline", to_key, "") if fields.required("timeline") else ""
    titles = _titles(fields, default=key or "timeline")
    zone = fields.read("zone", to_zone, "UTC")
    entities = _entities(fields.mappings("entities"))
    milestones = _milestones(fields.mappings("milestones"), [entity.key for entity in entities])
    fields.close()
    fields.raise_problems()
    return Timeline(key, titles, zone, entities, milestones)


def dump_timeline(timeline: Timeline) -> str:
    """The timeline as YAML; `parse_timeline` reads an equal one back."""
    text = write_yaml(
        mapping(
            ("timeline", timeline.key),
            ("title", _titles_node(timeline.titles)),
            ("zone", timeline.zone),
            ("entities", nodes.Sequence(0, tuple(map(_entity_node, timeline.entities))) if timeline.entities else None),
            ("milestones", nodes.Sequence(0, tuple(map(_milestone_node, timeline.milestones)))),
        )
    )
    return _BLANK_BEFORE.sub("\n", _INNER.sub("  ", text))


def _keys(items: Sequence[Fields]) -> list[str]:
    """The key written in each item, "" where there is none; a key that an item above has is a problem."""
    keys: list[str] = []
    taken: set[str] = set()
    for item in items:
        key = item.read("key", to_key, "")
        if key and key in taken:
            item.problem(f"the key {key!r} is taken by an item above; choose another", "key")
        keys.append(key)
        taken.add(key)
    return keys


def _entities(items: Sequence[Fields]) -> tuple[Entity, ...]:
    keys = _keys(items)
    for item, key in zip(items, keys, strict=True):
        if not key and not item.has("key"):
            item.required("key")
    entities = tuple(Entity(key, _names(item)) for item, key in zip(items, keys, strict=True))
    for item in items:
        item.close()
    return entities


def _names(fields: Fields) -> Names:
    names = fields.texts("names")
    if not names:
        fields.problem("'names' is empty; write at least one" if fields.has("names") else "'names' is missing", "names")
    for name in (*names, *fields.texts("not")):
        if "*" in name.removesuffix("*") or name == "*":
            fields.problem(f"{name!r}: a * stands only at the end of a name, for every word that begins so", "names")
    return Names(names, fields.texts("not"))


def _milestones(items: Sequence[Fields], entities: Sequence[str]) -> tuple[Milestone, ...]:
    keys = _keys(items)
    milestones: list[Milestone] = []
    taken = set(keys)
    for item, key in zip(items, keys, strict=True):
        milestone = _milestone(item, key, entities)
        if not milestone.key:
            milestone = replace(milestone, key=free_key(derived(milestone.titles or _UNTITLED).key, taken))
            taken.add(milestone.key)
        milestones.append(milestone)
        item.close()
    return tuple(milestones)


def _milestone(fields: Fields, key: str, entities: Sequence[str]) -> Milestone:
    titles = _titles(fields)
    return Milestone(
        key=key,
        titles=titles,
        kind=fields.read("kind", to_kind, "") or derived(titles or _UNTITLED).kind,
        subject=_subject(fields, entities),
        parties=fields.texts("parties"),
        promise=_promise(fields),
        target=_target(fields.mapping("target")),
        confirm=_confirm(fields.mapping("confirm")),
        note=fields.text("note", long=True),
    )


def _titles(fields: Fields, default: str | None = None) -> Titles:
    if default and not fields.has("title"):
        return {"en": default}
    if fields.is_text("title") or not fields.has("title"):
        title = fields.required("title")
        return titles_of(title) if title else {}
    languages = fields.mapping("title")
    if languages is None:
        return {}
    for name in languages.names:
        if not _LANGUAGE.fullmatch(name):
            languages.problem(f"{name!r} is not the code of a language, such as zh or en", name)
    titles = {name: text for name in languages.names if (text := languages.text(name))}
    if not titles:
        fields.problem("'title' has no text in any language", "title")
    return titles


def _subject(fields: Fields, entities: Sequence[str]) -> str | Names | None:
    if not fields.has("subject"):
        return None
    if not fields.is_text("subject"):
        names = fields.mapping("subject")
        if names is None:
            return None
        named = _names(names)
        names.close()
        return named
    subject = fields.text("subject")
    if subject and subject not in entities:
        hint = nearest(subject, entities) or f"; for a name write subject: {{names: [{subject}]}}"
        fields.problem(f"no entity has the key {subject!r}{hint}", "subject")
    return subject


def _promise(fields: Fields) -> Promise:
    stated = fields.read("stated", to_day, None)
    return Promise(
        window=fields.read("window", lambda text: to_window(text, stated), None),
        stated=stated,
        source=_citation(fields.mapping("source")),
        stance=fields.choice("stance", Stance, Stance.ASSERTED),
        quote=fields.text("quote", long=True),
    )


def _citation(fields: Fields | None) -> Citation | None:
    if fields is None:
        return None
    citation = Citation(
        title=fields.text("title"),
        publisher=fields.text("publisher"),
        tier=fields.choice("tier", Tier, Tier.SECONDARY),
        link=fields.read("link", to_link, None),
    )
    fields.close()
    return citation


def _target(fields: Fields | None) -> Target | None:
    if fields is None:
        return None
    if not fields.has("value"):
        fields.required("value")
    target = Target(
        value=fields.read("value", decimal, Decimal(0)),
        unit=fields.required("unit"),
        comparator=fields.read("comparator", to_comparator, ">="),
    )
    fields.close()
    return target


def _confirm(fields: Fields | None) -> Confirm:
    if fields is None:
        return Confirm()
    confirm = Confirm(fields.whole("primary", 1), fields.whole("secondary", 2))
    if confirm.primary == 0 == confirm.secondary:
        fields.problem("'confirm' must ask for at least one publisher, primary or secondary")
    fields.close()
    return confirm


def _titles_node(titles: Titles) -> nodes.Mapping:
    return mapping(*titles.items())


def _names_pairs(names: Names) -> tuple[tuple[str, nodes.Node | None], ...]:
    return ("names", sequence(names.names)), ("not", sequence(names.exclusions) if names.exclusions else None)


def _entity_node(entity: Entity) -> nodes.Mapping:
    return mapping(("key", entity.key), *_names_pairs(entity.names))


def _milestone_node(milestone: Milestone) -> nodes.Mapping:
    subject, promise = milestone.subject, milestone.promise
    return mapping(
        ("key", milestone.key),
        ("title", _titles_node(milestone.titles)),
        ("kind", milestone.kind),
        ("subject", mapping(*_names_pairs(subject)) if isinstance(subject, Names) else subject),
        ("parties", sequence(milestone.parties) if milestone.parties else None),
        ("window", _window_text(promise.window) if promise.window else None),
        ("stated", promise.stated.isoformat() if promise.stated else None),
        ("source", _citation_node(promise.source) if promise.source else None),
        ("stance", promise.stance.value if promise.stance is not Stance.ASSERTED else None),
        ("quote", promise.quote),
        ("target", _target_node(milestone.target) if milestone.target else None),
        ("confirm", _confirm_node(milestone.confirm) if milestone.confirm != Confirm() else None),
        ("note", milestone.note),
    )


def _window_text(window: Window) -> str:
    """The form that people read, 2025-Q3, where it means the same as the standard's 2025-35."""
    try:
        return window.display if parse_edtf(window.display) == window else window.edtf
    except DateNotUnderstoodError:
        return window.edtf


def _citation_node(source: Citation) -> nodes.Mapping:
    return mapping(
        ("title", source.title), ("publisher", source.publisher), ("tier", source.tier.value), ("link", source.link)
    )


def _target_node(target: Target) -> nodes.Mapping:
    return mapping(("value", str(target.value)), ("unit", target.unit), ("comparator", target.comparator))


def _confirm_node(confirm: Confirm) -> nodes.Mapping:
    return mapping(("primary", str(confirm.primary)), ("secondary", str(confirm.secondary)))
