"""Transient database errors: a table, by SQLSTATE."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.errors import lookup
from psycopg_pool import PoolTimeout

from dukani.core.errors import ProviderRefused, ProviderUnavailable
from dukani.core.transient_errors import is_transient

TRANSIENT = (
    "08000", "08001", "08006",  # the connection
    "40001", "40P01",  # serialisation, deadlock
    "57P01", "57P02", "57P03",  # shut down, crashed, starting
)  # fmt: skip
PERSISTENT = (
    "22P02", "23505",  # not even operational by name
    "53100", "53200", "53300", "53400",  # disk, memory, connections, a limit
    "54000", "54001", "54023",  # too large or too complex
    "55P03", "57014",  # a lock not had, a statement stopped for its time
    "58030",  # what the server's machine cannot do
)  # fmt: skip


@pytest.mark.parametrize("state", TRANSIENT)
def test_a_state_of_the_server_is_transient(state: str) -> None:
    assert is_transient(lookup(state)())


@pytest.mark.parametrize("state", PERSISTENT)
def test_an_error_of_the_statement_is_not(state: str) -> None:
    assert not is_transient(lookup(state)())


def test_an_error_without_a_server_is_transient() -> None:
    assert is_transient(psycopg.OperationalError("server closed the connection unexpectedly"))
    assert is_transient(PoolTimeout("couldn't get a connection after 30.00 sec"))
    assert is_transient(ProviderUnavailable(provider="storage"))


def test_a_bug_is_not() -> None:
    assert not is_transient(ZeroDivisionError())
    assert not is_transient(ProviderRefused(provider="storage"))
