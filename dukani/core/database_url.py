"""Explains in one line, without the password, why a database cannot be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psycopg

from dukani.core.errors import ConfigurationError

_SETTING = "DUKANI_DATABASE__URL"
# The password reaches up to the last @: one that was not quoted may contain an @.
_IN_ADDRESS = re.compile(r"(?<=://)([^:/?#\s]*):(\S*)@")
_AS_PARAMETER = re.compile(r"(password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&]+)", re.IGNORECASE)
_PREAMBLE = re.compile(
    r"^(connection (failed|is bad): )?(connection to server .*? failed: )?(FATAL:\s*)?"
)
_SHAPE = "postgresql://user:password@host:5432/database"

# Messages of the server or libpq, and the remedy for each. The first match counts.
_REMEDIES = (
    ("unsupported startup parameter", "Set DUKANI_DATABASE__TRANSACTION_POOLER=true."),
    ("password authentication failed", f"Check user and password in {_SETTING}."),
    ("no password supplied", f"Write the password into {_SETTING}: {_SHAPE}."),
    ("tenant or user not found", f"Check the user in {_SETTING}: it names the project."),
    ("does not exist", f"Check user and database in {_SETTING}, or create what is missing."),
    ("servname", f"Check the port in {_SETTING}, and write / of a password as %2F."),
    ("port number", f"Check the port in {_SETTING}: {_SHAPE}."),
    ("translate host name", f"Check the host in {_SETTING}."),
    ("name or service not known", f"Check the host in {_SETTING}."),
    ("resolve host", f"Check the host in {_SETTING}."),
    ("connection refused", f"Start the database, or check host and port in {_SETTING}."),
    ("no such file", f"Start the database, or check the socket's folder in {_SETTING}."),
    ("timeout", f"Check host and port in {_SETTING}, and the firewall between."),
    ("timed out", f"Check host and port in {_SETTING}, and the firewall between."),
    ("ssl", f"Check sslmode in {_SETTING}."),
    ("permission denied", f"Give the user in {_SETTING} that right, or name the owner there."),
    ("too many clients", "Lower DUKANI_DATABASE__POOL_SIZE, or raise max_connections."),
    ('missing "="', f"Write {_SETTING} as {_SHAPE}."),
)


def masked(url: str) -> str:
    """A connection string with its password masked."""
    return _AS_PARAMETER.sub(r"\1***", _IN_ADDRESS.sub(r"\1:***@", url))


class Diagnosis(NamedTuple):
    """Why a database cannot be used, and the remedy; neither contains the password."""

    reason: str
    remedy: str


def diagnosis(url: str, error: Exception) -> Diagnosis:
    reason = _reason(url, error)
    for sign, remedy in _REMEDIES:
        if sign in reason.lower():
            return Diagnosis(reason, remedy)
    return Diagnosis(reason, f"Check {_SETTING}.")


def unreachable(url: str, error: Exception) -> ConfigurationError:
    """The diagnosis as one line."""
    found = diagnosis(url, error)
    return ConfigurationError(
        f"The database at {masked(url)} cannot be used: {found.reason}. {found.remedy}"
    )


@contextmanager
def explaining(url: str) -> Iterator[None]:
    """Raises ConfigurationError where psycopg cannot use this database.

    psycopg raises `ProgrammingError` for an unreadable address, and for a faulty statement of ours.
    """
    try:
        yield
    except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege) as error:
        raise unreachable(url, error) from error
    except psycopg.ProgrammingError as error:
        if error.sqlstate is not None:  # the server answered, so the address was good
            raise
        raise unreachable(url, error) from error


def _reason(url: str, error: Exception) -> str:
    """The last line of the message, without preamble, address and password."""
    if any("@" in secret for secret in _secrets(url)):
        return 'the password has an "@" in it, which is written %40 in an address'
    first_line = (str(error).strip().splitlines() or ["no reason given"])[0]
    reason = _PREAMBLE.sub("", masked(first_line))
    for secret in _secrets(url):
        reason = reason.replace(secret, "***")
    return reason.strip().rstrip(".")


def _secrets(url: str) -> list[str]:
    found = [match.group(2) for match in _IN_ADDRESS.finditer(url)]
    found += [match.group(2).strip("'") for match in _AS_PARAMETER.finditer(url)]
    return [secret for secret in found if secret]
