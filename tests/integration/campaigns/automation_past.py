"""A past of rules written at random, and what came of it in plain Python, added up one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from tests.integration.campaigns.an_automation import a_code

NOW = datetime.now(UTC)
FIVE_DAYS = timedelta(days=5)
MARKS = ("sent_at", "delivered_at", "read_at", "clicked_at", "replied_at", "opted_out_at")
EXPERIMENT = {
    "variants": [{"key": "a", "share": 0.5}, {"key": "b", "share": 0.5}],
    "holdout": 0.2,
}


@dataclass
class Send:
    id: str
    step: int
    channel: str
    state: str
    marks: dict[str, datetime | None]


@dataclass
class Order:
    id: str
    customer: str
    paid_at: datetime | None
    total: int
    currency: str
    named: Send | None
    refunded: int = 0
    ended: str = ""  # "", "all" or "returned"

    @property
    def stands(self) -> bool:
        return self.paid_at is not None and not self.ended


@dataclass
class Enrolment:
    id: str
    rule: str
    customer: str
    arm: str
    began_at: datetime
    sends: list[Send] = field(default_factory=list)


@dataclass
class Past:
    rules: list[str]
    enrolments: list[Enrolment] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)


def a_past(luck: Random, *, customers: list[str], rules: list[str], enrolments: int) -> Past:
    """Each customer stays in her arm; some begin a rule several times."""
    past = Past(rules)
    arms = {
        (rule, customer): luck.choice(["holdout", "a", "a", "b", "b"])
        for rule in rules
        for customer in customers
    }
    for _ in range(enrolments):
        rule, customer = luck.choice(rules), luck.choice(customers)
        began = NOW - timedelta(hours=luck.randrange(1, 60 * 24))
        one = Enrolment(_id(luck), rule, customer, arms[rule, customer], began)
        if one.arm != "holdout":
            one.sends = list(_some_sends(luck, began))
        past.enrolments.append(one)
    sends = [send for one in past.enrolments for send in one.sends]
    for _ in range(enrolments):
        paid = luck.random() < 0.8
        total = luck.randrange(1000, 900_000)
        order = Order(
            id=_id(luck),
            customer=luck.choice(customers),
            paid_at=NOW - timedelta(hours=luck.randrange(1, 60 * 24)) if paid else None,
            total=total,
            currency=luck.choice(["KES", "KES", "UGX"]),
            named=luck.choice(sends) if sends and luck.random() < 0.6 else None,
        )
        if paid and luck.random() < 0.3:
            order.ended = luck.choice(["", "all", "returned"])
            order.refunded = total if order.ended == "all" else luck.randrange(total)
        past.orders.append(order)
    return past


def _some_sends(luck: Random, began: datetime) -> Iterator[Send]:
    for step in range(luck.randrange(3)):
        whatsapp = Send(_id(luck), step, "whatsapp", "queued", dict.fromkeys(MARKS))
        yield whatsapp
        came = luck.choice(["queued", "sent", "delivered", "read", "failed", "cancelled"])
        _mark(luck, whatsapp, came, began)
        if came == "failed" and luck.random() < 0.6:
            sms = Send(_id(luck), step, "sms", "queued", dict.fromkeys(MARKS))
            _mark(luck, sms, luck.choice(["sent", "delivered", "failed"]), began)
            yield sms


def _mark(luck: Random, send: Send, came: str, began: datetime) -> None:
    send.state = came
    reached = {"sent": 1, "delivered": 2, "read": 3, "failed": luck.randrange(2)}.get(came, 0)
    for mark in MARKS[:reached]:
        send.marks[mark] = began + timedelta(minutes=5)
    for mark in MARKS[3:]:
        if reached and luck.random() < 0.3:  # to the second: no two of a customer's at once
            send.marks[mark] = began + timedelta(seconds=luck.randrange(600, 400_000))


def _id(luck: Random) -> str:
    return str(UUID(int=luck.getrandbits(128), version=4))


def write_past(superuser_url: str, boutique: str, past: Past) -> None:
    """The sales come by the orders' own triggers, and refunds correct them."""
    codes = {send.id: a_code() for one in past.enrolments for send in one.sends}
    with psycopg.connect(superuser_url) as conn:
        for nth, rule in enumerate(past.rules):
            conn.execute(
                """insert into automation_rules (boutique_id, id, name, trigger, class, definition)
                   values (%s, %s, %s, 'cart_abandoned', 'marketing', %s)""",
                (boutique, rule, f"Rule {nth}", Jsonb({"experiment": EXPERIMENT})),
            )
        for one in past.enrolments:
            _write_enrolment(conn, boutique, one, codes)
        for nth, order in enumerate(past.orders):
            _write_order(conn, boutique, nth, order, codes)


def _write_enrolment(
    conn: psycopg.Connection[Any], boutique: str, one: Enrolment, codes: dict[str, str]
) -> None:
    held = one.arm == "holdout"
    conn.execute(
        """insert into automation_enrolments (boutique_id, id, rule_id, customer_id, subject_kind,
             subject_id, state, due_at, counted_from, variant, held_out, began_at, ended_at)
           values (%s, %s, %s, %s, 'cart', %s, 'done', %s, %s, %s, %s, %s, %s)""",
        (boutique, one.id, one.rule, one.customer, one.id, one.began_at, one.began_at,
         None if held else one.arm, held, one.began_at, one.began_at),
    )  # fmt: skip
    for send in one.sends:
        conn.execute(
            f"""insert into automation_sends (boutique_id, id, rule_id, rule_version, enrolment_id,
                 customer_id, step, class, channel, state, code, subject_kind, subject_id,
                 {", ".join(MARKS)})
               values (%s, %s, %s, 1, %s, %s, %s, 'marketing', %s, %s, %s, 'cart', %s,
                 {", ".join(["%s"] * len(MARKS))})""".encode(),
            (boutique, send.id, one.rule, one.id, one.customer, send.step, send.channel, send.state,
             codes[send.id], one.id, *send.marks.values()),
        )  # fmt: skip
        if send.marks["clicked_at"] is not None:
            conn.execute(
                """insert into automation_clicks (boutique_id, send_id, opened_by, method, agent,
                     opened_at) values (%s, %s, 'person', 'GET', 'Mozilla', %s)""",
                (boutique, send.id, send.marks["clicked_at"]),
            )


def _write_order(
    conn: psycopg.Connection[Any], boutique: str, nth: int, order: Order, codes: dict[str, str]
) -> None:
    paid = order.paid_at is not None
    conn.execute(
        """insert into orders (boutique_id, id, number, customer_id, currency, items_minor, address,
             payment_status, status, paid_at, utm_message_id)
           values (%s, %s, %s, %s, %s, %s, 'Kilimani', %s, %s, %s, %s)""",
        (boutique, order.id, f"DK-{nth:04d}", order.customer, order.currency, order.total,
         "paid" if paid else "unpaid", "confirmed" if paid else "open", order.paid_at,
         codes[order.named.id] if order.named else None),
    )  # fmt: skip
    if order.refunded:
        status = "all" if order.ended == "all" else "part"
        conn.execute(
            "update orders set refunded_minor = %s, refund_status = %s where id = %s",
            (order.refunded, status, order.id),
        )
    if order.ended == "returned":
        conn.execute("update orders set fulfilment_status = 'returned' where id = %s", (order.id,))


def sale_of(past: Past, order: Order) -> Send | None:
    """The send that the order came of: the one it names, else the last touch before it was paid."""
    if not order.stands or order.paid_at is None:
        return None
    if order.named is not None:
        return order.named
    touches: list[tuple[datetime, Send]] = []
    for send in (send for one in past.enrolments if one.customer == order.customer
                 for send in one.sends):  # fmt: skip
        for mark, span in (("clicked_at", FIVE_DAYS), ("replied_at", timedelta(days=3))):
            at = send.marks[mark]
            if at is not None and at <= order.paid_at < at + span:
                touches.append((at, send))
    return max(touches, key=lambda one: one[0])[1] if touches else None


def plain_funnel(past: Past, rule: str, since: datetime, until: datetime) -> dict[str, Any]:
    """By arm: how many enrolments came how far."""
    sold = {id(sale_of(past, order)) for order in past.orders}
    arms: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in _began(past, rule, since, until):
        arm = arms[one.arm]
        arm["enrolled"] += 1
        arm["decided"] += bool(one.sends)
        for mark in MARKS:
            arm[mark.removesuffix("_at")] += any(send.marks[mark] for send in one.sends)
        arm["converted"] += any(id(send) in sold for send in one.sends)
        failed = any(send.state == "failed" for send in one.sends)
        otherwise = any(send.state not in ("failed", "cancelled") for send in one.sends)
        arm["failed"] += failed and not otherwise
    return {name: dict(counts) for name, counts in arms.items()}


def plain_money(
    past: Past, rule: str, since: datetime, until: datetime
) -> dict[str, tuple[int, int]]:
    """By currency: orders and their kept money."""
    mine = {id(send) for one in _began(past, rule, since, until) for send in one.sends}
    found: dict[str, tuple[int, int]] = {}
    for order in past.orders:
        if id(sale_of(past, order)) in mine:
            orders, minor = found.get(order.currency, (0, 0))
            found[order.currency] = (orders + 1, minor + order.total - order.refunded)
    return found


def plain_people(
    past: Past, rule: str, since: datetime, until: datetime
) -> dict[str, tuple[int, int]]:
    """By arm: customers, and how many bought within five days of any beginning."""
    people: dict[str, dict[str, bool]] = defaultdict(dict)
    for one in _began(past, rule, since, until):
        bought = any(
            order.customer == one.customer
            and order.stands
            and order.paid_at is not None
            and one.began_at <= order.paid_at < one.began_at + FIVE_DAYS
            for order in past.orders
        )
        people[one.arm][one.customer] = people[one.arm].get(one.customer, False) or bought
    return {arm: (len(who), sum(who.values())) for arm, who in people.items()}


def plain_steps(
    past: Past, rule: str, since: datetime, until: datetime
) -> dict[tuple[int, str], tuple[int, int, int]]:
    """By step and channel: messages, delivered ones, failed ones."""
    found: dict[tuple[int, str], tuple[int, int, int]] = {}
    for one in _began(past, rule, since, until):
        for send in one.sends:
            written, delivered, failed = found.get((send.step, send.channel), (0, 0, 0))
            found[send.step, send.channel] = (
                written + 1,
                delivered + (send.marks["delivered_at"] is not None),
                failed + (send.state == "failed"),
            )
    return found


def _began(past: Past, rule: str, since: datetime, until: datetime) -> list[Enrolment]:
    return [one for one in past.enrolments if one.rule == rule and since <= one.began_at < until]
