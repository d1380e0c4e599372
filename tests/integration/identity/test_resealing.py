"""After a key of ours has leaked: all that is kept is sealed anew, and the key opens nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import psycopg
import pytest
from psycopg import sql

from dukani.core.crypto import SecretBox, new_key
from dukani.core.database import Database
from dukani.core.errors import ConfigurationError
from dukani.core.store import credentials, sealed_secrets
from dukani.tools import resealing
from tests.factories import a_boutique
from tests.integration.identity.calls import Auth

SECRETS = {"account_sid": "AC1", "auth_token": "t-1"}
_TABLES = """
select schemaname, tablename from pg_tables
where schemaname in ('public', 'auth', 'private', 'jobs') order by 1, 2
"""


def sealed_in(url: str) -> list[str]:
    """Everything in the database that looks sealed, wherever it is."""
    found = []
    with psycopg.connect(url) as conn:
        for schema, table in conn.execute(_TABLES).fetchall():
            rows = conn.execute(
                sql.SQL("select t::text from {} t").format(sql.Identifier(schema, table))
            )
            found += [token for (row,) in rows for token in re.findall(r"gAAAA[\w-]+=*", row)]
    return found


async def test_after_resealing_the_leaked_key_opens_nothing(
    auth: Auth, database: Database, superuser_url: str
) -> None:
    # given an account at a provider, and a person who is signed in, all sealed with our key
    old = auth.services.secrets
    boutique = await a_boutique(database)
    async with database.system_connection() as conn:
        await credentials.put(
            conn, boutique_id=boutique, provider="twilio", account="+254700000901",
            secrets=SECRETS, box=old,
        )  # fmt: skip
    await auth.person()
    await auth.session()
    before = sealed_in(superuser_url)
    assert len(before) == 3  # the account, the session, and the key that signs tokens

    # when all is sealed with another key
    fresh = new_key()
    keys = auth.services.settings.security.encryption_keys
    both = SecretBox([fresh, *(key.get_secret_value() for key in keys)])
    counts = await resealing.reseal(replace(auth.services, secrets=both), own_sign_in=True)

    # then the new key alone opens all of it, which is what it was
    after = sealed_in(superuser_url)
    assert counts == {"credentials": 1, "sessions": 1, "signing keys": 1}
    assert [SecretBox([fresh]).open(token) for token in after] == [old.open(one) for one in before]
    for token in after:
        with pytest.raises(ConfigurationError):
            old.open(token)


async def test_a_secret_that_no_key_opens_stops_the_whole(database: Database) -> None:
    # given an account that was sealed with a key nobody has any more
    boutique = await a_boutique(database)
    lost, fresh = SecretBox([new_key()]), SecretBox([new_key()])
    async with database.system_connection() as conn:
        await credentials.put(
            conn, boutique_id=boutique, provider="twilio", account="+254700000901",
            secrets=SECRETS, box=lost,
        )  # fmt: skip

    # then it is said, and nothing is changed
    with pytest.raises(ConfigurationError, match="no longer in"):
        async with database.system_connection() as conn:
            await sealed_secrets.reseal(conn, "credentials", fresh.reseal)
    async with database.tenant_connection(boutique) as conn:
        kept = await credentials.get(conn, boutique_id=boutique, provider="twilio", box=lost)
    assert kept is not None and kept.secrets == SECRETS
