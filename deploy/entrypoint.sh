#!/bin/sh
# Runs evtimeline in its container. PostgreSQL's client heeds a password file only where nobody else may read it, which
# secrets of containers rarely are: the one that PGPASS_SECRET names is copied to where that holds.
set -eu
if [ -n "${PGPASS_SECRET:-}" ]; then
    install -m 600 "$PGPASS_SECRET" "$PGPASSFILE"
fi
# A workspace that is new is made, one of an older version is brought up to date before the daemon begins.
if [ "${1:-}" = daemon ]; then
    if [ -f "$EVTIMELINE_HOME/evtimeline.toml" ]; then evtimeline upgrade; else evtimeline init; fi
fi
exec evtimeline "$@"
