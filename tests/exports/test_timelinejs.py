import json

import pytest
from tests.builders import a_milestone
from tests.exports.galleries import HOSTILE, gallery_of, of_claims, says, titled, told

from evtimeline.exports.timelinejs import slides
from evtimeline.jobs.gallery import Gallery

JUNE = says(1, "2025-04-20", "2025-06")


def read(gallery: Gallery) -> list[dict[str, object]]:
    document = json.loads(slides(gallery, "en"))
    assert document["title"]["text"]["headline"] == "Cars"
    events: list[dict[str, object]] = document["events"]
    return events


def test_a_slide_spans_its_window() -> None:
    (slide,) = read(of_claims(JUNE))
    assert slide["start_date"] == {"year": 2025, "month": 6, "day": 1}
    assert slide["end_date"] == {"year": 2025, "month": 6, "day": 30}
    assert (slide["unique_id"], slide["display_date"]) == ("cars-yu7-launch", "2025-06")


def test_slides_come_in_the_order_of_time_and_undated_milestones_not_at_all() -> None:
    late = told(a_milestone("late"), [says(1, "2025-04-20", "2026")])
    soon, never = told(a_milestone("soon"), [says(2, "2025-04-20", "2025-08-01")]), told(a_milestone("never"), [])
    assert [slide["unique_id"] for slide in read(gallery_of(late, never, soon))] == ["cars-soon", "cars-late"]


@pytest.mark.parametrize("title", HOSTILE)
def test_foreign_words_are_text_where_html_is_expected(title: str) -> None:
    said = says(1, "2025-04-20", "2025-06", publisher=title, title=title, quote=None, link=None)
    text = read(titled(title, said))[0]["text"]
    assert isinstance(text, dict)
    bare = text["text"].replace("<p>", "").replace("</p>", "")
    assert "<" not in text["headline"] + bare


def test_the_link_is_escaped() -> None:
    text = read(of_claims(says(1, "2025-04-20", "2025-06", link="https://x.example/?a=1&b=2")))[0]["text"]
    assert isinstance(text, dict)
    assert '<a href="https://x.example/?a=1&amp;b=2" rel="noreferrer">' in text["text"]
