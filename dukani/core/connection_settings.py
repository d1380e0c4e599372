"""What every connection of ours is set to.

On a direct connection once, as it starts. A transaction pooler refuses such startup options and
hands each transaction to another server, so behind one they are set anew with each transaction.
"""

from __future__ import annotations

from collections.abc import Mapping

from psycopg.sql import SQL

# A short statement is over before it would be compiled.
OURS = {"search_path": "public,jobs", "statement_timeout": "30000", "jit": "off"}

# What reads or deletes a year of a boutique is planned as the server plans, and takes minutes.
FOR_LONG_STATEMENTS = {"search_path": "public,jobs", "statement_timeout": "600000"}

# A job may run twice, so taking and finishing one need not wait for the disk: what a crash of
# the database forgets of it is only done again. Deferring is the caller's transaction.
# Few jobs live and many die: between two vacuums the planner still takes their table for small and
# would read all of it, dead rows too. From five thousand jobs on that costs the server 1.5 times
# the processor's time for a job (median, up to 2.1; `python -m tests.bench plans`).
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
    """The settings as a statement that holds until the transaction ends."""
    calls = (
        SQL("set_config({}, {}, true)").format(name, value).as_string()
        for name, value in settings.items()
    )
    return "select " + ", ".join(calls)
