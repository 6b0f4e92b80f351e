import base64
import hashlib
import re

from tests.boards import board_of, hostile, launch, many, plant

from evtimeline.rendering import as_report


def test_the_policy_allows_its_own_style_and_script_alone() -> None:
    page = as_report(board_of(launch()))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name in ("style", "script"):
        blocks = re.findall(rf"<{name}>(.*?)</{name}>", page, re.S)
        assert len(blocks) == 1
        digest = base64.b64encode(hashlib.sha256(blocks[0].encode()).digest()).decode()
        assert rules[f"{name}-src"] == f"'sha256-{digest}'"


def test_no_markup_of_others_gets_into_the_page() -> None:
    page = as_report(board_of(*hostile()))
    tags = set(re.findall(r"<([a-zA-Z]+)", page.partition("<script>")[0]))
    assert not tags & {"img", "iframe", "math", "base", "mtext", "mglyph", "object", "embed"}
    assert len(re.findall(r"<script", page)) == 1


def test_the_page_names_no_other_host_than_those_of_the_claims() -> None:
    page = as_report(board_of(launch(), plant()))
    assert {host for host in re.findall(r"//([\w.-]+)", page) if "." in host} <= {"news.example"}
    assert not re.search(r"url\(|@import|<link|src=", page)


def test_fifty_milestones_and_two_thousand_claims_stay_under_a_megabyte() -> None:
    page = as_report(board_of(*many(50, 40)))
    assert page.count('<li id="c') == 2_000
    assert len(page.encode()) < 1_000_000
