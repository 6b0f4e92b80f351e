"""How a job is asked to take up no more work."""

from collections.abc import Callable

Stop = Callable[[], bool]
"""Asked between two pieces of work: whether to take up no more."""


def never() -> bool:
    """Answer that nobody wants a stop."""
    return False
