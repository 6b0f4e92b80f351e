"""`evtimeline doctor`: check everything, and say what to do about what is wrong."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import click

from evtimeline.cli import Invocation
from evtimeline.cli.terminal import Screen, Style, pad, safe, this_screen, wrap
from evtimeline.cli.words import text
from evtimeline.core.finding_words import worded
from evtimeline.core.findings import Area, Finding, Level
from evtimeline.errors import UsageError
from evtimeline.feeds.urls import masked

VERSION = 1
WRONG = 1
"""The exit code when there is a problem; warnings alone end with 0."""

_STYLES: Mapping[Level, Style] = {Level.OK: Style.GOOD, Level.WARNING: Style.WARNING, Level.PROBLEM: Style.BAD}
_AREA_WIDTH = 10
_LEVEL_WIDTH = 9


@click.command(short_help="Check everything, and say what to do about what is wrong.")
@click.option("--full", is_flag=True, help="Check the database's indexes, too; takes longer.")
@click.option("--offline", is_flag=True, help="Connect to no mail server, webhook or bot.")
@click.option("--send", is_flag=True, help="Send a test message by each of them: mail to operators, else to smtp.from.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def doctor(invocation: Invocation, full: bool, offline: bool, send: bool, as_json: bool) -> int:
    """Check settings, files, database, backups, clock, feeds, daemons, messages and channels.

    One line for what was found, ok, warning or problem, and one for what to do about it. Works beside a daemon, and
    without a database or with a broken one. Ends with 1 when there is a problem. Nothing is changed; the channels
    are connected to, and with --send sent to; no feed is asked.
    """
    from evtimeline.cli.doctor_checks import Checkup

    if send and offline:
        raise UsageError("--send and --offline contradict each other: leave one out")
    checkup = Checkup(invocation, full=full, offline=offline, send=send)
    if as_json:
        findings = list(checkup.run())
        click.echo(_as_json(findings, checkup.now, checkup.language))
    else:
        findings = list(_shown(checkup.run(), checkup.language, this_screen()))
    return WRONG if any(one.level is Level.PROBLEM for one in findings) else 0


def _shown(findings: Iterable[Finding], language: str, screen: Screen) -> Iterator[Finding]:
    """Pass the findings on, each shown as soon as it is there, and at the end how many there were."""
    counts = Counter[Level]()
    for one in findings:
        counts[one.level] += 1
        for line in _lines(one, language, screen):
            click.echo(line, color=screen.colour)
        yield one
    problems, warnings, well = (counts[level] for level in (Level.PROBLEM, Level.WARNING, Level.OK))
    click.echo("\n" + text("checked", language, problems=problems, warnings=warnings, well=well))


def _lines(finding: Finding, language: str, screen: Screen) -> Iterator[str]:
    what, remedy = _worded(finding, language)
    level = screen.paint(pad(text(f"level {finding.level}", language), _LEVEL_WIDTH), _STYLES[finding.level])
    area = pad(text(f"area {finding.area}", language), _AREA_WIDTH)
    margin = " " * (_LEVEL_WIDTH + _AREA_WIDTH)
    for number, line in enumerate(wrap(what, screen.width - len(margin))):
        yield f"{margin if number else level + area}{line}"
    for number, line in enumerate(wrap(remedy, screen.width - len(margin) - 2)):
        yield f"{margin}{'  ' if number else '→ '}{line}"


def _worded(finding: Finding, language: str) -> tuple[str, str]:
    what, remedy = worded(finding, language)
    return safe(masked(what)), safe(masked(remedy))


def _as_json(findings: Iterable[Finding], now: datetime, language: str) -> str:
    counts = Counter(one.level for one in findings)
    told = {
        "version": VERSION,
        "generated_at": now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "problems": counts[Level.PROBLEM],
        "warnings": counts[Level.WARNING],
        "findings": [_record(one, language) for one in findings],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _record(finding: Finding, language: str) -> dict[str, object]:
    what, remedy = _worded(finding, language)
    values = {name: masked(value) if isinstance(value, str) else value for name, value in finding.values}
    told = {"area": Area(finding.area).value, "level": finding.level.value, "code": finding.code}
    return {**told, "what": what, "do": remedy or None, "values": values}
