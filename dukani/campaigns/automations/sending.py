"""Writes one step's message to one customer: channel, words, contact, tokens, row and outbox.

All of it is in the caller's transaction; the outbox sends it after the commit, and asks consent and
stops once more then. Locks are taken in the order enrolment, identity, wallet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from dukani.campaigns import frequency
from dukani.campaigns.automations import paying, queueing
from dukani.campaigns.automations.cards import Card
from dukani.campaigns.automations.clauses import Lacks
from dukani.campaigns.automations.judging import HOLD, Case
from dukani.campaigns.automations.statuses import source_of
from dukani.campaigns.automations.targets import target_of
from dukani.campaigns.automations.ways import Ways
from dukani.campaigns.automations.writing_out import Draft, draft_of, written_by
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import automation_sends, conversations, marketing_contacts
from dukani.core.store.automation_rules import Rule
from dukani.core.store.automation_sends import Channel, NewSend, Send
from dukani.core.store.boutiques import Boutique
from dukani.core.store.messages import Message
from dukani.domain.automations import Reason

_CAPS: frozenset[Reason] = frozenset(("cooldown", "frequency_cap", "outranked"))


@dataclass(frozen=True, slots=True)
class NotSent:
    """`until`: when it is worth asking again; none: the step is passed over, or all is over."""

    reason: Reason
    until: datetime | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be sent. `passing`: caps that are not asked, `by` whom; `instead_of`: what failed.

    `only`: by this channel or not at all.
    """

    boutique: Boutique
    rule: Rule
    case: Case
    passing: frozenset[Reason] = frozenset()
    by: str | None = None
    instead_of: Send | None = None
    only: Channel | None = None


async def send(conn: Connection, services: Services, wanted: Wanted) -> Send | NotSent:
    """Queues it by the first channel on which it says something.

    A step that was sent on this channel before is never sent again.
    """
    draft = await draft_of(conn, wanted.boutique, wanted.case)
    outcome: Send | NotSent = no_way(draft.ways, wanted.case)
    for channel in draft.ways.open:
        if wanted.only in (None, channel):
            outcome = await _by(conn, services, wanted, draft, channel)
            if isinstance(outcome, Send) or outcome.reason != "no_content":
                return outcome
    return outcome


async def _by(
    conn: Connection, services: Services, wanted: Wanted, draft: Draft, channel: Channel
) -> Send | NotSent:
    enrolment = wanted.case.enrolment
    if await automation_sends.was_sent(
        conn, enrolment_id=enrolment.id, step=enrolment.step, channel=channel
    ):
        return NotSent("told_before")
    new = await _new_send(conn, wanted, draft, channel)
    card = await written_by(conn, services, wanted.boutique, draft, channel=channel, code=new.code)
    if isinstance(card, Lacks):
        return NotSent("no_content", details=(card.variable,))
    refused = await _reserve(conn, wanted, new.id)
    if refused is not None:
        return NotSent(refused)
    if channel == "whatsapp" and not await _pay(conn, wanted, draft, card, new.id):
        await frequency.release(conn, [source_of(new.id)])
        return NotSent("no_tokens")
    return await _queue(conn, wanted, draft, card, new)


def no_way(ways: Ways, case: Case) -> NotSent:
    """Held while nothing but her consent to SMS is missing; else there is no channel to her."""
    if ways.waits_for_consent:
        return NotSent("no_consent", until=case.now + HOLD)
    paused = "paused" in ways.closed.values()
    closed = tuple(f"{channel}:{why}" for channel, why in ways.closed.items())
    return NotSent("no_channel", until=case.now + HOLD if paused else None, details=closed)


async def _new_send(conn: Connection, wanted: Wanted, draft: Draft, channel: Channel) -> NewSend:
    enrolment = wanted.case.enrolment
    return NewSend(
        id=str(uuid4()),
        rule_id=wanted.rule.id,
        rule_version=wanted.rule.version,
        enrolment_id=enrolment.id,
        customer_id=enrolment.customer_id,
        step=enrolment.step,
        variant=enrolment.variant,
        send_class=wanted.case.definition.rule_class,
        channel=channel,
        code=automation_sends.new_code(),
        target=await target_of(conn, wanted.boutique, enrolment, draft.content),
        subject_kind=enrolment.subject_kind,
        subject_id=enrolment.subject_id,
        replaces_id=wanted.instead_of.id if wanted.instead_of else None,
        forced_by=wanted.by,
    )


async def _reserve(conn: Connection, wanted: Wanted, send_id: str) -> Reason | None:
    """Counts the contact in the policy of all marketing; why it may not be, if so."""
    identity = wanted.case.situation.identity
    if not wanted.case.is_marketing or identity is None:
        return None
    source = source_of(send_id)
    if wanted.passing & _CAPS:
        await marketing_contacts.lock(conn, identities=[identity])
        await marketing_contacts.reserve(conn, identities=[identity], sources=[source])
        return None
    return (await frequency.reserve(conn, [(source, identity)]))[source]


async def _pay(conn: Connection, wanted: Wanted, draft: Draft, card: Card, send_id: str) -> bool:
    return await paying.pay(
        conn,
        card,
        draft.template,
        send_id=send_id,
        marketing=wanted.case.is_marketing,
        phone=wanted.case.situation.phone,
    )


async def _queue(
    conn: Connection, wanted: Wanted, draft: Draft, card: Card, new: NewSend
) -> Send | NotSent:
    sent = await automation_sends.add(conn, new)
    if sent is None:
        return NotSent("told_before")  # held by the enrolment's lock: no other job does it
    queued = await _to_outbox(conn, wanted, draft, card, sent)
    if queued is None:
        raise LookupError(f"no SMS sender for send {sent.id}")  # was there a statement ago
    await automation_sends.set_message(conn, send_id=sent.id, message_id=queued.id)
    return sent


async def _to_outbox(
    conn: Connection, wanted: Wanted, draft: Draft, card: Card, sent: Send
) -> Message | None:
    if sent.channel == "sms":
        queued = await queueing.queue_as_sms(conn, wanted.boutique, sent, card)
        return queued if isinstance(queued, Message) else None
    chat = await conversations.get(
        conn,
        conversation_id=await conversations.of_customer(
            conn, customer_id=sent.customer_id, provider=wanted.boutique.whatsapp_provider
        ),
    )
    assert chat is not None, "it was found or made by the statement before"
    pieces = draft.values.pieces if draft.content.image == "pieces" else ()
    return await queueing.queue(conn, wanted.boutique, sent, card, chat, pieces=pieces)
