"""Whom a call is about: a customer's id, her phone, or her WhatsApp user id."""

from __future__ import annotations

import re
from typing import Annotated
from uuid import UUID

from fastapi import Path

from dukani.agent.facts import Voice
from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.phone import BadPhoneNumber, to_e164
from dukani.core.store import boutiques, customers
from dukani.core.store.boutiques import Boutique
from dukani.core.store.customers import Customer
from dukani.core.user_ids import user_id_or_none
from dukani.dashboard_api.access import Member

UserId = Annotated[
    str,
    Path(
        min_length=3,
        max_length=140,
        description="A customer's id, her phone (+254712345678), or her WhatsApp user id.",
    ),
]
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


async def the_boutique(member: Member) -> Boutique:
    boutique = await boutiques.get(member.conn, boutique_id=member.boutique_id)
    assert boutique is not None  # a member's own
    return boutique


async def the_shopper(conn: Connection, boutique: Boutique, user_id: str) -> Customer:
    """The customer meant. Raises NotFound, and InvalidValue for what can be nobody."""
    said = user_id.strip()
    if _UUID.fullmatch(said):
        found = await customers.get(conn, customer_id=str(UUID(said)))
    elif wa_user_id := user_id_or_none(said):
        found = await customers.by_wa_user_id(conn, wa_user_id=wa_user_id)
    else:
        found = await customers.by_phone(conn, phone=_phone(said, boutique))
    if found is None:
        raise NotFound("There is no such customer here.")
    return found


async def shopper_or_new(conn: Connection, boutique: Boutique, user_id: str) -> Customer:
    """As `the_shopper`; who writes for the first time becomes a customer by phone or user id."""
    said = user_id.strip()
    if _UUID.fullmatch(said):
        return await the_shopper(conn, boutique, said)
    if wa_user_id := user_id_or_none(said):
        return await customers.find_or_create(conn, phone=None, wa_user_id=wa_user_id)
    return await customers.find_or_create(conn, phone=_phone(said, boutique))


def _phone(said: str, boutique: Boutique) -> str:
    try:
        return to_e164(said, region=boutique.country)
    except BadPhoneNumber:
        raise InvalidValue(
            field="user_id",
            remedy="Give a customer's id, a phone as +254712345678, or a WhatsApp user id.",
        ) from None


def voice_for(boutique: Boutique, customer: Customer | None) -> Voice:
    language = (customer.language if customer else None) or boutique.language
    name = customer.name if customer else None
    return Voice(
        language=language, currency=boutique.currency, boutique=boutique.name, customer=name
    )
