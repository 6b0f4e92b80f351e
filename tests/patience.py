"""How long a test waits: one constant for what must come, one for what is known not to."""

PATIENCE = 600.0
"""Seconds after which what must come is given up as hanging. No measure of speed: a shared machine can stand still."""

MOMENT = 2.0
"""Seconds after which a silent server is given up, where the talk up to its silence has to fit in."""
