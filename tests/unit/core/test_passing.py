"""Which errors are nobody's fault: a table, by SQLSTATE."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.errors import lookup
from psycopg_pool import PoolTimeout

from dukani.core.errors import ProviderRefused, ProviderUnavailable
from dukani.core.passing import passes

PASSING = (
    "08000", "08001", "08006",  # the connection
    "40001", "40P01",  # serialisation, deadlock
    "57P01", "57P02", "57P03",  # shut down, crashed, starting
)  # fmt: skip
ITS_OWN = (
    "22P02", "23505",  # not even operational by name
    "53100", "53200", "53300", "53400",  # disk, memory, connections, a limit
    "54000", "54001", "54023",  # too large or too complex
    "55P03", "57014",  # a lock not had, a statement stopped for its time
    "58030",  # what the server's machine cannot do
)  # fmt: skip


@pytest.mark.parametrize("state", PASSING)
def test_what_passes(state: str) -> None:
    assert passes(lookup(state)())


@pytest.mark.parametrize("state", ITS_OWN)
def test_what_comes_again_with_the_same_event(state: str) -> None:
    assert not passes(lookup(state)())


def test_what_is_said_without_a_server_passes() -> None:
    assert passes(psycopg.OperationalError("server closed the connection unexpectedly"))
    assert passes(PoolTimeout("couldn't get a connection after 30.00 sec"))
    assert passes(ProviderUnavailable(provider="storage"))


def test_a_fault_of_ours_does_not_pass() -> None:
    assert not passes(ZeroDivisionError())
    assert not passes(ProviderRefused(provider="storage"))
