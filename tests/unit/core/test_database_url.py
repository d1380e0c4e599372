"""A database that cannot be used is told in one line: what, why, the remedy, no password."""

from __future__ import annotations

import psycopg
import pytest

from dukani.core import migrations
from dukani.core.database import Database
from dukani.core.database_url import explaining, masked, unreachable
from dukani.core.errors import ConfigurationError

PASSWORD = "s3cr3t"

# An address, what psycopg says of it, and what the line says to look at.
ADDRESSES = (
    (f"postgresql://u:{PASSWORD}@127.0.0.1:1/d", "Connection refused", "Start the database"),
    (f"postgresql://u:{PASSWORD}@localhost:1/d", "Connection refused", "Start the database"),
    (f"postgresql://u:{PASSWORD}@nowhere.invalid/d", "nowhere.invalid", "Check the host"),
    (f"postgresql://u:{PASSWORD}@h:port/d", "Servname", "Check the port"),
    (f"postgresql://u:{PASSWORD}@127.0.0.1:99999/d", "port number", "Check the port"),
    (f"postgresql+asyncpg://u:{PASSWORD}@h/d", 'missing "="', "as postgresql://user:"),
    (f"host=127.0.0.1 port=1 password={PASSWORD}", "Connection refused", "Start the database"),
    (f"postgresql://u:{PASSWORD}@/d?host=/nowhere", "No such file", "Start the database"),
    (f"postgresql://u:p@{PASSWORD}@h/d", "%40", "Check DUKANI_DATABASE__URL"),
    (f"postgresql://u:{PASSWORD}@127.0.0.1:1/d?sslmode=maybe", "sslmode", "Check sslmode"),
    (f"postgresql://u@127.0.0.1:1/d?password={PASSWORD}", "Connection refused", "Start"),
    ("not an address", "missing", "as postgresql://user:"),
)


@pytest.mark.parametrize(("url", "why", "remedy"), ADDRESSES, ids=[a for a, _, _ in ADDRESSES])
def test_a_wrong_address_is_told_in_one_line(url: str, why: str, remedy: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        migrations.migrate(url)
    line = str(told.value)
    assert masked(url) in line
    assert why in line
    assert remedy in line
    assert "DUKANI_DATABASE__URL" in line
    assert PASSWORD not in line
    assert "\n" not in line


# What a server answers, of which there is none here to answer it.
ANSWERS = (
    ('FATAL:  password authentication failed for user "u"', "Check user and password"),
    ("FATAL:  unsupported startup parameter: options", "DUKANI_DATABASE__TRANSACTION_POOLER=true"),
    ("FATAL:  Tenant or user not found", "it names the project"),
    ('FATAL:  database "d" does not exist', "create what is missing"),
    ("FATAL:  sorry, too many clients already", "DUKANI_DATABASE__POOL_SIZE"),
)


@pytest.mark.parametrize(("answer", "remedy"), ANSWERS)
def test_what_a_server_answers_has_its_remedy(answer: str, remedy: str) -> None:
    said = f'connection failed: connection to server at "10.0.0.1", port 5432 failed: {answer}'
    line = str(unreachable(f"postgresql://u:{PASSWORD}@h/d", psycopg.OperationalError(said)))
    assert remedy in line
    assert "connection to server" not in line
    assert "FATAL" not in line


async def test_the_services_say_the_same_and_do_not_wait_for_it() -> None:
    with pytest.raises(ConfigurationError, match="Connection refused"):
        await Database(f"postgresql://u:{PASSWORD}@127.0.0.1:1/d").open()


def test_a_fault_of_ours_is_not_blamed_on_the_address() -> None:
    with pytest.raises(psycopg.errors.SyntaxError), explaining("postgresql://h/d"):
        raise psycopg.errors.SyntaxError("syntax error")
