"""`dukani members …` and `dukani auth …`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from dukani.commands.frame import console, read_settings, with_services
from dukani.core.addresses import reached_at
from dukani.core.database import Connection
from dukani.core.errors import ConfigurationError, NotFound
from dukani.core.services import Services
from dukani.core.settings import Settings
from dukani.core.store import boutiques
from dukani.core.store import members as store
from dukani.core.store.boutiques import Boutique
from dukani.core.store.members import Member, Role
from dukani.identity.app import serves_identity
from dukani.identity.service import build_identity
from dukani.running import with_demo_key
from dukani.tools import members


def list_members(slug: str) -> None:
    async def show(services: Services) -> None:
        async with services.database.system_connection() as conn:
            boutique = await _boutique(conn, slug)
            for member in await store.of_boutique(conn, boutique_id=boutique.id):
                waiting = "" if member.confirmed else "  (has not opened the invitation)"
                _say(f"{member.role:<6} {member.email}{waiting}")

    _with(show)


def invite(slug: str, email: str, role: Role) -> None:
    async def add(services: Services) -> None:
        async with services.database.system_connection() as conn:
            boutique = await _boutique(conn, slug)
        new = await members.invite(
            services,
            services.database.system_connection,
            boutique_id=boutique.id,
            email=email,
            role=role,
        )
        if new.link_sent:
            _say(f"{email} is {role} of {boutique.name}; a mail with a link is on its way.")
        elif new.link is not None:
            _say(f"{email} is {role} of {boutique.name}. No mail could be sent; hand this over:")
            _say(new.link)
        else:
            _say(f"{email} is {role} of {boutique.name}, and signs in as before.")

    _with(add)


def change_role(slug: str, email: str, role: Role) -> None:
    async def change(conn: Connection, boutique: Boutique, member: Member) -> None:
        await members.change_role(conn, boutique_id=boutique.id, user_id=member.user_id, role=role)
        _say(f"{email} is {role} of {boutique.name} now.")

    _with_member(slug, email, change)


def remove(slug: str, email: str) -> None:
    async def take_away(conn: Connection, boutique: Boutique, member: Member) -> None:
        await members.remove(conn, boutique_id=boutique.id, user_id=member.user_id)
        _say(f"{email} is no member of {boutique.name} any more.")

    _with_member(slug, email, take_away)


def rotate_key() -> None:
    """Sign with a new key; sessions go on, and tokens of the old key count until they are over."""

    async def rotate(services: Services) -> None:
        if not serves_identity(services.settings):
            raise ConfigurationError(
                "Supabase signs the tokens here: rotate its keys in its dashboard."
            )
        kid = await build_identity(services).keys.rotate()
        _say(f"Access tokens are signed with key {kid} now.")

    _with(rotate)


def _with(work: Callable[[Services], Awaitable[None]]) -> None:
    async def working(services: Services) -> None:
        await work(services)

    with_services(settings_as_served(), working)


def settings_as_served() -> Settings:
    """As the demo beside has them: its links lead to its own port."""
    settings = with_demo_key(read_settings(quiet=True))
    if settings.database.url is None and "public_url" not in settings.web.model_fields_set:
        settings.web.public_url = reached_at(settings.web.host, settings.web.port)
    return settings


def _with_member(
    slug: str, email: str, work: Callable[[Connection, Boutique, Member], Awaitable[None]]
) -> None:
    async def working(services: Services) -> None:
        address = members.address_of(email)
        async with services.database.system_connection() as conn:
            boutique = await _boutique(conn, slug)
            for member in await store.of_boutique(conn, boutique_id=boutique.id):
                if member.email == address:
                    return await work(conn, boutique, member)
        raise NotFound(f"{address} is no member of {boutique.name}: see `dukani members list`.")

    _with(working)


async def _boutique(conn: Connection, slug: str) -> Boutique:
    boutique = await boutiques.by_slug(conn, slug=slug)
    if boutique is None:
        raise NotFound(f"There is no boutique {slug!r}: see `dukani boutique list`.")
    return boutique


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
