"""Photographs the report at the end of the demo in a real browser, for the documentation."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from demo.play import COMMAND, tell
from demo.story import load_story

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WIDTH, HEIGHT = 1120, 860


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the story, write its report and photograph it; 0, or 1 where there is no browser."""
    parser = argparse.ArgumentParser(prog="python -m demo.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("No Chromium was found: install one (Debian: apt-get install chromium fonts-noto-cjk).", file=sys.stderr)
        return 1
    with TemporaryDirectory() as home:
        report = _report(Path(home))
        with sync_playwright() as playwright:
            launched = playwright.chromium.launch(executable_path=browser, args=ARGUMENTS)
            _photograph(launched.new_page(viewport={"width": WIDTH, "height": HEIGHT}), report, folder)
            launched.close()
    return 0


def _report(home: Path) -> Path:
    story = load_story()
    tell(story, home, len(story.stages))
    report = home / "report.html"
    now = story.stages[-1].at.isoformat()
    environment = {**os.environ, "EVTIMELINE_HOME": str(home), "EVTIMELINE_NOW": now}
    subprocess.run([COMMAND, "report", "-o", report, "--language", "en"], env=environment, check=True)
    return report


def _photograph(page: Page, report: Path, folder: Path) -> None:
    page.goto(report.as_uri())
    page.screenshot(path=folder / "report.png")
    page.locator(".tools").evaluate("tools => { tools.hidden = true }")
    page.locator(".slips").screenshot(path=folder / "slips.png")


if __name__ == "__main__":
    sys.exit(main())
