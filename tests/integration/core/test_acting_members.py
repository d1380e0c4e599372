"""A member who acts has the assistant's rights in that boutique, in the member's own name.

For tools that move stock or money. What the assistant may not do, nobody does through it.
"""

from __future__ import annotations

from typing import LiteralString
from uuid import uuid4

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.errors import NotAMember, OwnersOnly
from tests.factories import a_boutique
from tests.integration.core.test_members import Everything, a_full_boutique, a_member, actor

ROLES = pytest.mark.parametrize("role", ["owner", "staff"])


@pytest.mark.slow
@ROLES
async def test_who_acts_may_what_the_assistant_may_and_nothing_else(
    database: Database, superuser_url: str, role: str
) -> None:
    # given a boutique with a row in every table, and what the assistant may do there
    boutique = await a_full_boutique(database, superuser_url)
    everything = Everything(superuser_url, boutique)
    async with database.tenant_connection(boutique) as conn:
        readable = await everything.readable(conn)
        changeable = await everything.changeable(conn)
        deletable = await everything.deletable(conn)

    # when a member acts
    member = await a_member(superuser_url, boutique, role)
    async with database.acting_connection({"sub": member}, boutique) as conn:
        # then it is the same, whatever the member's role
        assert await everything.readable(conn) == readable
        assert await everything.changeable(conn) == changeable
        assert await everything.deletable(conn) == deletable
        assert await actor(conn) == f"{role}:{member}"


FORBIDDEN: tuple[LiteralString, ...] = (
    # Members, keys, accounts and the shop itself are the member's own rights, or the system's.
    "update boutique_members set role = 'owner'",
    "delete from boutique_members",
    "insert into boutique_members (boutique_id, user_id, role)"
    " select private.current_boutique(), gen_random_uuid(), 'owner'",
    "update provider_credentials set secrets = 'mine'",
    "insert into api_keys (boutique_id, name, begins_with, digest, may_write, created_by)"
    " select private.current_boutique(), 'mine', 'dk', sha256('x'), true, gen_random_uuid()",
    "update boutiques set name = 'mine'",
    "update message_templates set status = 'approved'",
    # Ledgers are added to only, and stock is moved by its ledger.
    "update stock_movements set delta = 99",
    "delete from stock_movements",
    "update product_variants set quantity = 99",
    "update audit_log set actor = 'somebody'",
    "delete from audit_log",
    "update consents set granted = true",
    "update dispatch_items set quantity = 9",
    "delete from dispatches",
    "update refunds set amount_minor = 1",
    "delete from refunds",
    "delete from refund_items",
    "delete from payments",
    "delete from orders",
    # Who signs in is not theirs to see.
    "select encrypted_password from auth.users",
    "select * from auth.users",
)


@ROLES
async def test_acting_opens_no_way_round(database: Database, superuser_url: str, role: str) -> None:
    boutique = await a_full_boutique(database, superuser_url)
    member = await a_member(superuser_url, boutique, role)
    async with database.acting_connection({"sub": member}, boutique) as conn:
        for statement in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                async with conn.transaction():
                    await conn.execute(statement)


@pytest.mark.slow
@ROLES
async def test_acting_in_one_boutique_shows_no_other(
    database: Database, superuser_url: str, role: str
) -> None:
    """Not even another one of the same person's."""
    mine = await a_full_boutique(database, superuser_url)
    other = await a_full_boutique(database, superuser_url)
    member = await a_member(superuser_url, mine, role)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into boutique_members (boutique_id, user_id, role) values (%s, %s, 'owner')",
            (other, member),
        )
    everything = Everything(superuser_url, other)
    async with database.acting_connection({"sub": member}, mine) as conn:
        assert await everything.readable(conn) == set()
        assert await everything.changeable(conn) == {}


async def test_only_members_act_and_only_owners_where_owners_must(
    database: Database, superuser_url: str
) -> None:
    boutique = await a_boutique(database)
    staff = await a_member(superuser_url, boutique, "staff")
    with pytest.raises(NotAMember):
        async with database.acting_connection({"sub": str(uuid4())}, boutique):
            pass
    with pytest.raises(OwnersOnly):
        async with database.acting_connection({"sub": staff}, boutique, owners_only=True):
            pass
