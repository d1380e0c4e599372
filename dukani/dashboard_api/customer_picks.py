"""Customers picked by hand, by numbers that were pasted."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from dukani.core.phone import BadPhoneNumber, to_e164
from dukani.core.store import boutiques, customer_search
from dukani.core.store.customer_search import FoundCustomer
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["customers"])

MOST_PASTED = 1000


class PickedCustomer(Answer):
    """`may_market`: agreed to offers, and has not taken it back."""

    id: UUID
    name: str | None
    phone: MaskedPhone
    may_market: bool
    paid_orders: int


class PastedPhones(Body):
    """As people write them, in the boutique's country."""

    phones: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=60)]],
        Field(min_length=1, max_length=MOST_PASTED),
    ]


class PickedCustomers(Answer):
    """`unknown`: are no customers here; `unreadable`: are no numbers. Both as they were given."""

    items: list[PickedCustomer]
    unknown: list[str]
    unreadable: list[str]


@router.post("/customer-picks")
async def pick_customers(member: AMember, pasted: PastedPhones) -> PickedCustomers:
    """Whose these numbers are; nothing is kept."""
    boutique = await boutiques.get(member.conn, boutique_id=member.boutique_id)
    assert boutique is not None, "the member is of it"
    read, unreadable = _read(pasted.phones, region=boutique.country)
    found = await customer_search.of_phones(member.conn, list(read))
    known = {one.phone for one in found}
    return PickedCustomers(
        items=[PickedCustomer.model_validate(one) for one in _in_order(found, read)],
        unknown=[given for phone, given in read.items() if phone not in known],
        unreadable=unreadable,
    )


def _read(given: list[str], *, region: str) -> tuple[dict[str, str], list[str]]:
    """What was given by the number it means, each once; and what means none."""
    read: dict[str, str] = {}
    unreadable = []
    for one in given:
        try:
            read.setdefault(to_e164(one, region=region), one)
        except BadPhoneNumber:
            unreadable.append(one)
    return read, unreadable


def _in_order(found: list[FoundCustomer], read: dict[str, str]) -> list[FoundCustomer]:
    places = {phone: place for place, phone in enumerate(read)}
    return sorted(found, key=lambda one: places[one.phone or ""])
