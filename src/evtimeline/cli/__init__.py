"""The `evtimeline` command: a table of lazily imported commands, one thin file per group."""


def main() -> None:
    """Run the command line; placeholder until the table of commands stands."""
    raise SystemExit("evtimeline: no commands yet")
