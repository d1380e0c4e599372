"""Values to look at a message with: a customer's own, or those of an example."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dukani.campaigns.automations.message_values import Discount, Values
from dukani.campaigns.automations.values import values_of
from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.store import automation_examples, automation_subjects, customers
from dukani.core.store.boutiques import Boutique
from dukani.core.store.customers import Customer
from dukani.domain.automations import Content, SubjectKind, SubjectOf, Trigger

NAME = "Amina"  # of the customer who is nobody
NOBODY = "00000000-0000-0000-0000-000000000000"
_OLD_PRICE = 5, 4  # the example's price was a quarter more, so that it is a fifth off


@dataclass(frozen=True, slots=True)
class Shown:
    """`is_example`: what the message is about is the shop's newest piece, not a thing of hers."""

    values: Values
    customer: Customer | None
    is_example: bool


async def values_to_show(
    conn: Connection,
    boutique: Boutique,
    content: Content,
    *,
    trigger: Trigger,
    customer_id: str | None,
) -> Shown:
    """Raises NotFound for a customer whom the boutique does not have."""
    customer = None
    if customer_id is not None:
        customer = await customers.get(conn, customer_id=customer_id)
        if customer is None:
            raise NotFound("There is no such customer here.")
    own = await _subject(conn, trigger, customer.id) if customer else None
    kind, subject_id = own or ("product", await automation_examples.newest_piece(conn) or NOBODY)
    values = await values_of(
        conn,
        boutique,
        customer_id=customer.id if customer else NOBODY,
        subject_kind=kind,
        subject_id=subject_id,
        facts={},
        content=content,
    )
    values = _reduced(values, trigger) if own else _with_example(values, trigger)
    values = values if customer else replace(values, name=NAME)
    return Shown(values, customer, is_example=own is None)


async def _subject(
    conn: Connection, trigger: Trigger, customer_id: str
) -> tuple[SubjectKind, str] | None:
    """What the rule would be about; news of a piece, and answers: the one she looked at last."""
    asked = trigger if _has_a_total(trigger) else "view_product"
    found = await automation_subjects.of_customer(conn, trigger=asked, customer_id=customer_id)
    return (found.kind, found.id) if found else None


def _with_example(values: Values, trigger: Trigger) -> Values:
    """A cart or an order of the example has the one piece in it."""
    price = values.price_minor
    has_total = price is not None and _has_a_total(trigger)
    return _reduced(replace(values, total_minor=price if has_total else None), trigger)


def _has_a_total(trigger: Trigger) -> bool:
    return not {"cart", "window_cart", "order"}.isdisjoint(SubjectOf[trigger])


def _reduced(values: Values, trigger: Trigger) -> Values:
    """The price came down a moment ago, where the message is of that."""
    price = values.price_minor
    if trigger != "price_dropped" or not price:
        return values
    up, down = _OLD_PRICE
    return replace(values, discount=Discount(max(price * up // down, price + 1), price))
