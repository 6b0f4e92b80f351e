"""`evtimeline init`: make a workspace, complete a half-made one, and change nothing that is there."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

import evtimeline
from evtimeline.app import open_app, read_clock
from evtimeline.cli import Invocation
from evtimeline.errors import UsageError, WorkspaceError
from evtimeline.settings import Workspace, load_settings, locate
from evtimeline.settings.database import without_password

TEMPLATE = """\
# Settings of evtimeline. What is commented out is what holds anyway.
# Every setting can also be an environment variable: EVTIMELINE_LANGUAGE, EVTIMELINE_FETCH_TIMEOUT ...

# language = "auto"                # zh or en, for titles and headings; auto: as your locale says
# zone = "UTC"                     # of timelines that name none, such as "Asia/Shanghai"
# contact = ""                     # a mail or web address, sent to the publishers whose feeds you poll
# database = "sqlite:///evtimeline.db"     # or "postgresql://user@host/name"
# database_password_file = ""      # or the variable EVTIMELINE_DATABASE_PASSWORD
# public_url = ""                  # https://..., where people reach this evtimeline: one click ends a subscription

[fetch]
# timeout = 30                     # seconds for one feed, redirects included
# max_bytes = 10_000_000           # of a feed once it is unpacked
# at_once = 16                     # feeds
# per_host = 2                     # feeds of one host at once
# min_interval = 10                # minutes between two polls of one feed
# allow_link_local = false         # whether feeds marked private may be at link-local addresses

[keep]
# entries = 180                    # days, then news that no claim came from loses its text; 0: for ever
# messages = 365                   # days, then messages lose their bodies; 0: for ever

[daemon]
# health = "127.0.0.1:8686"        # where `evtimeline daemon` is asked for health and figures; "off" for nowhere

[smtp]
# host = ""                        # of the mail server; without one no mail leaves
# security = "starttls"            # or "tls"; "none" sends passwords and mail in the clear
# port = 587                       # 465 with "tls", 25 with "none"
# from = ""                        # such as news@example.org
# user = ""
# password_file = ""               # or the variable EVTIMELINE_SMTP_PASSWORD; never in this file
# keyring = false                  # true: the password is what `keyring set evtimeline USER` stored

## [channel.team]                   # as many as you like: `evtimeline subscribe team`
## kind = "feishu"                  # webhook, feishu, dingtalk, wecom or apprise
## url = "https://..."               # or url_file, as the address may be a key itself
## secret_file = ""                 # or EVTIMELINE_CHANNEL_TEAM_SECRET: what messages are signed with
"""


@click.command(short_help="Make a workspace: settings, feeds and a database.")
@click.argument("directory", type=click.Path(path_type=Path), required=False, metavar="[DIR]")
@click.option("--sample", metavar="NAME", help="Load a timeline that is shipped, for example xiaomi-baic.")
@click.pass_obj
def init(invocation: Invocation, directory: Path | None, sample: str | None) -> None:
    """Make a workspace in DIR: evtimeline.toml with the settings, feeds.yaml and the database.

    Without DIR it goes where --home or EVTIMELINE_HOME say, else into your user folders, where every other command
    finds it. What is there already is left as it is; what is missing is made.
    """
    home = directory or invocation.home
    workspace = locate(home)
    timeline = shipped_timeline(sample) if sample else None
    made = False
    for line in make(workspace):
        click.echo(f"made {line}")
        made = True
    if timeline:
        made = _load_sample(home, timeline) or made
    if not made:
        click.echo(f"nothing to do: {workspace.config} is a workspace already, and was left as it is")
    else:
        _say_how_to_go_on(workspace, timeline)


def make(workspace: Workspace) -> Iterator[str]:
    """Make what is missing, and say so; raises WorkspaceError, SettingsError or StoreError."""
    settings = load_settings(workspace)
    try:
        for folder in (workspace.config, workspace.data):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _write_new(workspace.catalogue_file, shipped("feeds.yaml").read_bytes()):
            yield f"{workspace.catalogue_file} (the feeds that are polled)"
        if _make_database(settings.database):
            yield f"{without_password(settings.database).removeprefix('sqlite:///')} (the ledger)"
        if _write_new(workspace.settings_file, TEMPLATE.encode()):
            yield f"{workspace.settings_file} (the settings, each with a comment)"
    except OSError as error:
        where = error.filename or workspace.config
        raise WorkspaceError(
            f"{where} cannot be written ({error.strerror}): choose another folder with `evtimeline init DIR`"
        ) from error


def shipped(name: str) -> Path:
    """Find a file that comes with evtimeline: in the installed package, else in the checkout; may not exist."""
    package = Path(evtimeline.__file__).parent
    return next((found for found in (package / name, package.parents[1] / name) if found.exists()), package / name)


def shipped_timeline(name: str) -> Path:
    """Find a timeline that comes with evtimeline; raises UsageError that names those there are."""
    known = {path.stem: path for path in sorted(shipped("timelines").glob("*.yaml"))}
    if name not in known:
        raise UsageError(f"there is no sample timeline {name!r}: there is {', '.join(known) or 'none'}")
    return known[name]


def _write_new(path: Path, content: bytes) -> bool:
    """Write a file for its owner alone, whole or not at all, unless there is one."""
    if path.exists():
        return False
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    unfinished.replace(path)
    return True


def _make_database(url: str) -> bool:
    from evtimeline.store import schema
    from evtimeline.store.engine import connect

    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = connect(url, create=True)
    try:
        if schema.current(engine) is not None:
            schema.check(engine)  # one that is too old is left to `evtimeline upgrade`, which makes a backup
            return False
    finally:
        engine.dispose()
    schema.upgrade(url, read_clock())
    return True


def _load_sample(home: Path | None, path: Path) -> bool:
    """Take in a shipped timeline, unless there is one of its name, which the user may have changed since."""
    from evtimeline.documents.timelinefile import load_timeline
    from evtimeline.jobs.edit import apply, known
    from evtimeline.store.engine import writing

    timeline = load_timeline(path)
    with open_app(home) as app, writing(app.engine) as connection:
        if known(connection, timeline.key):
            return False
        apply(connection, timeline, app.now)
    click.echo(f"made the timeline {timeline.key} with {len(timeline.milestones)} milestones")
    return True


def _say_how_to_go_on(workspace: Workspace, timeline: Path | None) -> None:
    found_again = locate(None) == workspace
    command = "evtimeline" if found_again else f"evtimeline --home {shlex.quote(str(workspace.config))}"
    first = "poll" if timeline else 'milestone add "Xiaomi YU7 launch" --when "Q3 2025"'
    click.echo(f"\nNext: {command} {first}\n then: {command} status")
    if not found_again:
        click.echo(f"\nOr say it once: export EVTIMELINE_HOME={shlex.quote(str(workspace.config))}")
