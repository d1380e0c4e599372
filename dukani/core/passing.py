"""Which errors pass by themselves, so that whatever met one is tried again without blame.

Source: PostgreSQL's documentation, Appendix A, error codes.
"""

from __future__ import annotations

import psycopg

from dukani.core.errors import ProviderUnavailable

# By the beginning of the SQLSTATE. All else, 53400 and 54000 and 57014 too, comes of what was
# asked: an "operational error" by name, and the same again each time.
PASSING_STATES = (
    "08",  # the connection was lost
    "40",  # rolled back for another's sake: serialisation, deadlock
    "57P",  # the server was told to stop, or is starting
)


def passes(error: BaseException) -> bool:
    """Whether the state of a server caused it, and not what it was given to do."""
    if isinstance(error, ProviderUnavailable):
        return True
    if not isinstance(error, psycopg.OperationalError):
        return False
    # Without a state it was not the server that said so: it is gone, or was never reached.
    return error.sqlstate is None or error.sqlstate.startswith(PASSING_STATES)
