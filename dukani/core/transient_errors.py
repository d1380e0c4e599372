"""Tells transient database errors, after which a job is retried without counting a failure.

Source: PostgreSQL's documentation, Appendix A, error codes.
"""

from __future__ import annotations

import psycopg

from dukani.core.errors import ProviderUnavailable

# The beginnings of their SQLSTATEs. psycopg calls other states "operational errors" too (53400,
# 54000, 57014), but the statement causes those, and they would come again each time.
TRANSIENT_STATES = (
    "08",  # the connection was lost
    "40",  # rolled back in favour of another transaction: serialisation, deadlock
    "57P",  # the server was told to stop, or is starting
)


def is_transient(error: BaseException) -> bool:
    """Whether the server's state caused the error, and not the statement."""
    if isinstance(error, ProviderUnavailable):
        return True
    if not isinstance(error, psycopg.OperationalError):
        return False
    # An error without a state is psycopg's own: the server is gone, or was never reached.
    return error.sqlstate is None or error.sqlstate.startswith(TRANSIENT_STATES)
