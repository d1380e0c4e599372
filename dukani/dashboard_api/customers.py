"""A customer beside the chat: sizes, orders, consent; the shop's notes and tags."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field, StringConstraints

from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.languages import Language
from dukani.core.store import customer_profile, customer_tags
from dukani.core.store.consents import Purpose
from dukani.core.store.orders import OrderPaymentStatus
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone, Minor
from dukani.dashboard_api.versions import IfMatch, require_version, show_version
from dukani.tools import attending

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["customers"])

SHOWN_ORDERS, SHOWN_CONSENTS, SHOWN_SIZES = 5, 20, 40

Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class CustomerOrder(Answer):
    id: UUID
    number: str
    status: Literal["open", "confirmed", "cancelled"]
    payment_status: OrderPaymentStatus
    fulfilment_status: Literal["unfulfilled", "dispatched", "delivered", "returned"]
    total_minor: Minor
    created_at: datetime


class ConsentLine(Answer):
    """What was agreed to, or withdrawn, where, and in which words."""

    purpose: Purpose
    granted: bool
    source: str
    words: str | None
    created_at: datetime


class KnownSize(Answer):
    """What was said of a size; no `relation`: of the customer's own. Measures are centimetres."""

    kind: Literal["stated", "measured", "fit"]
    relation: str | None
    wearer_name: str | None
    age: int | None
    age_told_on: date | None
    category: str | None
    size: str | None
    measure: str | None
    cm: float | None
    fit: Literal["too_small", "right", "too_large"] | None
    said_at: datetime


class Customer(Answer):
    """`spent_minor`: of orders paid. `may_write`: no stop was said."""

    id: UUID
    name: str | None
    phone: MaskedPhone
    language: Language | None
    notes: str | None
    tags: list[str]
    conversation_id: UUID | None
    orders: int
    paid_orders: int
    spent_minor: Minor
    may_write: bool
    may_market: bool
    created_at: datetime
    last_orders: list[CustomerOrder]
    consents: list[ConsentLine]
    sizes: list[KnownSize]


class CustomerNotes(Body):
    notes: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class CustomerTags(Body):
    tags: Annotated[list[Tag], Field(max_length=20)]


class UsedTag(Answer):
    tag: str
    customers: int


class UsedTags(Answer):
    items: list[UsedTag]


@router.get("/customers/{customer_id}")
async def get_customer(member: AMember, customer_id: UUID, response: Response) -> Customer:
    return await _shown(member.conn, str(customer_id), response)


@router.put("/customers/{customer_id}/notes")
async def write_customer_notes(
    member: AMember,
    customer_id: UUID,
    written: CustomerNotes,
    response: Response,
    if_match: IfMatch = None,
) -> Customer:
    """What the shop should remember of the customer; the customer never sees it."""
    version = await attending.lock_customer(member.conn, customer_id=str(customer_id))
    require_version(if_match, version)
    await customer_profile.set_notes(
        member.conn, customer_id=str(customer_id), notes=written.notes or None
    )
    return await _shown(member.conn, str(customer_id), response)


@router.put("/customers/{customer_id}/tags")
async def tag_customer(
    member: AMember, customer_id: UUID, given: CustomerTags, response: Response
) -> Customer:
    await attending.tag_customer(member.conn, customer_id=str(customer_id), tags=given.tags)
    return await _shown(member.conn, str(customer_id), response)


@router.get("/customer-tags")
async def list_customer_tags(member: AMember) -> UsedTags:
    """The tags in use, the most used first."""
    found = await customer_tags.of_boutique(member.conn)
    return UsedTags(items=[UsedTag.model_validate(one) for one in found])


async def _shown(conn: Connection, customer_id: str, response: Response) -> Customer:
    found = await customer_profile.get(conn, customer_id=customer_id)
    if found is None:
        raise NotFound("There is no such customer here.")
    show_version(response, found.updated_at)
    of = {"customer_id": customer_id}
    orders = await customer_profile.last_orders(conn, **of, limit=SHOWN_ORDERS)
    consents = await customer_profile.consent_lines(conn, **of, limit=SHOWN_CONSENTS)
    sizes = await customer_profile.known_sizes(conn, **of, limit=SHOWN_SIZES)
    fields = {name: getattr(found, name) for name in Customer.model_fields if hasattr(found, name)}
    return Customer(
        **fields,
        last_orders=[CustomerOrder.model_validate(one) for one in orders],
        consents=[ConsentLine.model_validate(one) for one in consents],
        sizes=[KnownSize.model_validate(one) for one in sizes],
    )
