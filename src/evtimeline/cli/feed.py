"""`evtimeline feed`: add, list, remove and check feeds, and exchange lists of them with other readers."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from evtimeline.app import App, open_app, user_agent
from evtimeline.cli import Invocation
from evtimeline.cli.feed_screen import checked_json, checked_lines, listed_json, listed_lines, say_added
from evtimeline.cli.terminal import safe, this_screen
from evtimeline.core.claims import Tier
from evtimeline.errors import FeedError, UnknownKeyError, UsageError

if TYPE_CHECKING:
    from evtimeline.feeds.catalogue import Feed
    from evtimeline.feeds.opml import Listed
    from evtimeline.feeds.probe import Manners

SOME_FAILED = 3
"""The exit code when some feeds failed."""


class Fields(TypedDict):
    """The options that describe a feed; None and () where nothing was typed."""

    title: str | None
    feed_language: str | None
    zone: str | None
    publisher: str | None
    tier: str | None
    tags: tuple[str, ...]
    interval: str | None
    private: bool


@click.group(short_help="Add, list, check, import or export feeds.")
def feed() -> None:
    """Add, list, remove and check feeds, and exchange lists of them with other readers.

    The truth about feeds is feeds.yaml in the workspace, which you may as well edit. FEED is an address or a title.
    """


@feed.command()
@click.argument("url")
@click.option("--title", metavar="TEXT", help="Else the feed's own.")
@click.option("--feed-language", metavar="CODE", help="zh, en ...; else what the feed says.")
@click.option(
    "--zone", metavar="ZONE", help="For dates without a zone; else Asia/Shanghai for a Chinese feed, UTC for others."
)
@click.option("--publisher", metavar="NAME", help="Who writes it; else its title.")
@click.option(
    "--tier", type=click.Choice([tier.value for tier in Tier]), help="How near the publisher is to the events."
)
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A folder for it; may be repeated.")
@click.option("--interval", metavar="TIME", help="How often it is polled: 30m, 2h, 1d.")
@click.option("--private", is_flag=True, help="It lives in a private network or on this machine.")
@click.option("--unchecked", is_flag=True, help="Add the address as it is, without asking it.")
@click.pass_obj
def add(invocation: Invocation, /, url: str, unchecked: bool, **fields: Unpack[Fields]) -> None:
    """Add the feed at URL, or the one that the web page at URL names."""
    from evtimeline.feeds.catalogue import load_catalogue
    from evtimeline.feeds.editing import add_feeds

    with open_app(invocation.home, invocation.language) as app:
        path = app.workspace.catalogue_file
        new = _described(path, url, fields)
        present = {one.url for one in load_catalogue(path)} if path.exists() else set()
        if new.url not in present and not unchecked:
            new = _found(new, app, zone_typed=fields["zone"] is not None)
        add_feeds(path, [new])
    for line in say_added(new, path):
        click.echo(line)


def _described(path: Path, url: str, fields: Fields) -> "Feed":
    """The feed that was typed, on top of the catalogue's defaults; raises UsageError for what cannot be."""
    from evtimeline.documents.nodes import read_text
    from evtimeline.errors import FetchError
    from evtimeline.feeds.catalogue import Feed, parse_defaults, parse_interval, parse_language, parse_zone
    from evtimeline.feeds.urls import target

    default = parse_defaults(read_text(path), str(path)) if path.exists() else Feed("")
    url = url.strip() if "//" in url else f"https://{url.strip()}"
    try:
        target(url)
        return replace(
            default,
            url=url,
            title=fields["title"] and safe(fields["title"]).strip(),
            language=parse_language(fields["feed_language"]) if fields["feed_language"] else default.language,
            zone=parse_zone(fields["zone"]) if fields["zone"] else default.zone,
            publisher=safe(fields["publisher"] or "").strip() or default.publisher,
            tier=Tier(fields["tier"]) if fields["tier"] else default.tier,
            tags=tuple(safe(tag).strip() for tag in fields["tags"] if tag.strip()) or default.tags,
            interval=parse_interval(fields["interval"]) if fields["interval"] else default.interval,
            private=fields["private"] or default.private,
        )
    except (ValueError, FetchError) as error:
        raise UsageError(str(error)) from None


def _found(new: "Feed", app: App, *, zone_typed: bool) -> "Feed":
    """The feed as it answers: at its own address or the page's feed's, with the title and language that it gives."""
    from evtimeline.feeds.probe import find
    from evtimeline.feeds.urls import shown

    try:
        found = find(new, _manners(app))
    except FeedError as error:
        why = str(error).replace("mark the feed `private: true`", "add it with --private")
        raise UsageError(f"{shown(new.url)}: {why} (--unchecked adds it without asking)") from None
    parsed = found.parsed
    assert parsed is not None
    language = new.language or parsed.language
    return replace(
        new,
        url=found.url,
        title=new.title or parsed.title or None,
        language=language,
        zone="Asia/Shanghai" if language == "zh" and new.zone == "UTC" and not zone_typed else new.zone,
        publisher=new.publisher or parsed.title,
    )


@feed.command("list")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="Only feeds with this tag.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def list_feeds(invocation: Invocation, tags: tuple[str, ...], as_json: bool) -> None:
    """Show every feed of feeds.yaml: how it fares, its last success, its next poll."""
    from evtimeline.feeds.catalogue import load_catalogue
    from evtimeline.store.engine import reading
    from evtimeline.store.feeds import states

    with open_app(invocation.home, invocation.language) as app:
        catalogue = [one for one in load_catalogue(app.workspace.catalogue_file) if not tags or set(tags) & {*one.tags}]
        with reading(app.engine) as connection:
            known = states(connection, [one.url for one in catalogue])
        if as_json:
            click.echo(listed_json(catalogue, known, app.now))
            return
        for line in listed_lines(catalogue, known, app.now, this_screen(), app.language):
            click.echo(line)


@feed.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.pass_obj
def remove(invocation: Invocation, feeds: tuple[str, ...]) -> None:
    """Take feeds out of feeds.yaml, by address or title. What they brought stays in the ledger."""
    from evtimeline.feeds.catalogue import load_catalogue
    from evtimeline.feeds.editing import remove_feeds
    from evtimeline.feeds.urls import shown

    with open_app(invocation.home, invocation.language) as app:
        path = app.workspace.catalogue_file
        chosen = _named(load_catalogue(path), feeds)
        for one in remove_feeds(path, [one.url for one in chosen]):
            click.echo(f"removed {safe(one.name)} ({shown(one.url)}); what it brought stays in the ledger")


@feed.command()
@click.argument("feeds", nargs=-1, metavar="[FEED...]")
@click.option("--private", is_flag=True, help="An address that is not in feeds.yaml may be in a private network.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object a feed and line.")
@click.pass_obj
def check(invocation: Invocation, feeds: tuple[str, ...], private: bool, as_json: bool) -> int:
    """Fetch and parse feeds (all, or those named by address or title), and show what comes. Nothing is stored.

    Exit code 3 says that some failed.
    """
    from evtimeline.feeds.catalogue import Feed, load_catalogue
    from evtimeline.feeds.probe import probe

    failed = 0
    with open_app(invocation.home, invocation.language) as app:
        catalogue = load_catalogue(app.workspace.catalogue_file)
        known = {name for one in catalogue for name in (one.url, one.title)}
        foreign = [Feed(url, private=private) for url in feeds if "//" in url and url not in known]
        chosen = [*_named(catalogue, [name for name in feeds if name not in {one.url for one in foreign}]), *foreign]
        for one in probe(chosen if feeds else [one for one in catalogue if one.enabled], _manners(app)):
            failed += one.error is not None
            for line in [checked_json(one)] if as_json else checked_lines(one, this_screen()):
                click.echo(line)
    return SOME_FAILED if failed else 0


@feed.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_feeds(invocation: Invocation, file: Path) -> None:
    """Add the feeds that an OPML file lists, its folders as tags; feeds that are there already stay as they are."""
    from evtimeline.feeds.editing import add_feeds
    from evtimeline.feeds.opml import read_opml

    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from None
    with open_app(invocation.home, invocation.language) as app:
        path = app.workspace.catalogue_file
        new, refused, present = _importable(path, read_opml(content, str(file)))
        if new:
            add_feeds(path, new)
    for sentence in refused:
        click.echo(sentence, err=True)
    click.echo(f"{len(new)} added to {path}, {present} there already, {len(refused)} refused")


@feed.command("export")
@click.argument("file", type=click.Path(path_type=Path), default="-")
@click.pass_obj
def export_feeds(invocation: Invocation, file: Path) -> None:
    """Write all feeds as OPML 2.0 for other readers, to FILE or on the screen; tags become folders and categories."""
    from evtimeline.feeds.catalogue import load_catalogue
    from evtimeline.feeds.opml import write_opml
    from evtimeline.feeds.urls import has_secret

    with open_app(invocation.home, invocation.language) as app:
        catalogue = load_catalogue(app.workspace.catalogue_file)
        content = write_opml(catalogue, app.now)
    secrets = sum(has_secret(one.url) for one in catalogue)
    if secrets:
        click.echo(f"careful: {secrets} of the addresses hold a password or key; do not publish the file", err=True)
    if str(file) == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"{len(catalogue)} feeds written to {file}")


def _importable(path: Path, listed: "tuple[Listed, ...]") -> "tuple[list[Feed], list[str], int]":
    """The feeds of an OPML file that are new, sentences on those that cannot be fetched, and how many are there."""
    from evtimeline.documents.nodes import read_text
    from evtimeline.errors import FetchError
    from evtimeline.feeds.catalogue import Feed, parse_catalogue, parse_defaults, parse_language
    from evtimeline.feeds.urls import target

    text = read_text(path) if path.exists() else ""
    default = parse_defaults(text, str(path)) if text else Feed("")
    known = {one.url for one in parse_catalogue(text, str(path))} if text else set()
    new: list[Feed] = []
    refused: list[str] = []
    for one in listed:
        if one.url in known:
            continue
        try:
            target(one.url)
            language = parse_language(one.language) if one.language else default.language
        except FetchError as error:
            refused.append(str(error))
            continue
        except ValueError:
            language = default.language
        new.append(replace(default, url=one.url, title=one.title, language=language, tags=one.tags or default.tags))
    return new, refused, len(listed) - len(new) - len(refused)


def _named(catalogue: "Sequence[Feed]", names: "Sequence[str]") -> "list[Feed]":
    """The feeds that a person named by address, title or publisher; raises UnknownKeyError for a name of none."""
    from evtimeline.documents.marked import nearest

    chosen: dict[str, Feed] = {}
    for name in names:
        found = [one for one in catalogue if name in (one.url, one.title, one.publisher)]
        if not found:
            hint = nearest(name, [known for one in catalogue for known in (one.url, one.name)])
            raise UnknownKeyError(f"feeds.yaml has no feed {safe(name)!r}{hint}; `evtimeline feed list` shows all")
        chosen |= {one.url: one for one in found}
    return list(chosen.values())


def _manners(app: App) -> "Manners":
    from evtimeline.feeds.fetch import Limits
    from evtimeline.feeds.probe import Manners

    fetch = app.settings.fetch
    limits = Limits(
        total=fetch.timeout,
        connect=min(10.0, fetch.timeout),
        size=fetch.max_bytes,
        at_once=fetch.at_once,
        per_host=fetch.per_host,
        link_local=fetch.allow_link_local,
    )
    return Manners(limits, user_agent(app.settings.contact), app.now)
