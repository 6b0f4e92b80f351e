import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evtimeline.core.claims import Stance, Tier
from evtimeline.core.milestones import (
    Citation,
    Confirm,
    Entity,
    Kind,
    Milestone,
    Names,
    Promise,
    Target,
    Timeline,
)
from evtimeline.core.windows import parse_edtf
from evtimeline.documents.timelinefile import dump_timeline, load_timeline, parse_timeline
from evtimeline.documents.typed import COMPARATORS, to_window
from evtimeline.errors import DocumentError

SHIPPED = Path(__file__).parents[2] / "timelines" / "xiaomi-baic.yaml"

FULL = """
timeline: harbour
title: {zh: 港口, en: Harbour}
zone: Asia/Shanghai
entities:
  - key: quay
    names: [新码头, New Quay, quay*]
    not: [旧码头]
milestones:
  - key: quay-opening
    title: {zh: 新码头开港, en: New quay opens}
    kind: opening
    subject: quay
    parties: [quay, Harbour Board]
    window: 2026-Q3
    stated: 2025-04-20
    source: {title: Annual plan, publisher: Harbour Board, tier: primary, link: "https://example.org/plan"}
    stance: forecast
    quote: 预计三季度开港
    target: {value: 12.50, unit: Mt, comparator: ">"}
    confirm: {primary: 2, secondary: 3}
    note: |
      First line.
      Second line.
"""


def lines(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        parse_timeline(text, "t.yaml")
    return str(caught.value).splitlines()


def milestone(fields: str) -> Milestone:
    (only,) = parse_timeline(f"timeline: t\nmilestones:\n  - {fields}", "t.yaml").milestones
    return only


def test_every_field_of_the_form_is_read() -> None:
    timeline = parse_timeline(FULL, "t.yaml")
    assert timeline.titles == {"zh": "港口", "en": "Harbour"}
    assert timeline.zone == "Asia/Shanghai"
    assert timeline.entities == (Entity("quay", Names(("新码头", "New Quay", "quay*"), ("旧码头",))),)
    assert timeline.milestones == (
        Milestone(
            key="quay-opening",
            titles={"zh": "新码头开港", "en": "New quay opens"},
            kind="opening",
            subject="quay",
            parties=("quay", "Harbour Board"),
            promise=Promise(
                window=parse_edtf("2026-Q3"),
                stated=date(2025, 4, 20),
                source=Citation("Annual plan", "Harbour Board", Tier.PRIMARY, "https://example.org/plan"),
                stance=Stance.FORECAST,
                quote="预计三季度开港",
            ),
            target=Target(Decimal("12.50"), "Mt", ">"),
            confirm=Confirm(2, 3),
            note="First line.\nSecond line.",
        ),
    )


def test_a_title_is_all_that_a_milestone_needs() -> None:
    only = milestone("title: 小米YU7上市")
    assert only.titles == {"zh": "小米YU7上市"}
    assert only.key
    assert only.kind == Kind.LAUNCH
    assert only.promise == Promise()


def test_derived_keys_give_way_to_each_other_and_to_written_ones() -> None:
    timeline = parse_timeline(
        "timeline: t\nmilestones: [{title: Harbour opens}, {title: Harbour opens}, {title: Harbour opens}]", "t.yaml"
    )
    first, second, third = (m.key for m in timeline.milestones)
    assert (second, third) == (f"{first}-2", f"{first}-3")


def test_a_timeline_without_a_title_is_called_by_its_key() -> None:
    assert parse_timeline("timeline: t", "t.yaml").titles == {"en": "t"}


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2025-06", "2025-06"),
        ("2025-Q3", "2025-35"),
        ("H2 2025", "2025-41"),
        ("2025下半年", "2025-41"),
        ("2026", "2026"),
    ],
)
def test_windows_are_read_as_people_type_them(typed: str, edtf: str) -> None:
    assert milestone(f"{{title: x, window: {typed}}}").promise.window == parse_edtf(edtf)


def test_a_relative_window_is_counted_from_the_day_on_which_it_was_stated() -> None:
    window = milestone("{title: x, window: 年底, stated: 2024-04-20}").promise.window
    assert window is not None and window.latest == date(2024, 12, 31)


def test_a_relative_window_asks_for_that_day() -> None:
    (said,) = lines("timeline: t\nmilestones:\n  - title: x\n    window: 年底")
    assert said.startswith("t.yaml:4: ") and "depends on the day it was said; add that day as `stated:" in said


def test_every_wrong_field_is_told_with_its_line_and_a_remedy() -> None:
    said = lines(
        """timeline: My Harbour
zone: Asia/Shangai
entities:
  - key: quay
    names: []
  - key: quay
    names: [a*b]
milestones:
  - key: one
    titel: x
    kind: lauch
    subject: quai
    window: someday
    stated: 20 April
    stance: certain
    source: {tier: first, link: "javascript:x"}
    target: {value: many, unit: t, comparator: "=>"}
    confirm: {primary: 0, secondary: 0}
  - key: one
    title: {english: y}
    window: 1850-01-01
"""
    )
    for line, part in [
        (1, "'My Harbour' cannot be a key; use small letters, digits and hyphens, for example 'my-harbour'"),
        (2, "did you mean 'Asia/Shanghai'?"),
        (6, "the key 'quay' is taken by an item above"),
        (7, "a * stands only at the end of a name"),
        (9, "'title' is missing"),
        (10, "unknown field 'titel' in an item of 'milestones'; did you mean 'title'?"),
        (11, "'lauch' is no known kind; did you mean 'launch'?"),
        (12, "no entity has the key 'quai'; did you mean 'quay'?"),
        (13, "'window': "),
        (14, "'20 April' is not a day such as 2025-04-20"),
        (15, "is not one of asserted, rumour"),
        (16, "is not an http or https address"),
        (17, "'many' is not a number"),
        (17, "is not one of > >= = <= < ~"),
        (18, "at least one publisher"),
        (19, "the key 'one' is taken by an item above"),
        (20, "'english' is not the code of a language"),
        (21, "'window': "),
    ]:
        assert any(text.startswith(f"t.yaml:{line}: ") and part in text for text in said), (line, part, said)


def test_an_entity_needs_names() -> None:
    assert lines("timeline: t\nentities: [{key: a, names: []}]") == ["t.yaml:2: 'names' is empty; write at least one"]


def test_a_subject_that_is_no_entity_says_how_to_write_a_name() -> None:
    (said,) = lines("timeline: t\nmilestones: [{title: x, subject: 小米YU7}]")
    assert "write subject: {names: [小米YU7]}" in said


def test_a_kind_of_ones_own_is_welcome() -> None:
    assert milestone("{title: x, kind: first-flight}").kind == "first-flight"


def test_json_is_a_timeline_file_too(tmp_path: Path) -> None:
    path = tmp_path / "timeline.json"
    item = {"key": "a", "title": {"en": "A"}, "kind": "launch", "window": None, "subject": {"names": ["A"], "not": []}}
    path.write_text(json.dumps({"timeline": "t", "entities": [], "milestones": [item]}), encoding="utf-8")
    (only,) = load_timeline(path).milestones
    assert only.subject == Names(("A",))


def test_what_is_written_reads_well() -> None:
    text = dump_timeline(parse_timeline(FULL, "t.yaml"))
    assert "title: {zh: 港口, en: Harbour}\n" in text
    assert "    window: 2026-Q3\n    stated: 2025-04-20\n" in text
    assert "\n\nmilestones:\n  - key: quay-opening\n    title: {zh: 新码头开港, en: New quay opens}\n" in text
    assert "comparator: '>'" in text
    assert parse_timeline(text, "again.yaml") == parse_timeline(FULL, "t.yaml")


def test_the_shipped_timeline_comes_back_whole() -> None:
    timeline = load_timeline(SHIPPED)
    assert parse_timeline(dump_timeline(timeline), "again.yaml") == timeline


def test_the_shipped_timeline_keeps_the_ten_dated_promises_with_their_source() -> None:
    timeline = load_timeline(SHIPPED)
    windows = {m.key: m.promise.window.edtf for m in timeline.milestones if m.promise.window}
    assert {
        "jv-founding": "2025-04",
        "jv-mass-production": "2026",
        "phase2-startup": "2025-06",
        "deliveries-2025": "2025",
        "q4-profit": "2025-36",
        "yu7-launch": "2025-08",
        "stelato-s9-launch": "2025-04",
        "yizhuang-startup": "2025-03",
        "charging-stations": "2025-41",
        "southeast-asia-entry": "2026",
    }.items() <= windows.items()
    for shipped in timeline.milestones:
        assert set(shipped.titles) == {"zh", "en"}
        assert shipped.promise.quote
        assert shipped.promise.source and shipped.promise.source.tier is Tier.TERTIARY


letters = st.characters(
    exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"],
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
words = st.text(letters, max_size=20).map(lambda text: text.strip() or "x")
traps = st.sampled_from(
    ["no", "null", "~", "2025-06-26", "1e3", "- x", "a: b", "#x", "'", '"', "{", "@", "\\n", "🚗", "是:"]
)
texts = words | traps
prose = st.lists(texts, min_size=1, max_size=3).map("\n".join)
keys = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
names = st.builds(
    Names,
    st.lists(texts.filter(lambda t: "*" not in t), min_size=1, max_size=3).map(tuple),
    st.lists(texts.filter(lambda t: "*" not in t), max_size=2).map(tuple),
)
titles = st.dictionaries(st.sampled_from(["zh", "en", "de", "zh-Hant"]), texts, min_size=1)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
windows = st.sampled_from(
    [
        "2025-06-26",
        "2025-06",
        "2025-Q3",
        "2025-H2",
        "2026",
        "2025~",
        "2025-06?",
        "2025-06/2025-07",
        "2026/..",
        "../2025-06",
    ]
).map(parse_edtf)
sources = st.builds(
    Citation,
    st.none() | texts,
    st.none() | texts,
    st.sampled_from(Tier),
    st.none() | st.just("https://example.org/a?b#c"),
)
promises = st.builds(
    Promise, st.none() | windows, st.none() | days, st.none() | sources, st.sampled_from(Stance), st.none() | prose
)
targets = st.builds(
    Target,
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3),
    texts,
    st.sampled_from(COMPARATORS),
)
confirms = st.builds(Confirm, st.integers(0, 9), st.integers(1, 9))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    entities = draw(st.lists(st.builds(Entity, keys, names), max_size=2, unique_by=lambda e: e.key))
    subjects = st.none() | names | (st.sampled_from([e.key for e in entities]) if entities else st.none())
    kinds = st.sampled_from([kind.value for kind in Kind]) | st.just("first-flight")
    milestones = st.builds(
        Milestone,
        key=keys,
        titles=titles,
        kind=kinds,
        subject=subjects,
        parties=st.lists(texts, max_size=2).map(tuple),
        promise=promises,
        target=st.none() | targets,
        confirm=confirms,
        note=st.none() | prose,
    )
    listed = draw(st.lists(milestones, max_size=2, unique_by=lambda m: m.key))
    zone = draw(st.sampled_from(["UTC", "Asia/Shanghai", "America/New_York"]))
    return Timeline(draw(keys), draw(titles), zone, tuple(entities), tuple(listed))


@settings(max_examples=150, deadline=None)
@given(timelines())
def test_whatever_is_written_is_read_back_the_same(timeline: Timeline) -> None:
    assert parse_timeline(dump_timeline(timeline), "t.yaml") == timeline


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="abk:- {}[]\n'\"#&*!|>%@`\t", max_size=60).map("timeline: t\n".__add__))
def test_no_text_is_more_than_a_document_error(text: str) -> None:
    try:
        parse_timeline(text, "t.yaml")
    except DocumentError as error:
        assert error.problems


DOCUMENT = (Path(__file__).parents[2] / "docs" / "timelines.md").read_text(encoding="utf-8")


def test_the_example_in_the_documents_is_read_and_comes_back_whole() -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```", DOCUMENT, re.M | re.S)
    timeline = parse_timeline(example, "docs")
    assert len(timeline.milestones) == 2
    assert parse_timeline(dump_timeline(timeline), "again") == timeline


@pytest.mark.parametrize(("typed", "edtf"), re.findall(r"^\| `([^`]+)` \| ([0-9./~-]+) \|$", DOCUMENT, re.M))
def test_the_dates_in_the_documents_mean_what_they_say(typed: str, edtf: str) -> None:
    assert to_window(typed, date(2025, 4, 20)).edtf == edtf
