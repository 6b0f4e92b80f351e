"""The tables of daemons at work, as rows without behaviour."""

from sqlalchemy import Column, Float, Table, Text

from evtimeline.store.tables import metadata
from evtimeline.store.types import Instant

daemons = Table(
    "daemons",
    metadata,
    Column("name", Text, primary_key=True),
    Column("started_at", Instant, nullable=False),
    Column("beat_at", Instant, nullable=False),
    Column("version", Text, nullable=False),
)

job_runs = Table(
    "job_runs",
    metadata,
    Column("daemon", Text, primary_key=True),  # no reference: a daemon that has left leaves its last runs
    Column("job", Text, primary_key=True),
    Column("ended_at", Instant, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("error", Text),
)
