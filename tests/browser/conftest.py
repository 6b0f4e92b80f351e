"""A real browser: Debian's Chromium, or the one that EVTIMELINE_TEST_CHROMIUM names."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from tests.browser.opened import Opened
from tests.patience import PATIENCE

from evtimeline.core.storyboard import Storyboard
from evtimeline.rendering import as_report

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("background-networking", "component-update", "sync", "default-apps", "domain-reliability")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    *(f"--disable-{each}" for each in QUIET),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of a module; it ends with them, since its loop must not outlive them."""
    found = os.environ.get("EVTIMELINE_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail(
            "no Chromium was found: install one (Debian: apt-get install chromium fonts-noto-cjk), name it in "
            "EVTIMELINE_TEST_CHROMIUM, or leave the browser's tests out with EVTIMELINE_TEST_BROWSER=off",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=ARGUMENTS, timeout=PATIENCE * 1000)
        yield launched
        launched.close()


@pytest.fixture
def open_report(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a report from disk in a window of its own; afterwards nothing may have gone wrong in it."""
    contexts: list[BrowserContext] = []
    pages: list[Opened] = []

    def open_it(board: Storyboard, **window: object) -> Opened:
        file = tmp_path / f"report-{len(pages)}.html"
        file.write_text(as_report(board), "utf-8", errors="replace")
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **window}))  # type: ignore[arg-type]
        contexts[-1].set_default_timeout(PATIENCE * 1000)
        pages.append(Opened(contexts[-1].new_page(), file))
        return pages[-1]

    yield open_it
    for context in contexts:
        context.close()
    for page in pages:
        assert page.complaints == []
        assert page.requests == [page.file.as_uri()]
