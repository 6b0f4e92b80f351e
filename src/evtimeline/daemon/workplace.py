"""What a daemon works with: settings and feeds as they were last read without mistakes, read anew when asked to."""

import logging
import threading
from dataclasses import replace

from evtimeline.app import App, make_desk, make_world, open_channels
from evtimeline.daemon.guard import sentence
from evtimeline.daemon.logs import note
from evtimeline.errors import EvtimelineError
from evtimeline.feeds.catalogue import Feed, load_catalogue
from evtimeline.jobs.claiming import list_feeds
from evtimeline.jobs.rounds import Means
from evtimeline.settings import load_settings


class Workplace:
    """Settings and feeds.yaml, and what jobs need that is made of them; raises DocumentError when feeds.yaml is wrong.

    `name` is by which feeds are claimed. `language` is what was typed and goes before the settings. With `backlog`
    first polls bring news.
    """

    def __init__(self, app: App, name: str, *, language: str | None = None, backlog: bool = False) -> None:
        self.app = app
        self._name, self._language, self._backlog = name, language, backlog
        self._seen = self._changed = self._signature()
        self.means = self._make(self._followed())
        self._listed: tuple[Feed, ...] | None = None
        self._changing = threading.Lock()  # files are read under it, and no database is waited for

    def reload(self) -> bool:
        """Read settings and feeds.yaml anew, and tell of it; where one is wrong, both stay as they are (False)."""
        with self._changing:
            seen = self._signature()
            try:
                settings = load_settings(self.app.workspace, language=self._language)
                feeds = self._followed()
            except EvtimelineError as error:
                note(logging.ERROR, "reload-failed", why=sentence(error), kept="the settings and feeds from before")
                return False
            database = self.app.settings.database
            if settings.database != database:
                note(logging.WARNING, "restart-needed", why="another database is used from the next start on")
            self.app, self._seen = replace(self.app, settings=replace(settings, database=database)), seen
            self.means = self._make(feeds)
        note(logging.INFO, "reloaded", feeds=len(feeds))
        return True

    def look_at_feeds(self) -> None:
        """Read feeds.yaml anew if it was changed before the last look; mistakes leave the feeds as they were."""
        with self._changing:
            seen, before = self._signature(), self._changed
            self._changed = seen
            if seen == self._seen or seen != before:
                return  # what changed since the last look may be half written, and an empty file has no feeds
            self._seen = seen
            try:
                self.means = replace(self.means, feeds=self._followed())
            except EvtimelineError as error:
                note(logging.ERROR, "reload-failed", why=sentence(error), kept="the feeds from before")
                return
        note(logging.INFO, "reloaded", feeds=len(self.means.feeds))

    def list_feeds(self) -> None:
        """Tell the database which feeds there are, where it does not know yet. Raises StoreError."""
        feeds = self.means.feeds
        if self._listed is not feeds:
            list_feeds(self.app.engine, feeds, self.app.now)
            self._listed = feeds

    def list_again(self) -> None:
        """Let the next `list_feeds` do so whatever was listed: it also ends waits that a wrong clock made."""
        self._listed = None

    def _followed(self) -> tuple[Feed, ...]:
        return tuple(feed for feed in load_catalogue(self.app.workspace.catalogue_file) if feed.enabled)

    def _make(self, feeds: tuple[Feed, ...]) -> Means:
        app = self.app
        world = make_world(app, holder=self._name, backlog=self._backlog)
        return Means(world, make_desk(app), feeds, lambda: open_channels(app), app.settings.keep)

    def _signature(self) -> tuple[int, int, int] | None:
        """What changes when feeds.yaml is written."""
        try:
            state = self.app.workspace.catalogue_file.stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_size, state.st_ino
