"""The person who is signed in, and the boutiques the person may choose from."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter

from dukani.core.languages import Language
from dukani.core.store import memberships, platform_admins, platform_looks
from dukani.core.store.platform_looks import OpenLook
from dukani.dashboard_api.access import TheServices
from dukani.dashboard_api.bodies import Answer
from dukani.web.signed_in import TheSignedIn

router = APIRouter(tags=["me"])


class MyLook(Answer):
    """A platform admin's look at a boutique of others: she reads as its owner would, no more."""

    reason: str
    ends_at: datetime


class MyBoutique(Answer):
    boutique_id: UUID
    slug: str
    name: str
    currency: str
    timezone: str
    language: Language
    role: Literal["owner", "staff"]
    look: MyLook | None = None  # none: the person is a member


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
        looks = await platform_looks.mine(conn) if runs_it else []
    key = person.claims.get("api_key")
    shown = [m for m in mine if key is None or m.boutique_id == key["boutique_id"]]
    return Me(
        user_id=UUID(person.user_id),
        email=person.email,
        boutiques=[MyBoutique.model_validate(one) for one in shown]
        + [_looked_at(one) for one in looks if key is None],
        platform_admin=runs_it and key is None,
    )


def _looked_at(look: OpenLook) -> MyBoutique:
    return MyBoutique(
        boutique_id=UUID(look.boutique_id),
        slug=look.slug,
        name=look.name,
        currency=look.currency,
        timezone=look.timezone,
        language=look.language,
        role="owner",
        look=MyLook.model_validate(look),
    )
