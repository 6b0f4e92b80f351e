"""Photographs the demo's report and its last digest in a real browser, for the documentation."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from demo.play import COMMAND, tell
from demo.story import load_story

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WIDTH, HEIGHT = 1120, 860
LETTER = 720  # pixels: a mail program's reading pane


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the story, write its report and digest and photograph them; 0, or 1 where there is no browser."""
    parser = argparse.ArgumentParser(prog="python -m demo.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("No Chromium was found: install one (Debian: apt-get install chromium fonts-noto-cjk).", file=sys.stderr)
        return 1
    with TemporaryDirectory() as home:
        report, digest = _written(Path(home))
        with sync_playwright() as playwright:
            launched = playwright.chromium.launch(executable_path=browser, args=ARGUMENTS)
            _photograph(launched.new_page(viewport={"width": WIDTH, "height": HEIGHT}), report, folder)
            letter = launched.new_page(viewport={"width": LETTER, "height": HEIGHT})
            letter.goto(digest.as_uri())
            letter.screenshot(path=folder / "digest.png", full_page=True)
            launched.close()
    return 0


def _written(home: Path) -> tuple[Path, Path]:
    """The report and the last week's digest of the whole story."""
    story = load_story()
    tell(story, home, len(story.stages))
    report, digest = home / "report.html", home / "digest.html"
    last = story.stages[-1].at
    environment = {**os.environ, "EVTIMELINE_HOME": str(home), "EVTIMELINE_NOW": last.isoformat()}
    week = ["--from", f"{last.date() - timedelta(days=6)}", "--to", f"{last.date()}"]
    for command in (["report", "-o", str(report)], ["digest", "preview", *week, "--html", str(digest)]):
        subprocess.run([COMMAND, "--language", "en", *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    return report, digest


def _photograph(page: Page, report: Path, folder: Path) -> None:
    page.goto(report.as_uri())
    page.screenshot(path=folder / "report.png")
    page.locator(".tools").evaluate("tools => { tools.hidden = true }")
    page.locator(".slips").screenshot(path=folder / "slips.png")


if __name__ == "__main__":
    sys.exit(main())
