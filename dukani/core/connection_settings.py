"""What every connection of ours is set to.

On a direct connection once, as it starts. A transaction pooler refuses such startup options and
hands each transaction to another server, so behind one they are set anew with each transaction.
"""

from __future__ import annotations

from collections.abc import Mapping

from psycopg.sql import SQL

# Cached plans outlive a table's growth, so none may read the whole of one. Where a statement
# must, an older server takes it for so dear that it would compile it each time.
INDEXES_ONLY = {"enable_seqscan": "off", "jit": "off"}

OURS = {"search_path": "public,jobs", "statement_timeout": "30000"} | INDEXES_ONLY

# What reads or deletes a year of a boutique is planned as the server plans, and takes minutes.
FOR_LONG_STATEMENTS = {"search_path": "public,jobs", "statement_timeout": "600000"}

# A job may run twice, so taking and finishing one need not wait for the disk: what a crash of
# the database forgets of it is only done again. Deferring is the caller's transaction.
OF_THE_QUEUE = {
    "search_path": "jobs",
    "role": "service_role",
    "synchronous_commit": "off",
} | INDEXES_ONLY


def at_start(settings: Mapping[str, str]) -> str:
    """The settings as a connection's startup option."""
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def for_the_transaction(settings: Mapping[str, str]) -> str:
    """The settings as a statement that holds until the transaction ends."""
    calls = (
        SQL("set_config({}, {}, true)").format(name, value).as_string()
        for name, value in settings.items()
    )
    return "select " + ", ".join(calls)
