import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from evtimeline.app import open_app
from evtimeline.cli import run
from evtimeline.daemon.workplace import Workplace
from evtimeline.store import feeds
from evtimeline.store.engine import reading

FEED = "feeds:\n  - url: https://cars.example/{}\n"


@pytest.fixture
def workplace(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Workplace]:
    """A workplace that follows one feed."""
    caplog.set_level(logging.INFO, "evtimeline.events")
    assert run(["init", str(tmp_path)]) == 0
    (tmp_path / "feeds.yaml").write_text(FEED.format("a"), "utf-8")
    with open_app(tmp_path) as app:
        yield Workplace(app, "here")


def followed(workplace: Workplace) -> list[str]:
    return [feed.url.rpartition("/")[2] for feed in workplace.means.feeds]


def listed(workplace: Workplace) -> list[str]:
    with reading(workplace.app.engine) as connection:
        states = feeds.states(connection)
    return [url.rpartition("/")[2] for url, state in states.items() if state.listed]


def test_the_database_is_told_which_feeds_there_are(workplace: Workplace) -> None:
    workplace.list_feeds()
    assert listed(workplace) == ["a"]


def test_a_feeds_file_that_was_changed_and_is_no_longer_being_written_is_read_anew(workplace: Workplace) -> None:
    path = workplace.app.workspace.catalogue_file
    path.write_text("", "utf-8")
    workplace.look_at_feeds()
    path.write_text(FEED.format("another"), "utf-8")
    workplace.look_at_feeds()
    assert followed(workplace) == ["a"]
    workplace.look_at_feeds()
    workplace.list_feeds()
    assert followed(workplace) == listed(workplace) == ["another"]


@pytest.mark.parametrize("text", ["feeds: [", None])
def test_feeds_stay_as_they_were_while_their_file_is_wrong_or_gone(
    workplace: Workplace, text: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    path = workplace.app.workspace.catalogue_file
    path.write_text(text, "utf-8") if text else path.unlink()
    for _ in range(3):
        workplace.look_at_feeds()
    assert followed(workplace) == ["a"]
    assert caplog.messages == ["reload-failed"]


def test_a_reload_takes_settings_and_feeds_together_or_neither(
    workplace: Workplace, caplog: pytest.LogCaptureFixture
) -> None:
    workspace = workplace.app.workspace
    workspace.catalogue_file.write_text(FEED.format("b"), "utf-8")
    workspace.settings_file.write_text("[fetch]\nat_once = 0\n", "utf-8")
    assert not workplace.reload()
    assert followed(workplace) == ["a"]
    workspace.settings_file.write_text("[fetch]\nat_once = 3\n", "utf-8")
    assert workplace.reload()
    assert followed(workplace) == ["b"]
    assert workplace.means.world.limits.at_once == 3
    assert caplog.messages == ["reload-failed", "reloaded"]


def test_another_database_waits_for_the_next_start(workplace: Workplace, caplog: pytest.LogCaptureFixture) -> None:
    workplace.app.workspace.settings_file.write_text('database = "sqlite:///other.db"\n', "utf-8")
    for _ in range(2):
        workplace.reload()
    workplace.list_feeds()
    assert caplog.messages == ["restart-needed", "reloaded"] * 2
