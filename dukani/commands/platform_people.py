"""`dukani platform …`: who runs this installation."""

from __future__ import annotations

from dukani.commands.frame import console, with_services
from dukani.commands.people import settings_as_served
from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.store import members, platform_admins, platform_pauses
from dukani.tools import platform_pausing
from dukani.tools.members import address_of


def list_all() -> None:
    async def show(services: Services) -> None:
        async with services.database.system_connection() as conn:
            found = await platform_admins.emails(conn)
        for email in found:
            _say(email)
        if not found:
            _say("Nobody yet: `dukani platform add EMAIL` adds a person who has an account.")

    with_services(settings_as_served(), show)


def add(email: str) -> None:
    async def adding(services: Services) -> None:
        async with services.database.system_connection() as conn:
            new = await platform_admins.add(conn, user_id=await _id_of(conn, email))
        _say(f"{email} is a platform admin{' now' if new else ' already'}.")

    with_services(settings_as_served(), adding)


def remove(email: str) -> None:
    async def removing(services: Services) -> None:
        async with services.database.system_connection() as conn:
            was = await platform_admins.remove(conn, user_id=await _id_of(conn, email))
        _say(f"{email} is no platform admin{' any more' if was else ''}.")

    with_services(settings_as_served(), removing)


def resume_restored(slug: str | None) -> None:
    """What was put to rest stays so; from now on what happens is answered and told again."""

    async def resuming(services: Services) -> None:
        async with services.database.system_connection() as conn:
            found = await platform_pauses.restored(conn, slug=slug)
        if not found:
            raise NotFound(f"{slug or 'No boutique'} is not paused since a restore.")
        for pause in found:
            async with services.database.operator_connection(pause.boutique_id) as conn:
                await platform_pausing.resume_restored(conn, pause)
            _say(f"{pause.slug} {'stays paused, as it was before' if pause.before else 'goes on'}.")

    with_services(settings_as_served(), resuming)


async def _id_of(conn: Connection, email: str) -> str:
    person = await members.person_by_email(conn, email=address_of(email))
    if person is None:
        raise NotFound(f"{email} has no account here: invite the person to a boutique first.")
    return person.user_id


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
