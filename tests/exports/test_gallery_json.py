import json

import pytest
from tests.exports.galleries import HOSTILE, of_claims, says, titled

from evtimeline.exports.gallery_json import dump_gallery

JUNE = says(1, "2025-04-20", "2025-06")


def test_a_document_holds_every_milestone_with_its_ledger() -> None:
    document = json.loads(dump_gallery(of_claims(JUNE, says(2, "2025-05-20", "2025-08", "delayed"))))
    assert (document["version"], document["timelines"][0]["key"]) == (1, "cars")
    (story,) = document["milestones"]
    assert story["milestone"]["stands"]["edtf"] == "2025-08"
    assert [one["kind"] for one in story["revisions"]] == ["dated", "slipped"]
    assert [one["claim"] for one in story["ledger"]] == [1, 2]


@pytest.mark.parametrize("title", HOSTILE)
def test_whatever_a_feed_says_the_document_can_be_read(title: str) -> None:
    document = json.loads(dump_gallery(titled(title, JUNE)).encode("utf-8", "replace"))
    assert document["milestones"][0]["milestone"]["key"] == "yu7-launch"
