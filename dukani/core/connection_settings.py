"""The settings of our database connections.

A direct connection is set once, by startup options. A transaction pooler refuses these and gives
each transaction another server connection, so behind a pooler each transaction sets them.
"""

from __future__ import annotations

from collections.abc import Mapping

from psycopg.sql import SQL

# Compiling (JIT) takes longer than a short statement.
OURS = {"search_path": "public,jobs", "statement_timeout": "30000", "jit": "off"}

# For statements that read or delete a year's data of a boutique, and take minutes.
FOR_LONG_STATEMENTS = {"search_path": "public,jobs", "statement_timeout": "600000"}

# A job may run twice, so fetching and finishing one need not wait for the disk: after a crash of
# the database the job runs again. Deferring is part of the caller's transaction.
# The jobs' table has few live rows and many dead ones: between two vacuums the planner takes it for
# small and would scan all of it sequentially. From five thousand jobs on that costs the server 1.5
# times the processor's time for a job (median, up to 2.1; `python -m tests.bench plans`).
OF_THE_QUEUE = {
    "search_path": "jobs",
    "role": "service_role",
    "synchronous_commit": "off",
    "enable_seqscan": "off",
    "jit": "off",
}


def at_start(settings: Mapping[str, str]) -> str:
    """The settings as a connection's startup option."""
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def for_the_transaction(settings: Mapping[str, str]) -> str:
    """The settings as a statement, in force until the transaction ends."""
    calls = (
        SQL("set_config({}, {}, true)").format(name, value).as_string()
        for name, value in settings.items()
    )
    return "select " + ", ".join(calls)
