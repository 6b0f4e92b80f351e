import os
import shutil
from pathlib import Path

import pytest
from tests.cli import workspaces


def _calm(environment: pytest.MonkeyPatch) -> None:
    """Take out of the environment whatever would change what is shown."""
    for name in list(os.environ):
        if name.startswith("EVTIMELINE_") or name in ("NO_COLOR", "FORCE_COLOR"):
            environment.delenv(name)
    environment.setenv("LC_ALL", "C.UTF-8")
    environment.setenv("COLUMNS", "80")


@pytest.fixture(scope="session")
def story_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a story in it, to be copied."""
    home = tmp_path_factory.mktemp("story")
    with pytest.MonkeyPatch.context() as environment:
        _calm(environment)
        environment.setenv("EVTIMELINE_NOW", workspaces.FIRST_POLL.isoformat())
        workspaces.make(home)
    return home


@pytest.fixture
def story(tmp_path: Path, story_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a story in it, the environment pointing there, the clock at the story's last day."""
    _calm(monkeypatch)
    home = Path(shutil.copytree(story_template, tmp_path / "story"))
    monkeypatch.setenv("EVTIMELINE_HOME", str(home))
    monkeypatch.setenv("EVTIMELINE_NOW", workspaces.LAST_DAY)
    return home
