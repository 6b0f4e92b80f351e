import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import a_message, a_subscription
from tests.web.sites import Site, serving

from evtimeline.app import App
from evtimeline.core.subscriptions import Cadence, Subscription
from evtimeline.delivery.mime import build
from evtimeline.store import subscriptions
from evtimeline.store.engine import reading, writing

FORM = "List-Unsubscribe=One-Click"


def subscribed(site: Site, language: str = "en") -> Subscription:
    """Store a weekly subscription to the digest."""
    with writing(site.app.engine) as connection:
        return subscriptions.add(connection, a_subscription(cadence=Cadence.WEEKLY, language=language))


def is_there(site: Site, subscription: Subscription) -> bool:
    """Whether the subscription has not ended."""
    with reading(site.app.engine) as connection:
        return subscriptions.by_token(connection, subscription.token) is not None


def test_one_click_of_a_mail_program_ends_the_subscription(site: Site) -> None:
    mine, other = subscribed(site), subscribed(site)
    assert site.ask(f"/unsubscribe/{mine.token}", "POST", FORM).status == 200
    assert not is_there(site, mine)
    assert is_there(site, other)


def test_the_address_in_the_mail_leads_there_with_and_without_the_prefix_of_the_public_url(site: Site) -> None:
    for serve in (str, lambda path: path.removeprefix("/news")):
        mine = subscribed(site)
        mail = build(a_message(mine.id), mine, "news@example.org", site.app.settings.public_url).decode()
        assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in mail
        (path,) = re.findall(r"<https://dates\.example(/\S+)>", mail)
        assert site.ask(serve(path), "POST", FORM).status == 200
        assert not is_there(site, mine)


def test_looking_ends_nothing(site: Site) -> None:
    mine = subscribed(site)
    for method in ("GET", "HEAD", "GET"):
        assert site.ask(f"/unsubscribe/{mine.token}", method).status == 200
    for method in ("PUT", "DELETE", "OPTIONS"):
        refused = site.ask(f"/unsubscribe/{mine.token}", method)
        assert (refused.status, refused.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert is_there(site, mine)


def test_the_page_asks_in_the_language_of_the_subscription(site: Site) -> None:
    english = site.ask(f"/unsubscribe/{subscribed(site).token}").text
    chinese = site.ask(f"/unsubscribe/{subscribed(site, language='zh').token}").text
    assert '<html lang="en">' in english and "This ends the weekly digest" in english
    assert '<html lang="zh">' in chinese and "每周摘要" in chinese
    assert english.count("<button>") == chinese.count("<button>") == 1


def test_pressing_the_button_sends_what_one_click_sends(site: Site) -> None:
    mine = subscribed(site)
    page = site.ask(f"/unsubscribe/{mine.token}").text
    assert '<form method="post">' in page
    assert f'name="{FORM.partition("=")[0]}" value="{FORM.partition("=")[2]}"' in page
    done = site.ask(f"/unsubscribe/{mine.token}", "POST", FORM)
    assert "You are unsubscribed" in done.text and "<button>" not in done.text


def test_a_second_click_is_no_mistake(site: Site) -> None:
    mine = subscribed(site)
    first, second = (site.ask(f"/unsubscribe/{mine.token}", "POST", FORM) for _ in range(2))
    assert (first.status, first.text) == (second.status, second.text)
    assert site.ask(f"/unsubscribe/{mine.token}").text == first.text


@pytest.mark.parametrize(
    "token",
    ["", "x", "x" * 32, "x" * 5000, "%00" * 20, "..%2f..%2fmetrics", "'%20or%201=1--aaaaaaa", "%E9%80%80%E8%AE%A2" * 5],
)
def test_an_unknown_token_is_answered_like_any_address_that_is_not_there(site: Site, token: str) -> None:
    subscribed(site)
    for method in ("GET", "POST"):
        reply = site.ask(f"/unsubscribe/{token}", method)
        assert (reply.status, reply.text) == (404, "There is nothing here.\n")


def test_nothing_but_the_pages_own_style_may_act_in_it(site: Site) -> None:
    policy = site.ask(f"/unsubscribe/{subscribed(site).token}").headers["Content-Security-Policy"]
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["form-action"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", rules["style-src"])


def test_without_a_database_nothing_is_claimed_to_be_done(app: App, tmp_path: Path) -> None:
    gone = replace(app, settings=replace(app.settings, database=f"sqlite:///{tmp_path / 'gone.db'}"))
    with serving(gone) as site:
        reply = site.ask("/unsubscribe/" + "x" * 32, "POST", FORM)
        assert reply.status == 503
        assert "try again" in reply.text and "请几分钟后再试" in reply.text
