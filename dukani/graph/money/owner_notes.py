"""Queues notes to the owner: order paid, payment needs review, a customer wants a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from dukani.agent.facts import CallReason, Line
from dukani.agent.wording import owner, owner_replies, owner_requests
from dukani.agent.wording.owner_replies import File
from dukani.core.clients.storage import content_type_of
from dukani.core.media_links import expiring_link
from dukani.core.phone import mask_phone
from dukani.core.store import messages, owner_notices
from dukani.core.store.orders import Order
from dukani.core.store.payments import ReviewReason
from dukani.core.store.requests import RequestKind
from dukani.domain.alerts import AlertKind
from dukani.graph.context import Context
from dukani.graph.money.situation import situation_of
from dukani.graph.ordering.quote import fee_of
from dukani.graph.state import State
from dukani.tools import messaging
from dukani.tools.delivery_zones import Delivered
from dukani.tools.payments.judgement import Result

MOST_UNHEARD = 10  # notes about one customer in a day, after which voice notes are not told


async def paid_note(
    context: Context, order: Order, lines: Sequence[Line], receipt: str | None
) -> None:
    text = owner.paid_note(
        order.number,
        customer_name=context.customer.name,
        phone=context.customer.phone or "",
        lines=lines,
        total_minor=order.total_minor,
        address=order.address,
        note=order.note,
        zone=order.zone,
        fee_to_confirm=order.fee_to_confirm,
        receipt=receipt,
        currency=order.currency,
        language=context.boutique.language,
    )
    await _queue(context, text, alert="new_order")


async def pay_by_hand_note(context: Context, order: Order) -> None:
    """Once per order: the customer was promised that a person says how to pay."""
    if not await owner_notices.first_time(context.conn, about=f"pay_by_hand:{order.id}"):
        return
    text = owner.pay_by_hand_note(
        order.number,
        customer_name=context.customer.name,
        phone_masked=_masked(context),
        total_minor=order.total_minor,
        currency=order.currency,
        language=context.boutique.language,
        situation=await situation_of(context, {}, order),
    )
    await _queue(context, text)


async def review_note(
    context: Context,
    order: Order,
    reason: ReviewReason,
    *,
    result: Result | None = None,
    claimed: str | None = None,
) -> None:
    """`claimed`: the receipt number the customer sent."""
    text = owner.review_note(
        order.number,
        reason,
        claimed=claimed,
        said=_quoted(result) if result and reason == "unknown_result" else None,
        amount_minor=result.amount_minor if result else None,
        receipt=result.receipt if result else None,
        due_minor=order.total_minor,
        customer_name=context.customer.name,
        phone_masked=_masked(context),
        currency=order.currency,
        language=context.boutique.language,
        situation=await situation_of(context, {}, order),
    )
    await _queue(context, text, alert="payment_review")


async def request_note(
    context: Context, state: State, kind: RequestKind, words: str, *, order: Order | None = None
) -> None:
    text = owner_requests.request_note(
        kind,
        customer_name=context.customer.name,
        phone_masked=_masked(context),
        words=words,
        order_number=order.number if order else None,
        language=context.boutique.language,
        situation=await situation_of(context, state, order),
    )
    await _queue(context, text)


async def delivery_note(
    context: Context, order: Order, *, what: str, text: str, fee: Delivered | None = None
) -> None:
    """Only for a paid order: the owner knows no other. `fee`: the new one, if it differs."""
    if order.payment_status != "paid":
        return
    language = context.boutique.language
    text = owner_requests.delivery_note(order.number, what=what, text=text, language=language)
    if fee is not None:
        told = owner_requests.fee_note(
            paid_minor=fee_of(order),
            fee_minor=fee.fee_minor,
            currency=order.currency,
            language=language,
        )
        text = f"{text}\n{told}"
    await _queue(context, text)


async def loop_note(context: Context, last_words: str) -> None:
    text = owner.loop_note(
        customer_name=context.customer.name,
        phone_masked=_masked(context),
        last_words=last_words,
        language=context.boutique.language,
    )
    await messaging.queue_owner_note(context.conn, context.boutique, text)


async def handoff_note(context: Context, state: State, reason: CallReason, last_words: str) -> None:
    text = owner.handoff_note(
        customer_name=context.customer.name,
        phone_masked=_masked(context),
        reason=reason,
        last_words=last_words,
        language=context.boutique.language,
        situation=await situation_of(context, state),
    )
    await _queue(context, text, alert="person_wanted")


async def customer_wrote_note(context: Context, words: str, *, is_last: bool) -> None:
    """Forwards the customer's words to the owner, who answers this customer."""
    language = context.boutique.language
    who = owner_replies.customer_named(context.customer.name, _masked(context), language=language)
    text = owner_replies.customer_wrote_note(
        words, who=who, files=_files(context), is_last=is_last, language=language
    )
    await _queue(context, text)


async def unheard_note(context: Context) -> None:
    """Lets the owner listen to voice notes nobody could hear; up to MOST_UNHEARD in a day."""
    files = [file for file in _files(context) if file.kind == "voice"]
    since = datetime.now(UTC) - timedelta(days=1)
    told = await messages.notes_about(
        context.conn, conversation_id=context.conversation.id, since=since
    )
    if not files or told >= MOST_UNHEARD:
        return
    language = context.boutique.language
    who = owner_replies.customer_named(context.customer.name, _masked(context), language=language)
    await _queue(context, owner_replies.unheard_note(who, files, language=language))


def _files(context: Context) -> list[File]:
    """The files of the turn's messages that are kept, with links for the owner."""
    now = datetime.now(UTC)
    kept = [message.media_path for message in context.heard if message.media_path]
    return [
        File(
            kind="voice" if content_type_of(path).startswith("audio/") else "photo",
            link=expiring_link(context.services, path, now),
        )
        for path in kept
    ]


async def _queue(context: Context, text: str, *, alert: AlertKind | None = None) -> None:
    """Queues a note about the conversation: the owner's reply to the note reaches the customer.

    `alert`: the kind, of those that the owner may switch off.
    """
    about = context.conversation.id
    await messaging.queue_owner_note(context.conn, context.boutique, text, about=about, alert=alert)


def _quoted(result: Result) -> str:
    return f"{result.code}: {result.text}" if result.text else result.code


def _masked(context: Context) -> str:
    return mask_phone(context.customer.phone) if context.customer.phone else ""
