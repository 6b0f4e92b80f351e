import os
from pathlib import Path

import pytest
from tests.builders import instant

from evtimeline.daemon.lock import held, holder_of
from evtimeline.errors import WorkspaceError, WorkspaceHeldError

NOW = instant("2025-07-01T08:00")


def test_a_second_holder_is_told_who_has_it_and_since_when(tmp_path: Path) -> None:
    path = tmp_path / "evtimeline.lock"
    with held(path, "daemon", NOW):
        with pytest.raises(WorkspaceHeldError) as caught, held(path, "run --once", NOW):
            pass
        holder = holder_of(path)
    assert caught.value.exit_code == 4
    assert f"process {os.getpid()} " in str(caught.value) and "since 2025-07-01T08:00:00+00:00" in str(caught.value)
    assert holder is not None and (holder.what, holder.pid) == ("daemon", os.getpid())


def test_what_is_free_again_can_be_held_and_is_held_by_nobody(tmp_path: Path) -> None:
    path = tmp_path / "evtimeline.lock"
    assert holder_of(path) is None
    with held(path, "daemon", NOW):
        pass
    assert holder_of(path) is None
    with held(path, "daemon", NOW):
        pass


@pytest.mark.parametrize("left", [b"", b"{", b'{"pid": 1}', b'{"what": "daemon", "pid": 1, "host": "h", "since": "x"}'])
def test_a_file_that_was_left_behind_is_no_obstacle(tmp_path: Path, left: bytes) -> None:
    path = tmp_path / "evtimeline.lock"
    path.write_bytes(left)
    assert holder_of(path) is None
    with held(path, "daemon", NOW):
        assert b"2025-07-01" in path.read_bytes()


def test_looking_who_holds_it_keeps_nobody_from_holding_it(tmp_path: Path) -> None:
    path = tmp_path / "evtimeline.lock"
    with held(path, "daemon", NOW):
        holder_of(path)
        with pytest.raises(WorkspaceHeldError), held(path, "daemon", NOW):
            pass


def test_a_folder_without_room_for_a_lock_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be written"), held(tmp_path / "no" / "lock", "daemon", NOW):
        pass
