"""Owners invite people, change their roles and remove them; a boutique keeps an owner."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dukani.core.clients.people import Invited
from dukani.core.database import Database
from dukani.core.errors import InvalidValue, NotAMember, NotFound, OwnersOnly
from dukani.core.services import Services
from dukani.core.store import members as store
from dukani.tools import members
from dukani.tools.members import AlreadyAMember, Connecting, LastOwner, NewMember, NotYourself
from tests.factories import a_boutique
from tests.signing_in import a_member
from tests.wiring import some_services


@dataclass
class Mailed:
    """Supabase, as far as it invites: makes the person, and remembers whom it wrote to."""

    superuser_url: str
    to: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    async def invite(
        self, email: str, *, about: Mapping[str, Any], whose: str | None = None
    ) -> Invited:
        self.to.append((email, about))
        with psycopg.connect(self.superuser_url) as conn:
            conn.execute(
                "insert into auth.users (email) values (%s) on conflict do nothing", (email,)
            )
            row = conn.execute("select id::text from auth.users where email = %s", (email,))
            found = row.fetchone()
        assert found is not None
        return Invited(found[0], link_sent=True)


@pytest.fixture
def mailed(superuser_url: str) -> Mailed:
    return Mailed(superuser_url)


@pytest.fixture
async def services(database: Database, tmp_path: Path, mailed: Mailed) -> AsyncIterator[Services]:
    async with some_services(database, tmp_path) as services:
        yield replace(services, people=mailed)


@pytest.fixture
async def boutique(database: Database) -> str:
    return await a_boutique(database, name="Zuri")


@pytest.fixture
def owner(superuser_url: str, boutique: str) -> str:
    return a_member(superuser_url, boutique, "owner")


def acting(services: Services, user: str, boutique: str) -> Connecting:
    return lambda: services.database.member_connection({"sub": user}, boutique, owners_only=True)


async def invite(services: Services, owner: str, boutique: str, email: str) -> NewMember:
    return await members.invite(
        services,
        acting(services, owner, boutique),
        boutique_id=boutique,
        email=email,
        role="staff",
    )


async def test_a_person_without_an_account_gets_a_link_and_is_a_member(
    services: Services, mailed: Mailed, owner: str, boutique: str
) -> None:
    # when an owner invites somebody, twice
    new = await invite(services, owner, boutique, " Baraka@Example.com")
    again = await invite(services, owner, boutique, "baraka@example.com")

    # then the person is staff, and was written to twice, about the boutique
    assert (new.link_sent, again.user_id) == (True, new.user_id)
    assert mailed.to == [("baraka@example.com", {"boutique": "Zuri", "language": "en"})] * 2
    async with services.database.member_connection({"sub": owner}, boutique) as conn:
        listed = await store.colleagues(conn)
    assert [(m.role, m.confirmed) for m in listed if m.user_id == new.user_id] == [("staff", False)]
    async with services.database.member_connection({"sub": new.user_id}, boutique):
        pass


async def test_a_person_with_an_account_is_added_without_a_mail(
    services: Services, mailed: Mailed, owner: str, boutique: str, superuser_url: str
) -> None:
    with psycopg.connect(superuser_url) as admin:
        admin.execute(
            "insert into auth.users (email, email_confirmed_at)"
            " values ('baraka@example.com', now())"
        )
    new = await invite(services, owner, boutique, "baraka@example.com")
    assert (new.link_sent, mailed.to) == (False, [])
    with pytest.raises(AlreadyAMember):
        await invite(services, owner, boutique, "baraka@example.com")


@pytest.mark.parametrize("email", ["", "baraka", "a b@example.com", "a@b", "x" * 300 + "@a.co"])
async def test_what_is_no_address_is_named(
    services: Services, mailed: Mailed, owner: str, boutique: str, email: str
) -> None:
    with pytest.raises(InvalidValue, match="whole e-mail address"):
        await invite(services, owner, boutique, email)
    assert mailed.to == []


async def test_nobody_but_an_owner_of_the_boutique_invites(
    services: Services, mailed: Mailed, boutique: str, database: Database, superuser_url: str
) -> None:
    staff = a_member(superuser_url, boutique, "staff")
    stranger = a_member(superuser_url, await a_boutique(database), "owner")
    with pytest.raises(OwnersOnly):
        await invite(services, staff, boutique, "baraka@example.com")
    with pytest.raises(NotAMember):
        await invite(services, stranger, boutique, "baraka@example.com")
    assert mailed.to == []


async def test_another_boutiques_members_are_not_seen_or_touched(
    services: Services, owner: str, boutique: str, database: Database, superuser_url: str
) -> None:
    # given another boutique with an owner and staff
    other = await a_boutique(database)
    stranger = a_member(superuser_url, other, "owner")
    theirs = a_member(superuser_url, other, "staff")

    # when the owner lists, changes and removes
    async with acting(services, owner, boutique)() as conn:
        listed = await store.colleagues(conn)
        for user in (stranger, theirs):
            with pytest.raises(NotFound):
                await members.change_role(conn, boutique_id=other, user_id=user, role="owner")
            with pytest.raises(NotFound):
                await members.remove(conn, boutique_id=other, user_id=user)

    # then only the owner's own boutique was there
    assert [m.user_id for m in listed] == [owner]
    async with database.system_connection() as conn:
        kept = await store.of_boutique(conn, boutique_id=other)
    assert [(m.user_id, m.role) for m in kept] == [(stranger, "owner"), (theirs, "staff")]


async def test_a_removed_member_is_refused_and_sees_no_colleagues(
    services: Services, owner: str, boutique: str, superuser_url: str
) -> None:
    staff = a_member(superuser_url, boutique, "staff")
    async with services.database.member_connection({"sub": staff}, boutique) as at_work:
        async with acting(services, owner, boutique)() as conn:
            await members.remove(conn, boutique_id=boutique, user_id=staff, actor_id=owner)
        assert await store.colleagues(at_work) == []
    with pytest.raises(NotAMember):
        async with services.database.member_connection({"sub": staff}, boutique):
            pass


async def test_nobody_changes_or_ends_her_own_membership(
    services: Services, owner: str, boutique: str
) -> None:
    async with acting(services, owner, boutique)() as conn:
        with pytest.raises(NotYourself):
            await members.remove(conn, boutique_id=boutique, user_id=owner, actor_id=owner)
        with pytest.raises(NotYourself):
            await members.change_role(
                conn, boutique_id=boutique, user_id=owner, role="staff", actor_id=owner
            )


async def test_the_last_owner_stays_whoever_asks(
    services: Services, owner: str, boutique: str
) -> None:
    async with services.database.system_connection() as conn:
        with pytest.raises(LastOwner, match="make somebody else one first"):
            await members.remove(conn, boutique_id=boutique, user_id=owner)
        with pytest.raises(LastOwner):
            await members.change_role(conn, boutique_id=boutique, user_id=owner, role="staff")
        assert len(await store.of_boutique(conn, boutique_id=boutique)) == 1


async def test_two_owners_who_remove_each_other_leave_one(
    services: Services, owner: str, boutique: str, superuser_url: str
) -> None:
    # given two owners who are both at it
    second = a_member(superuser_url, boutique, "owner")
    both_began = asyncio.Barrier(2)

    async def removes(actor: str, other: str) -> str:
        async with acting(services, actor, boutique)() as conn:
            await both_began.wait()
            try:
                await members.remove(conn, boutique_id=boutique, user_id=other, actor_id=actor)
            except (LastOwner, NotFound):  # whoever was removed a moment before sees nobody here
                return "refused"
            return "removed"

    outcomes = await asyncio.gather(removes(owner, second), removes(second, owner))

    # then one stays
    assert sorted(outcomes) == ["refused", "removed"]
    async with services.database.system_connection() as conn:
        assert len(await store.of_boutique(conn, boutique_id=boutique)) == 1


async def test_a_boutique_can_still_be_deleted(
    services: Services, owner: str, boutique: str, superuser_url: str
) -> None:
    with psycopg.connect(superuser_url) as admin:
        admin.execute("delete from boutiques where id = %s", (boutique,))
        row = admin.execute("select count(*) from boutique_members").fetchone()
    assert row == (0,)
