"""`evtimeline cite`: a claim of the ledger as others can cite it."""

import click

from evtimeline.cli import Invocation


@click.command(short_help="Cite a claim of the ledger.")
@click.argument("claim", type=click.IntRange(min=1))
@click.option("--bibtex", "form", flag_value="bibtex", help="As a BibTeX entry.")
@click.option("--csl", "form", flag_value="csl", help="As CSL-JSON, for Zotero, pandoc and others.")
@click.pass_obj
def cite(invocation: Invocation, claim: int, form: str | None) -> None:
    """Who said it, when, in which words and where, as one sentence or for a reference manager.

    CLAIM is the number that `evtimeline show` gives a claim (#12 is 12).
    """
    from evtimeline.app import open_app
    from evtimeline.exports.citations import Cited, as_bibtex, as_csl, as_sentence
    from evtimeline.store import claims, milestones
    from evtimeline.store.engine import reading

    with open_app(invocation.home, invocation.language) as app, reading(app.engine) as connection:
        stored = claims.get(connection, claim)
        cited = Cited(stored.claim, milestones.by_ids(connection, [stored.milestone_id])[stored.milestone_id])
        language = app.language
    if form == "bibtex":
        click.echo(as_bibtex(cited))
    elif form == "csl":
        click.echo(as_csl(cited))
    else:
        click.echo(as_sentence(cited, language))
