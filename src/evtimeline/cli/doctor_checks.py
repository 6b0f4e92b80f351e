"""What `evtimeline doctor` checks, each check guarded: one that fails is a finding, and the others go on."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from evtimeline.app import App, mail_server, open_channels, read_clock, system_clock, user_agent
from evtimeline.cli import Invocation
from evtimeline.cli.channels import send_test
from evtimeline.core.checkup_work import Holding
from evtimeline.core.findings import Area, Finding, Level, found
from evtimeline.core.letters import shown_address
from evtimeline.core.subscriptions import Cadence, Result, Subscription
from evtimeline.daemon.lock import holder_of
from evtimeline.errors import EvtimelineError, SettingsError, StoreError, WorkspaceError
from evtimeline.feeds.urls import has_secret
from evtimeline.jobs import checkup_channels, checkup_place, checkup_work
from evtimeline.jobs.checkup_channels import Way, mail_way, unnamed_ways, web_way
from evtimeline.settings import Settings, locate
from evtimeline.settings.inspection import inspect_settings
from evtimeline.settings.source import Origin
from evtimeline.store import schema
from evtimeline.store.engine import connect, parse_url

if TYPE_CHECKING:
    from sqlalchemy import Engine

Check = Callable[[], Iterable[Finding]]


class Checkup:
    """One look at everything; `now` and `language` are for whoever shows what it finds."""

    def __init__(self, invocation: Invocation, *, full: bool, offline: bool, send: bool) -> None:
        self._full, self._offline, self._send = full, offline, send
        self._workspace = locate(invocation.home)
        self._inspection = inspect_settings(self._workspace, language=invocation.language)
        self._clock_wrong: str | None = None
        try:
            self.now = read_clock()
        except SettingsError as error:
            self.now, self._clock_wrong = system_clock(), str(error)

    @property
    def language(self) -> str:
        """The language to speak, zh or en."""
        return self._settings.language

    @property
    def _settings(self) -> Settings:
        return self._inspection.settings

    def run(self) -> Iterator[Finding]:
        """Look at one thing after another; the slow ones come last."""
        try:
            self._workspace.require()
        except WorkspaceError as error:
            yield found(Area.SETTINGS, Level.PROBLEM, "no workspace", why=str(error))
            yield from _guarded(Area.CLOCK, lambda: self._check_clock(None))
            return
        yield from _guarded(Area.SETTINGS, self._check_settings)
        yield from _guarded(Area.FILES, self._check_files)
        if "database" in self._inspection.refused:
            yield found(Area.DATABASE, Level.WARNING, "no address")
            yield from self._check_the_rest(None)
        else:
            yield from self._check_with_database()

    def _check_with_database(self) -> Iterator[Finding]:
        try:
            engine = connect(self._settings.database)
        except StoreError as error:
            yield found(Area.DATABASE, Level.PROBLEM, "unusable", why=str(error))
            yield from self._check_the_rest(None)
            return
        try:
            yield from _guarded(Area.DATABASE, lambda: checkup_place.check_database(engine, full=self._full))
            yield from self._check_the_rest(engine if _is_usable(engine) else None)
        finally:
            engine.dispose()

    def _check_the_rest(self, engine: "Engine | None") -> Iterator[Finding]:
        data, catalogue = self._workspace.data, self._workspace.catalogue_file
        if engine:
            yield from _guarded(Area.BACKUPS, lambda: checkup_place.check_backups(engine, data, self.now))
        yield from _guarded(Area.CLOCK, lambda: self._check_clock(engine))
        yield from _guarded(Area.FEEDS, lambda: checkup_work.check_feeds(catalogue, engine, self.now))
        if engine:
            yield from _guarded(Area.RUNNING, lambda: self._check_work(engine))
            yield from _guarded(Area.MESSAGES, lambda: checkup_work.check_messages(engine, catalogue, self.now))
            yield from _guarded(Area.MESSAGES, lambda: self._check_audience(engine))
        else:
            yield from (found(area, Level.WARNING, "not looked at") for area in (Area.RUNNING, Area.MESSAGES))
        yield from _guarded(Area.CHANNELS, lambda: self._check_channels(engine))

    def _check_settings(self) -> Iterator[Finding]:
        problems = self._inspection.problems
        yield from (found(Area.SETTINGS, Level.PROBLEM, "setting wrong", why=one) for one in problems)
        lost = [(name, why) for name, read in self._secrets() if (why := _why_not(read))]
        yield from (found(Area.SETTINGS, Level.PROBLEM, "secret", name=name, why=why) for name, why in lost)
        if not problems and not lost:
            own = sum(one.origin is not Origin.USUAL for one in self._inspection.told)
            yield found(Area.SETTINGS, Level.OK, "settings", file=str(self._workspace.settings_file), n=own)

    def _secrets(self) -> Iterator[tuple[str, Callable[[], str | None]]]:
        mail = self._settings.mail
        if mail.user:
            yield "smtp.password", mail.read_password
        for one in self._settings.channels:
            yield f"channel.{one.name}.secret", one.secret.read

    def _check_files(self) -> Iterator[Finding]:
        secrets = [Path(one.where) for one in self._inspection.told if one.origin is Origin.SECRET_FILE]
        catalogue = self._workspace.catalogue_file
        with_secrets = catalogue.is_file() and has_secret(catalogue.read_text("utf-8", "replace"))
        ours = [self._workspace.settings_file, *([catalogue] if with_secrets else []), *secrets]
        yield from checkup_place.check_files(ours, self._database_file(), self._workspace.data)

    def _database_file(self) -> Path | None:
        url = self._settings.database
        return Path(parse_url(url).database or "") if url.startswith("sqlite:") else None

    def _check_clock(self, engine: "Engine | None") -> Iterator[Finding]:
        stopped = "EVTIMELINE_NOW" in os.environ
        if self._clock_wrong:
            yield found(Area.CLOCK, Level.PROBLEM, "setting wrong", why=self._clock_wrong)
            stopped = False
        yield from checkup_place.check_clock(engine, self._settings.zone, self.now, stopped=stopped)

    def _check_work(self, engine: "Engine") -> Iterator[Finding]:
        holder = holder_of(self._workspace.lock_file)
        since = datetime.fromisoformat(holder.since) if holder else None
        holding = Holding(holder.what, holder.pid, holder.host, since) if holder and since else None
        yield from checkup_work.check_work(engine, holding, version("evtimeline"), self.now)

    def _check_audience(self, engine: "Engine") -> Iterator[Finding]:
        kinds = {one.name: one.kind for one in self._settings.channels}
        folder, mail = self._workspace.data, bool(self._settings.mail.host)
        yield from checkup_channels.check_audience(engine, kinds, folder, mail=mail)

    def _check_channels(self, engine: "Engine | None") -> Iterator[Finding]:
        told = checkup_channels.load_told(engine) if engine else ()
        if self._send and engine:
            yield from self._send_tests(App(self._workspace, self._settings, engine), told)
        else:
            yield from checkup_channels.check_ways(self._ways(told), offline=self._offline)

    def _ways(self, told: tuple[Subscription, ...]) -> list[Way]:
        settings, agent = self._settings, user_agent(self._settings.contact)
        mail = settings.mail
        ways = [mail_way(f"{mail.host}:{mail.port}", lambda: mail_server(settings))] if mail.host else []
        ways += [web_way(one.name, one.kind, one.url, agent, one.secret.read) for one in settings.channels]
        return ways + unnamed_ways(told, agent)

    def _send_tests(self, app: App, told: tuple[Subscription, ...]) -> Iterator[Finding]:
        with open_channels(app) as ways:
            for one in self._recipients(told):
                outcome = send_test(app, ways, one)
                taken = outcome.result is Result.SENT
                level, code = (Level.OK, "sent") if taken else (Level.PROBLEM, "not sent")
                who = {"name": one.channel, "to": shown_address(one), "why": outcome.reason}
                yield found(Area.CHANNELS, level, code, **who)

    def _recipients(self, told: tuple[Subscription, ...]) -> list[Subscription]:
        """Each channel once, as far as it is not mail; mail goes to the operators, or else to its own sender."""
        mail, language = self._settings.mail, self._settings.language
        operators = [one for one in told if one.channel == "smtp" and one.operator]
        sender = Subscription(mail.sender, "smtp", Cadence.INSTANT, self.now, language=language)
        named = [
            Subscription(one.name, one.kind, Cadence.INSTANT, self.now, language=language)
            for one in self._settings.channels
        ]
        names = {one.address for one in named}
        others = {one.address: one for one in told if one.channel != "smtp" and one.address not in names}
        return [*((operators or [sender]) if mail.host else []), *named, *others.values()]


def _guarded(area: Area, check: Check) -> Iterator[Finding]:
    try:
        yield from check()
    except EvtimelineError as error:
        yield found(area, Level.PROBLEM, "unusable", why="; ".join(str(error).splitlines()))
    except Exception as error:  # noqa: BLE001  a check that breaks must not hide what the others find
        why = f"{type(error).__name__}: {error}".splitlines()[0]
        yield found(area, Level.PROBLEM, "check failed", why=why)


def _is_usable(engine: "Engine") -> bool:
    """Whether our tables can be read; why not was told with the database."""
    try:
        schema.check(engine)
    except StoreError:
        return False
    return True


def _why_not(read: Callable[[], object]) -> str | None:
    try:
        read()
    except SettingsError as error:
        return str(error)
    return None
