"""The person who is signed in, and the boutiques the person may choose from."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import APIRouter

from dukani.core.store import memberships, platform_admins
from dukani.dashboard_api.access import TheServices
from dukani.dashboard_api.bodies import Answer
from dukani.web.signed_in import TheSignedIn

router = APIRouter(tags=["me"])


class MyBoutique(Answer):
    boutique_id: UUID
    slug: str
    name: str
    currency: str
    timezone: str
    language: Literal["en", "sw"]
    role: Literal["owner", "staff"]


class Me(Answer):
    user_id: UUID
    email: str | None
    boutiques: list[MyBoutique]
    platform_admin: bool  # may see all boutiques of the installation


@router.get("/me")
async def get_me(person: TheSignedIn, services: TheServices) -> Me:
    """Who is signed in, with all boutiques of the person; an API key has the one it is of."""
    async with services.database.user_connection({"sub": person.user_id}) as conn:
        mine = await memberships.mine(conn)
        runs_it = await platform_admins.am_i(conn)
    key = person.claims.get("api_key")
    shown = [m for m in mine if key is None or m.boutique_id == key["boutique_id"]]
    return Me(
        user_id=UUID(person.user_id),
        email=person.email,
        boutiques=[MyBoutique.model_validate(one) for one in shown],
        platform_admin=runs_it and key is None,
    )
