"""Where the workspace is, and its file and the environment read into one frozen `Settings`, all errors at once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from evtimeline.core.keeping import Keep
from evtimeline.errors import WorkspaceError
from evtimeline.settings.database import read_database
from evtimeline.settings.keeping import read_keep
from evtimeline.settings.running import DaemonSettings, read_daemon
from evtimeline.settings.source import Source, read_file
from evtimeline.settings.telling import ChannelSettings, MailSettings, read_channels, read_mail, read_public_url

SETTINGS_FILE = "evtimeline.toml"
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Workspace:
    """The folders of one user's files: `config` holds what people write, `data` what we write; often they are one."""

    config: Path
    data: Path

    @property
    def settings_file(self) -> Path:
        """The settings, evtimeline.toml; a folder that has it is a workspace."""
        return self.config / SETTINGS_FILE

    @property
    def catalogue_file(self) -> Path:
        """The catalogue of feeds, feeds.yaml."""
        return self.config / "feeds.yaml"

    @property
    def database_file(self) -> Path:
        """The SQLite database, unless the settings name another."""
        return self.data / "evtimeline.db"

    @property
    def lock_file(self) -> Path:
        """The file that is locked by the process that polls."""
        return self.data / "evtimeline.lock"

    def require(self) -> None:
        """Make sure that a workspace was made here; raises WorkspaceError that says how to make one."""
        if not self.settings_file.is_file():
            raise WorkspaceError(
                f"there is no workspace in {self.config}: run `evtimeline init` to make one, "
                "or name another folder with --home DIR or EVTIMELINE_HOME"
            )


@dataclass(frozen=True)
class FetchSettings:
    """What polling may cost, and where it may go."""

    timeout: int = 30  # seconds for one feed, redirects included
    max_bytes: int = 10_000_000  # of a body once it is unpacked
    at_once: int = 16  # feeds
    per_host: int = 2  # feeds of one host at once
    min_interval: int = 10  # minutes between two polls of a feed, whatever the catalogue says
    allow_link_local: bool = False  # whether private feeds may be at link-local and metadata addresses


@dataclass(frozen=True)
class Settings:
    """What the user decided; `language` is zh or en, `zone` an IANA name for timelines that name none."""

    database: str = field(repr=False)
    language: str = "en"
    zone: str = "UTC"
    contact: str | None = None  # an address in our User-Agent, so that publishers can reach who polls them
    fetch: FetchSettings = FetchSettings()
    mail: MailSettings = field(default_factory=MailSettings)
    channels: tuple[ChannelSettings, ...] = ()  # webhooks and bots, by the names that subscriptions use
    public_url: str | None = None  # where people reach this evtimeline, for links that end a subscription
    daemon: DaemonSettings = field(default_factory=DaemonSettings)
    keep: Keep = field(default_factory=Keep)

    @property
    def mail_domain(self) -> str:
        """The domain in which our messages have their Message-IDs."""
        return self.mail.sender.rpartition("@")[2] or "evtimeline.invalid"


def locate(home: Path | None, environment: Mapping[str, str] = os.environ, here: Path | None = None) -> Workspace:
    """Find the workspace: `home`, else EVTIMELINE_HOME, else the folder `here` if it is one, else the user's folders.

    `here` is the current folder when it is not given. Nothing is read or made; see `Workspace.require`.
    """
    chosen = home or (Path(environment["EVTIMELINE_HOME"]) if environment.get("EVTIMELINE_HOME") else None)
    if chosen is not None:
        folder = chosen.expanduser().absolute()
        return Workspace(folder, folder)
    current = (here or Path.cwd()).absolute()
    if (current / SETTINGS_FILE).is_file():
        return Workspace(current, current)
    from platformdirs import user_config_path, user_data_path  # 20 ms that a workspace of one's own need not pay

    return Workspace(user_config_path("evtimeline", appauthor=False), user_data_path("evtimeline", appauthor=False))


def load_settings(
    workspace: Workspace, environment: Mapping[str, str] = os.environ, language: str | None = None
) -> Settings:
    """Read the settings: `language` if given, then EVTIMELINE_... variables, then the file, then what is usual.

    A file that is missing is an empty one. Raises SettingsError with every problem found.
    """
    source = Source(workspace.settings_file, read_file(workspace.settings_file), environment)
    settings = read_settings(source, workspace, language)
    source.finish()
    return settings


def read_settings(source: Source, workspace: Workspace, language: str | None = None) -> Settings:
    """Ask the source for every setting; what is wrong is noted there, and what is usual taken in its place."""
    chosen = source.text("language", "auto", _is_language)
    return Settings(
        database=read_database(source, workspace.config, f"sqlite:///{workspace.database_file}"),
        language=language or _language(chosen, source.environment),
        zone=source.text("zone", "UTC", _is_zone),
        contact=source.text("contact", "", _is_contact) or None,
        fetch=_fetch(source),
        mail=read_mail(source, workspace.config),
        channels=read_channels(source, workspace.config),
        public_url=read_public_url(source),
        daemon=read_daemon(source),
        keep=read_keep(source),
    )


def _fetch(source: Source) -> FetchSettings:
    usual = FetchSettings()
    return FetchSettings(
        timeout=source.number("fetch.timeout", usual.timeout, 1, 3600),
        max_bytes=source.number("fetch.max_bytes", usual.max_bytes, 10_000, 1_000_000_000),
        at_once=source.number("fetch.at_once", usual.at_once, 1, 500),
        per_host=source.number("fetch.per_host", usual.per_host, 1, 100),
        min_interval=source.number("fetch.min_interval", usual.min_interval, 0, 1440),
        allow_link_local=source.switch("fetch.allow_link_local", usual.allow_link_local),
    )


def _is_language(value: str) -> str:
    if value not in (*LANGUAGES, "auto"):
        raise ValueError(f"must be zh, en or auto, not {value!r}")
    return value


def _is_zone(value: str) -> str:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        return ZoneInfo(value).key
    except (OSError, LookupError, ValueError) as error:
        near = get_close_matches(value, available_timezones(), n=1)
        hint = f"did you mean {near[0]}?" if near else "zones are named like Asia/Shanghai or Europe/Berlin"
        raise ValueError(f"is no time zone ({value!r}); {hint}") from error


def _is_contact(value: str) -> str:
    if not value.isprintable() or not value.isascii() or len(value) > 200:
        raise ValueError("must be a mail or web address in plain ASCII, as it is sent with every request")
    return value.strip()


def _language(chosen: str, environment: Mapping[str, str]) -> str:
    """The language of a locale such as zh_CN.UTF-8, where no language was chosen."""
    if chosen != "auto":
        return chosen
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"
