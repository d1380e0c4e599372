"""The people of the demo: an owner and one of the staff of each boutique, and a platform admin.

Their passwords are no secret, so they are added to a demo only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dukani.core.services import Services
from dukani.core.store import boutiques, members, platform_admins
from dukani.core.store.auth import users
from dukani.identity.passwords import Passwords
from dukani.sandbox.accounts import DEMO_ACCOUNTS
from dukani.web_app.serving import DemoLogin

PASSWORD = "dukani-demo"
_ADMIN = ("admin@dukani.demo", "Neema Wanjiru")
_STAFF = {"zuri": "Achieng Otieno", "pwani": "Juma Hassan"}


def demo_logins() -> list[DemoLogin]:
    """Everybody of the demo, as the sign-in page offers them."""
    people: list[tuple[str, str, str, Literal["owner", "staff"]]] = []
    for account in DEMO_ACCOUNTS:
        people.append((account.key, account.name, account.owner_name, "owner"))
        people.append((account.key, account.name, _STAFF[account.key], "staff"))
    of_shops = [
        DemoLogin(
            email=f"{role}@{slug}.demo", password=PASSWORD, name=name, boutique=boutique, role=role
        )
        for slug, boutique, name, role in people
    ]
    return [*of_shops, _admin()]


def _admin() -> DemoLogin:
    email, name = _ADMIN
    return DemoLogin(
        email=email, password=PASSWORD, name=name, boutique="Dukani", role="platform_admin"
    )


async def add_demo_people(services: Services) -> Sequence[DemoLogin]:
    """Add those who are not there yet; returns everybody whose boutique is there.

    The platform admin comes with the first boutique.
    """
    there: list[DemoLogin] = []
    for login in demo_logins():
        if login.role == "platform_admin":
            added = bool(there) and await _add_admin(services, login)
        else:
            added = await _add(services, login)
        if added:
            there.append(login)
    return there


async def _add(services: Services, login: DemoLogin) -> bool:
    slug = login.email.partition("@")[2].removesuffix(".demo")
    async with services.database.system_connection() as conn:
        boutique = await boutiques.by_slug(conn, slug=slug)
    if boutique is None:
        return False
    user_id = await _user_id(services, login)
    async with services.database.system_connection() as conn:
        role: Literal["owner", "staff"] = "owner" if login.role == "owner" else "staff"
        await members.add(conn, boutique_id=boutique.id, user_id=user_id, role=role)
    return True


async def _add_admin(services: Services, login: DemoLogin) -> bool:
    user_id = await _user_id(services, login)
    async with services.database.system_connection() as conn:
        await platform_admins.add(conn, user_id=user_id)
    return True


async def _user_id(services: Services, login: DemoLogin) -> str:
    async with services.database.identity_connection() as conn:
        known = await users.by_email(conn, email=login.email)
    if known is not None:
        return known.id
    hashed = await Passwords().hash(login.password)
    async with services.database.identity_connection() as conn:
        added = await users.add(
            conn,
            email=login.email,
            password_hash=hashed,
            user_metadata={"name": login.name},
            confirmed=True,
        )
        known = added or await users.by_email(conn, email=login.email)
    assert known is not None  # it was added, here or by another process
    return known.id
