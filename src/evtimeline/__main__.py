"""`python -m evtimeline` is the `evtimeline` command."""

from evtimeline.cli import main

if __name__ == "__main__":
    main()
