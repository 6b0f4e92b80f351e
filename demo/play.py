"""Plays the story: publishes, polls with the real `evtimeline` command, publishes more, and shows what stands."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from demo.server import Newsstand, serving
from demo.story import Story, load_story

COMMAND = Path(sys.executable).parent / "evtimeline"
ROOT = Path(__file__).parent.parent
FILES = ((["report"], "story.html"), (["export", "ics"], "story.ics"), (["export", "atom"], "changes.atom"))
PORT = 18625  # a feed is known by its address, so a workspace keeps the port it began with


class DemoError(Exception):
    """The demo cannot go on; the message says what to do."""


@dataclass(frozen=True)
class Played:
    """How far a workspace has come: the port its feeds live at, and how many stages were polled."""

    port: int
    stages: int = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Play what has not been played yet, then show what stands; 0, or 1 after a sentence on what went wrong."""
    parser = argparse.ArgumentParser(prog="python -m demo.play", description=__doc__)
    parser.add_argument("--home", type=Path, default=ROOT / ".demo", help="the workspace (default: .demo)")
    home: Path = parser.parse_args(arguments).home
    try:
        play(load_story(), home)
    except DemoError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def play(story: Story, home: Path) -> None:
    """Bring the workspace in `home` to the end of the story; a workspace that is there already is polled once more."""
    tell(story, home, len(story.stages))
    now = story.stages[-1].at
    for command in (["status"], ["timeline"], ["show", "yu7-launch"]):
        say("$ evtimeline " + " ".join(command))
        evtimeline(command, home, now)
    _write_digest(home, now)
    _write_files(home, now)
    say(_next_steps(home, now))


def tell(story: Story, home: Path, stages: int) -> None:
    """Publish and poll those of the first `stages` that were not polled yet, or the last of them once more."""
    played = _load(home)
    with serving(_open_newsstand(story, played, home)) as stand:
        if played is None:
            played = _set_out(story, home, stand)
        if played.stages >= stages:
            say("The story has been played already; its last day is polled once more.")
            _poll(stand, home, story.stages[stages - 1].at)
        for number, stage in enumerate(story.stages[played.stages : stages], start=played.stages + 1):
            say(f"{stage.at.day} {stage.at:%B %Y}. {stage.told}")
            _poll(stand, home, stage.at)
            _save(home, Played(stand.port, number))


def evtimeline(arguments: Sequence[str], home: Path, now: datetime) -> None:
    """Run the command as a user would, on the story's clock; raises DemoError when it fails."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("EVTIMELINE_")}
    environment = {**ours, "EVTIMELINE_HOME": str(home), "EVTIMELINE_NOW": now.isoformat()}
    code = subprocess.run([COMMAND, *arguments], env=environment, stdin=subprocess.DEVNULL, check=False).returncode
    if code:
        raise DemoError(f"`evtimeline {' '.join(arguments)}` ended with exit code {code}; its message is above.")


def say(text: str) -> None:
    """Print a paragraph of the demo's own, in order with what the command prints."""
    print(f"\n{text}\n", flush=True)


def _open_newsstand(story: Story, played: Played | None, home: Path) -> Newsstand:
    ports = (played.port,) if played else (PORT, 0)
    for port in ports:
        with suppress(OSError):
            return Newsstand(story, story.stages[0].at, port)
    raise DemoError(
        f"Port {ports[0]}, at which this workspace knows the demo's feeds, is taken by another program: "
        f"stop that program, or remove {home} and run `make demo` again."
    )


def _set_out(story: Story, home: Path, stand: Newsstand) -> Played:
    evtimeline(["init", str(home), "--sample", "xiaomi-baic"], home, story.stages[0].at)
    feeds = [
        {
            "url": stand.url(each),
            "title": each.title,
            "language": each.language,
            "zone": each.zone,
            "publisher": each.publisher,
            "tier": each.tier,
            "private": True,  # loopback is not the public network; without this the fetcher refuses it
        }
        for each in story.publishers
    ]
    (home / "feeds.yaml").write_text(yaml.safe_dump({"feeds": feeds}, allow_unicode=True, sort_keys=False), "utf-8")
    played = Played(stand.port)
    _save(home, played)
    return played


def _poll(stand: Newsstand, home: Path, now: datetime) -> None:
    stand.now = now
    evtimeline(["poll", "--all"], home, now)


def _write_digest(home: Path, now: datetime) -> None:
    """Write what a weekly subscriber would get, as a mail and as a page; the command says where."""
    days = ["--from", f"{now - timedelta(days=6):%Y-%m-%d}", "--to", f"{now:%Y-%m-%d}"]
    say("$ evtimeline digest preview " + " ".join(days) + " --eml digest.eml --html digest.html")
    files = ["--eml", str(home / "digest.eml"), "--html", str(home / "digest.html")]
    evtimeline(["digest", "preview", *days, *files], home, now)


def _write_files(home: Path, now: datetime) -> None:
    """Write what is to be sent round and what other programs follow; the commands say where."""
    for command, name in FILES:
        say(f"$ evtimeline {' '.join(command)} -o {name}")
        evtimeline([*command, "-o", str(home / name)], home, now)


def _load(home: Path) -> Played | None:
    state = home / "demo.json"
    return Played(**json.loads(state.read_text("utf-8"))) if state.exists() else None


def _save(home: Path, played: Played) -> None:
    (home / "demo.json").write_text(json.dumps(asdict(played)), "utf-8")


def _next_steps(home: Path, now: datetime) -> str:
    command = COMMAND.relative_to(ROOT) if COMMAND.is_relative_to(ROOT) else COMMAND
    place = home.relative_to(ROOT) if home.is_relative_to(ROOT) else home
    return f"""What to try next, on the story's last day:

  export EVTIMELINE_HOME={place} EVTIMELINE_NOW={now.isoformat()}
  {command} status --as-of 2025-05-30     what was believed in May
  {command} timeline phase2-startup       what was said of the plant, over time
  {command} show phase2-startup           who said what of the plant, in which words
  {command} review                        what the rules were not sure of
  {command} milestone add "小米YU7首批交付" --when "2025年7月"

and with a story of your own:

  unset EVTIMELINE_HOME EVTIMELINE_NOW
  {command} init my-story                 then read docs/getting-started.md"""


if __name__ == "__main__":
    sys.exit(main())
