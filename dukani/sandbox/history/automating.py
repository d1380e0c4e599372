"""Rules that the demo's shops have on, and what those about left carts did in the last weeks."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from dukani.campaigns.automations import composing, recipe_use, values
from dukani.campaigns.automations.clauses import Lacks
from dukani.campaigns.automations.listening import arm_of
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import (
    automation_decisions,
    automation_enrolments,
    automation_links,
    automation_rules,
    automation_sends,
    conversations,
)
from dukani.core.store.automation_enrolments import NewEnrolment
from dukani.core.store.automation_rules import Rule
from dukani.core.store.automation_sends import NewSend, Send
from dukani.domain.automations import RuleDefinition, Trigger
from dukani.sandbox.history import past, past_offers
from dukani.sandbox.history.past_offers import LeftOnce
from dukani.sandbox.history.scene import Shop

_ON: tuple[Trigger, ...] = (
    "cart_abandoned", "price_dropped", "back_in_stock", "payment_failed", "order_delivered",
)  # fmt: skip
_WEEKS = timedelta(days=26)
_A_PHONE = "Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36"


async def let_rules_work(services: Services, shop: Shop, *, now: datetime) -> None:
    rule = await _switch_on(services, shop)
    async with services.database.tenant_connection(shop.boutique.id) as conn:
        left = await past_offers.left_carts(conn, since=now - _WEEKS)
    past_ones = sorted((one for one in left if one.at < now), key=lambda one: one.at)
    for number, one in enumerate(past_ones):  # in the log the newest stand first by their numbers
        await _remind(services, shop, rule, one, number)


async def _switch_on(services: Services, shop: Shop) -> Rule:
    """The rule about left carts."""
    async with services.database.tenant_connection(shop.boutique.id) as conn:
        made: dict[str, Rule] = {}
        for definition in await recipe_use.recipes(conn):
            rule = await recipe_use.use(conn, definition.trigger)
            if definition.trigger in _ON:
                await automation_rules.switch(conn, rule_id=rule.id, is_on=True)
            made[definition.trigger] = rule
    return made["cart_abandoned"]


async def _remind(services: Services, shop: Shop, rule: Rule, one: LeftOnce, number: int) -> None:
    """Every seventh is held out; of two others one came to her phone, the rest is read."""
    boutique_id = shop.boutique.id
    held_out = number % 7 == 6
    async with services.database.tenant_connection(boutique_id) as conn:
        sent = await _send(conn, services, shop, rule, one, held_out=held_out)
        await past.happened(conn, boutique_id=boutique_id, at=one.at)
    if sent is None:
        return
    read = one.order_id is not None or number % 3 != 2
    async with services.database.tenant_connection(boutique_id) as conn:
        await past_offers.told(conn, send_id=sent.id, status="read" if read else "delivered")
        await past.happened(conn, boutique_id=boutique_id, at=one.at + timedelta(minutes=3))
    if read and (one.order_id is not None or number % 2):
        async with services.database.tenant_connection(boutique_id) as conn:
            await automation_links.record_open(
                conn, send_id=sent.id, opened_by="person", method="GET", agent=_A_PHONE
            )
            await past.happened(conn, boutique_id=boutique_id, at=one.at + timedelta(minutes=8))
    if one.order_id is not None:
        async with services.database.tenant_connection(boutique_id) as conn:
            await past_offers.sold(conn, send_id=sent.id, rule_id=rule.id, order_id=one.order_id)
            await past.happened(conn, boutique_id=boutique_id, at=one.at + timedelta(minutes=30))


async def _send(
    conn: Connection, services: Services, shop: Shop, rule: Rule, one: LeftOnce, *, held_out: bool
) -> Send | None:
    definition = RuleDefinition.model_validate(rule.definition)
    variant, _ = arm_of(definition, rule_id=rule.id, customer_id=one.customer_id)
    since = one.at - timedelta(minutes=definition.steps[0].after_minutes)
    [enrolment] = await automation_enrolments.enrol(
        conn,
        [
            NewEnrolment(
                rule_id=rule.id,
                customer_id=one.customer_id,
                subject_kind="cart",
                subject_id=one.cart_id,
                due_at=one.at,
                counted_from=since,
                facts={"event": "cart_abandoned", "of": "cart"},
                variant=variant,
                held_out=held_out,
            )
        ],
    )
    reason = "held_out" if held_out else None
    await automation_enrolments.end(conn, enrolment_id=enrolment, state="done", reason=reason)
    sent = None if held_out else await _write(conn, services, shop, rule, one, enrolment)
    await automation_decisions.add(
        conn,
        rule_id=rule.id,
        enrolment_id=enrolment,
        customer_id=one.customer_id,
        step=0,
        verdict="sent" if sent else "stopped",
        reason=reason,
        details={"channel": "whatsapp"} if sent else {},
        send_id=sent.id if sent else None,
    )
    return sent


async def _write(
    conn: Connection, services: Services, shop: Shop, rule: Rule, one: LeftOnce, enrolment: str
) -> Send | None:
    definition = RuleDefinition.model_validate(rule.definition)
    content = definition.steps[0].message
    known = await values.values_of(
        conn,
        shop.boutique,
        customer_id=one.customer_id,
        subject_kind="cart",
        subject_id=one.cart_id,
        facts={},
        content=content,
    )
    code = automation_sends.new_code()
    card = composing.compose(
        content,
        known,
        language=known.language,
        code=code,
        public_url=services.settings.web.public_url,
        window_open=True,
    )
    if isinstance(card, Lacks):
        return None
    new = NewSend(
        str(uuid4()), rule.id, rule.version, enrolment, one.customer_id, 0, None, "marketing",
        "whatsapp", code, f"/s/{shop.boutique.slug}/cart", "cart", one.cart_id,
    )  # fmt: skip
    sent = await automation_sends.add(conn, new)
    chat = await conversations.of_customer(
        conn, customer_id=one.customer_id, provider=shop.boutique.whatsapp_provider
    )
    message = await past_offers.put(
        conn,
        conversation_id=chat,
        provider=shop.boutique.whatsapp_provider,
        send_id=new.id,
        code=code,
        text=card.whatsapp.text,
    )
    await automation_sends.set_message(conn, send_id=new.id, message_id=message)
    return sent
