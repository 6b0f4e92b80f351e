"""Real kills, and a database that goes away, while a workspace polls, tells and mails: nothing is lost or doubled.

Hundreds of kills, frozen machines and stopped daemons are tried by hand, with `python -m tests.endurance.kills`.
"""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import make_url
from tests import postgres
from tests.endurance import kills, plot

TOLD = plot.editions(5, kills.PAPERS)
PACE = 0.3


@pytest.fixture
def calm(sqlite_template: Path, tmp_path: Path) -> plot.Ending:
    """What an undisturbed run comes to."""
    home = tmp_path / "calm"
    home.mkdir()
    url = f"sqlite:///{shutil.copy(sqlite_template, home / 'evtimeline.db')}"
    with kills.stage(home, url, len(TOLD)) as made:
        return kills.play(made, TOLD)


def test_a_daemon_that_is_killed_again_and_again_loses_and_doubles_nothing(
    calm: plot.Ending, sqlite_url: str, tmp_path: Path
) -> None:
    with kills.stage(tmp_path, sqlite_url, len(TOLD)) as made:
        done = kills.trial(made, calm, TOLD, "daemon", pace=PACE)
    assert done.faults == ()
    assert done.exits.total() >= len(TOLD)


def test_daemons_on_one_database_go_on_when_they_are_killed_and_it_is_cut_off_and_restarted(
    calm: plot.Ending, postgresql: postgres.Cluster, postgresql_url: str, tmp_path: Path
) -> None:
    name = make_url(postgresql_url).database or ""
    with kills.stage(tmp_path, postgresql_url, len(TOLD)) as made:
        done = kills.trial(made, calm, TOLD, "daemons", outage=kills.outages(postgresql, name, 2), pace=PACE)
    assert done.faults == ()
