"""The settings of our database connections.

A direct connection is set once, by startup options. A transaction pooler refuses these and gives
each transaction another server connection, so behind a pooler each transaction sets them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg.sql import SQL

# Compiling (JIT) takes longer than a short statement.
OURS = {"search_path": "public,jobs", "statement_timeout": "30000", "jit": "off"}

# For statements that read or delete a year's data of a boutique, and take minutes.
FOR_LONG_STATEMENTS = {"search_path": "public,jobs", "statement_timeout": "600000"}

# A job may run twice, so fetching and finishing one need not wait for the disk: after a crash of
# the database the job runs again. Deferring is part of the caller's transaction.
# A connection keeps the plans of the queue's functions. Those made just after a vacuum found the
# queue empty read whole tables, and are kept while it fills, until the next vacuum or analyze:
# nine times the pages for the end of a job, 20,000 jobs later. Planning each time anew
# (plan_cache_mode) avoids that too, at 2.5 times the server's processor time of each job, so
# reading whole tables is forbidden instead (tests/integration/core/test_queue_plans.py).
OF_THE_QUEUE = {
    "search_path": "jobs",
    "role": "service_role",
    "synchronous_commit": "off",
    "enable_seqscan": "off",
    "jit": "off",
}

# A host that loses its power or its network says nothing. By TCP's own rules the server would keep
# that host's transaction, and the lock of its conversation, for two hours, and the host would wait
# for an answer for a quarter of one. So each end asks the other after 20 quiet seconds, four times
# within 20 more, and gives up. Between a pooler and the server that is the pooler's to set.
_SERVERS_END = {
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "4",
    "tcp_user_timeout": "40000",  # the same for what was sent and not acknowledged
}
OUR_END: Mapping[str, Any] = {
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 40_000,
}


def at_start(settings: Mapping[str, str]) -> str:
    """The settings as a connection's startup option, with those of the server's end."""
    return " ".join(f"-c {name}={value}" for name, value in {**settings, **_SERVERS_END}.items())


def for_the_transaction(settings: Mapping[str, str]) -> str:
    """The settings as a statement, in force until the transaction ends."""
    calls = (
        SQL("set_config({}, {}, true)").format(name, value).as_string()
        for name, value in settings.items()
    )
    return "select " + ", ".join(calls)
