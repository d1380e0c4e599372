"""Delivers a partition's queued messages (the outbox) in order, one at a time.

Each message takes two short transactions around the provider's call: one claims it by marking it
`sending` (for a turn's first reply the turn does that), one records the outcome. No transaction is
open while the provider answers.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog

from dukani.core.channels import Channel
from dukani.core.clients.messenger import (
    LinkButton,
    ListRow,
    Messenger,
    OutboundMessage,
    Products,
    ProductSection,
    ReplyButton,
    Sent,
)
from dukani.core.clients.templates import template_of
from dukani.core.database import Connection
from dukani.core.errors import ConfigurationError, ProviderError, ProviderUnclear
from dukani.core.jobs import Partition, defer_delivery, defer_later_delivery
from dukani.core.media_links import media_link
from dukani.core.observability import metrics
from dukani.core.observability.following import following_on
from dukani.core.observability.measuring import outcome_of
from dukani.core.services import Services
from dukani.core.store import outbox, sending_paces
from dukani.core.store.credentials import Credentials
from dukani.core.store.messages import Message
from dukani.core.store.outbox import SendingAccount, Waiting
from dukani.tools.collage import options_picture
from dukani.tools.messengers import (
    CAN_BE_ASKED,
    TELLS_NOTHING,
    marketing_interval,
    messenger_of,
)
from dukani.tools.refusals import note_given_up, note_mended, tell_owner, was_held
from dukani.tools.rewording import reworded
from dukani.tools.sending_rules import (
    HOLD_WAIT,
    Move,
    is_of_before,
    is_window_open,
    judge,
    needs_pacing,
    next_move,
)

log = structlog.get_logger()

LONGEST_DELIVERY_S = 60.0  # then the rest is left to another job, so that other partitions get on
CLOCKS_DIFFER_BY = timedelta(seconds=5)  # ours and a provider's, at most


@dataclass(frozen=True, slots=True)
class ClaimedMessage:
    """A message this worker may send, or whose picture or rewording it must make first."""

    message: Message
    sender: SendingAccount
    messenger: Messenger
    lacks_picture: bool = False
    lacks_words: bool = False  # must be reworded first
    again: bool = False  # an earlier attempt may have reached the provider


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of handling a claimed message: sent, error, or the picture or words made."""

    message: Message
    sent: Sent | None = None
    error: ProviderError | None = None
    picture: str | None = None
    words: str | None = None


async def deliver(
    services: Services,
    *,
    boutique_id: str,
    conversation_id: str | None = None,
    channel: Channel = "whatsapp",
    claimed: ClaimedMessage | None = None,
) -> None:
    """Sends the partition's messages, `claimed` first if the caller has claimed one.

    Defers another delivery for messages that must wait.
    """
    partition = Partition(boutique_id, conversation_id, channel)
    over_at = time.monotonic() + LONGEST_DELIVERY_S
    if claimed is None:
        async with services.database.tenant_connection(boutique_id) as conn:
            claimed = await claim_next(conn, services, partition)
    while claimed is not None:
        message = claimed.message
        with following_on(message.trace_id, message=message.id, about=message.reference):
            outcome = await _handle(services, partition, claimed)
            in_time = time.monotonic() < over_at
            claimed = await _record_and_claim_next(services, partition, outcome, in_time=in_time)


def messenger_for_reply(services: Services, sender: SendingAccount) -> Messenger | None:
    """The messenger if a turn's reply can be sent right after the commit; else None.

    None means that `claim_next` must decide: stopped customer, resting number, closed window, a
    restored shop.
    """
    window_open = is_window_open(sender.last_inbound_at, datetime.now(UTC))
    if sender.opted_out or sender.rests_s or not window_open or sender.secrets is None:
        return None
    if is_of_before(sender):
        return None
    return _messenger(services, sender)


def claimed_reply(
    replies: Sequence[Message], sender: SendingAccount, messenger: Messenger
) -> ClaimedMessage | None:
    """The reply that a turn claimed when queueing it, as a row before its first attempt."""
    return next(
        (
            ClaimedMessage(replace(message, status="queued", attempts=0), sender, messenger)
            for message in replies
            if message.status == "sending"
        ),
        None,
    )


async def claim_next(
    conn: Connection, services: Services, partition: Partition
) -> ClaimedMessage | None:
    """Claims the partition's first message; None if no message can be sent now.

    After the commit the caller must pass the claimed message to `deliver`.
    """
    while waiting := await outbox.next_to_send(
        conn, conversation_id=partition.conversation_id, channel=partition.channel
    ):
        message, sender, hold_s = waiting
        move = _next_move(services, message, sender)
        if move.do == "send" and message.status == "queued" and sender.rests_s:
            move = Move("wait", wait=timedelta(seconds=sender.rests_s))
        if move.do == "wait":
            await defer_delivery(conn, partition, delay=move.wait)
            return None
        if move.do == "send" and await _must_wait_for_pace(conn, services, partition, waiting):
            continue
        if move.do != "fail" and hold_s > 0:
            # A deferred job waits, not this worker's slot; later messages do not overtake this one.
            await defer_delivery(conn, partition, delay=timedelta(seconds=hold_s))
            return None
        if move.do != "fail":
            return await _claim(conn, services, partition, waiting, again=move.do == "send_again")
        log.warning("message_given_up", message=message.id, code=move.code)
        await outbox.mark_failed(conn, message_id=message.id, error_code=move.code)
    return None


async def _must_wait_for_pace(
    conn: Connection, services: Services, partition: Partition, waiting: Waiting
) -> bool:
    """Whether a marketing message must wait for its paced sending time; others go before it."""
    message, sender, _ = waiting
    if not needs_pacing(message):
        return False
    wait = await sending_paces.take_moment(
        conn,
        message_id=message.id,
        provider=sender.provider,
        each=marketing_interval(services.settings, sender.provider),
    )
    if not wait:
        return False
    await defer_later_delivery(conn, partition, message_id=message.id, delay=wait, bulk=True)
    return True


def _next_move(services: Services, message: Message, sender: SendingAccount) -> Move:
    now = datetime.now(UTC)
    # Notes have no 24-hour window here, since we do not track when the owner last wrote.
    is_note = message.recipient is not None
    window_open = is_note or is_window_open(sender.last_inbound_at, now)
    return next_move(
        message,
        now=now,
        window_open=window_open,
        opted_out=sender.opted_out,
        may_market=sender.may_market,
        may_sms=sender.may_sms,
        up_since=None if sender.provider in CAN_BE_ASKED else services.started_at,
        can_be_asked=sender.provider in CAN_BE_ASKED,
        tells_ours=sender.provider not in TELLS_NOTHING,
        taken_over_at=sender.taken_over_at,
        restored=is_of_before(sender),
    )


async def _claim(
    conn: Connection, services: Services, partition: Partition, waiting: Waiting, *, again: bool
) -> ClaimedMessage | None:
    message, sender, _ = waiting
    messenger = _messenger(services, sender)
    if messenger is None:
        await defer_delivery(conn, partition, delay=HOLD_WAIT)
        return None
    if message.kind == "options" and message.media_path is None:
        # Drawn before the message is marked: if a worker dies meanwhile, nothing has been sent.
        return ClaimedMessage(message, sender, messenger, lacks_picture=True)
    if message.wording is not None and services.reworder is not None:
        return ClaimedMessage(message, sender, messenger, lacks_words=True)
    if not await outbox.mark_sending(conn, message=message, again=again):
        return None
    return ClaimedMessage(message, sender, messenger, again=again)


def _messenger(services: Services, sender: SendingAccount) -> Messenger | None:
    """The boutique's messenger; None, with a log line, if its credentials are incomplete."""
    try:
        if sender.account is None or sender.secrets is None:
            raise ConfigurationError("no credentials for this provider")
        keys = Credentials(sender.provider, sender.account, services.secrets.open(sender.secrets))
        return messenger_of(services, keys)
    except ConfigurationError as error:
        log.error("delivery_held", boutique=sender.slug, reason=str(error))
        return None


async def _handle(services: Services, partition: Partition, claimed: ClaimedMessage) -> Outcome:
    if claimed.lacks_picture:
        return Outcome(claimed.message, picture=await _draw_options(services, partition, claimed))
    if claimed.lacks_words:
        return Outcome(claimed.message, words=await reworded(services, claimed.message))
    outbound = await _outbound(services, claimed)
    try:
        sent = await _sent_before(services, partition, claimed, outbound) if claimed.again else None
        sent = sent or await claimed.messenger.send(outbound)
    except ProviderError as error:
        _count(claimed.message, error)
        return Outcome(claimed.message, error=error)
    _count(claimed.message)
    return Outcome(claimed.message, sent=sent)


def _count(message: Message, error: ProviderError | None = None) -> None:
    outcome = outcome_of(error)
    metrics.MESSAGES_OUT.labels(message.channel, message.purpose, outcome).inc()
    log.debug("message_handed_over", message=message.id, outcome=outcome)


async def _sent_before(
    services: Services, partition: Partition, claimed: ClaimedMessage, outbound: OutboundMessage
) -> Sent | None:
    """The result of an earlier attempt, if the provider lists the message after all.

    Raises ProviderUnclear if the provider cannot be asked now, so that the message is not sent
    twice.
    """
    since = claimed.message.created_at - CLOCKS_DIFFER_BY
    try:
        taken = await claimed.messenger.taken_since(outbound, since)
    except ProviderError as error:
        raise ProviderUnclear(f"not asked ({error})", provider=error.provider) from error
    async with services.database.tenant_connection(partition.boutique_id) as conn:
        ids = [sent.provider_id for sent in taken]
        unknown = await outbox.unknown(conn, provider_ids=ids)
    return Sent(unknown[0]) if unknown else None


async def _draw_options(
    services: Services, partition: Partition, claimed: ClaimedMessage
) -> str | None:
    """The picture's path; None if it cannot be made, and then the text is sent alone."""
    try:
        return await options_picture(
            services,
            boutique_id=partition.boutique_id,
            currency=claimed.sender.currency,
            options=claimed.message.payload["options"],
        )
    except Exception:  # the reply must not wait for a picture that cannot be made
        log.exception("options_picture_failed", message=claimed.message.id)
        return None


async def _outbound(services: Services, claimed: ClaimedMessage) -> OutboundMessage:
    message = claimed.message
    rows = message.payload.get("rows") if message.kind == "list" else None
    buttons = message.payload.get("buttons") if message.kind == "buttons" else None
    picture = await media_link(services, message.media_path) if message.media_path else None
    template = message.template and template_of(message.template, header_image_url=picture)
    return OutboundMessage(
        to=message.recipient or claimed.sender.to or "",
        text=message.body,
        media_url=None if template else picture,
        options=tuple(ListRow(**row) for row in rows or ()),
        list_button=message.payload.get("list_button", "Options"),
        buttons=tuple(ReplyButton(**button) for button in buttons or ()),
        link_button=LinkButton(**message.payload["link"]) if message.kind == "link" else None,
        reply_to=message.reply_to,
        callback_data=message.id,
        template=template or None,
        products=_products(message),
        document_name=message.payload.get("filename") if message.kind == "document" else None,
    )


def _products(message: Message) -> Products | None:
    if message.kind != "products":
        return None
    told = message.payload["products"]
    sections = tuple(
        ProductSection(section["title"], tuple(section["retailer_ids"]))
        for section in told["sections"]
    )
    return Products(
        told["catalog_id"], sections, told.get("header", ""), carousel=told.get("carousel", False)
    )


async def _record_and_claim_next(
    services: Services, partition: Partition, outcome: Outcome, *, in_time: bool
) -> ClaimedMessage | None:
    """Records a message's outcome and claims the partition's next message, if one can be sent now.

    Unless `in_time`, the rest is deferred to another job, behind those of other partitions.
    """
    database, sent = services.database, outcome.sent
    if sent is not None:
        at_once = database.at_once(partition.boutique_id)
        message_id, mended = outcome.message.id, was_held(outcome.message)
        more = await outbox.mark_sent(at_once, message_id=message_id, provider_id=sent.provider_id)
        if not more and not mended:
            return None
    async with database.tenant_connection(partition.boutique_id) as conn:
        if sent is not None and was_held(outcome.message):
            await note_mended(conn, partition)
        more = sent is not None or await _record_unsent(conn, partition, outcome)
        if more and not in_time:
            await defer_delivery(conn, partition)
            return None
        return await claim_next(conn, services, partition) if more else None


async def _record_unsent(conn: Connection, partition: Partition, outcome: Outcome) -> bool:
    """Records why a message was not sent; returns whether the partition can send more now."""
    message = outcome.message
    if outcome.error is None and message.wording is not None:
        await outbox.set_words(conn, message_id=message.id, body=outcome.words)
        return True
    if outcome.error is None:
        await _note_picture(conn, message, outcome.picture)
        return True
    if isinstance(outcome.error, ProviderUnclear) and outcome.error.code is None:
        # The row stays `sending` without a code, so the sending rules wait for a status callback.
        log.warning("message_unclear", message=message.id, reason=str(outcome.error))
        return True
    return await _note_refusal(conn, partition, message, outcome.error)


async def _note_picture(conn: Connection, message: Message, path: str | None) -> None:
    if path is None and not message.body:
        await outbox.mark_failed(conn, message_id=message.id, error_code="no_picture")
        return
    await outbox.set_picture(conn, message_id=message.id, media_path=path)


async def _note_refusal(
    conn: Connection, partition: Partition, message: Message, error: ProviderError
) -> bool:
    consequence = judge(error, message, now=datetime.now(UTC))
    if consequence.wait is None:
        log.warning(
            "message_given_up", message=message.id, code=consequence.code, reason=str(error)
        )
        await outbox.mark_failed(conn, message_id=message.id, error_code=consequence.code)
        told_by = f"{message.provider}_answer"
        await note_given_up(conn, message, code=consequence.code, told_by=told_by)
        return True
    tell = log.error if consequence.held else log.warning
    tell(
        "message_waits", message=message.id, code=consequence.code, wait_s=consequence.wait.seconds
    )
    await outbox.mark_refused(conn, message_id=message.id, error_code=consequence.code)
    await defer_delivery(conn, partition, delay=consequence.wait)
    if consequence.held:
        await tell_owner(conn, partition, message, code=consequence.code)
    return False
