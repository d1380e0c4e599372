"""Reads from Twilio's message list the messages that came while our webhooks were down.

Twilio posts each message once. A listed message that we lack is recorded by the webhook's own
function, so it is stored once however it comes. Meta retries its webhooks for days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from dukani.core.clients.twilio import TwilioAccount
from dukani.core.clients.twilio_inbox import TwilioInbox, received_at
from dukani.core.errors import ConfigurationError, ProviderError
from dukani.core.services import Services
from dukani.core.store import credentials, messages, webhook_events
from dukani.core.store.credentials import ListedNumber
from dukani.tools.sending_rules import WINDOW
from dukani.webhooks.bodies import digest
from dukani.webhooks.dependencies import Webhooks
from dukani.webhooks.directory import Directory, InboundNumber
from dukani.webhooks.inbound import Aside, Inbound, InboundMessage
from dukani.webhooks.limits import Limits
from dukani.webhooks.record import record
from dukani.webhooks.twilio_reading import read_form

log = structlog.get_logger()

# A message just received is on its way to our webhook, which tells more than the list.
SETTLED = timedelta(seconds=30)
OVERLAP = timedelta(minutes=5)  # the list dates by the second, and is not always in order


async def read_missed_messages(services: Services, *, settled: timedelta = SETTLED) -> int:
    """Record the messages that Twilio has and we lack, for all boutiques; their number."""
    async with services.database.system_connection() as conn:
        numbers = await credentials.numbers(conn, provider="twilio")
    webhooks = Webhooks(services, Directory(services), Limits())
    found = [await _read_or_leave(webhooks, number, settled=settled) for number in numbers]
    if any(found):
        log.warning("missed_messages_recorded", messages=sum(found))
    return sum(found)


async def _read_or_leave(webhooks: Webhooks, listed: ListedNumber, *, settled: timedelta) -> int:
    """Read one number; a failure is logged, and the next run reads from the same time on."""
    try:
        number = await webhooks.directory.find("twilio", listed.account)
        if not isinstance(number, InboundNumber):
            return 0
        return await _read(webhooks, listed, number, settled=settled)
    except (ProviderError, ConfigurationError) as error:
        log.warning("missed_messages_not_read", boutique=listed.boutique_id, reason=str(error))
        return 0


async def _read(
    webhooks: Webhooks, listed: ListedNumber, number: InboundNumber, *, settled: timedelta
) -> int:
    now = datetime.now(UTC)
    # Older messages are outside the 24-hour window and could not be answered.
    since = max(now - WINDOW, listed.read_until - OVERLAP, listed.created_at)
    inbox = _inbox(webhooks.services, number)
    rows = [
        row
        async for row in inbox.received_since(since.replace(microsecond=0))
        if received_at(row) <= now - settled
    ]
    missed = await _unknown(webhooks, listed.boutique_id, rows)
    for row in reversed(missed):  # the oldest first, as they were written
        received = await inbox.posted_form(row)
        item = read_form(received.form, message_id=None, digest=digest(repr(row).encode()))
        await record(
            webhooks,
            number,
            await _with_time_received(webhooks, number, item, received.received_at),
        )
    async with webhooks.services.database.system_connection() as conn:
        await credentials.note_read(
            conn, boutique_id=listed.boutique_id, provider="twilio", until=now - settled
        )
    return len(missed)


async def _unknown(
    webhooks: Webhooks, boutique_id: str, rows: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    async with webhooks.services.database.tenant_connection(boutique_id) as conn:
        known = await webhook_events.known(
            conn, provider="twilio", event_keys=[str(row["sid"]) for row in rows]
        )
    return [row for row in rows if str(row["sid"]) not in known]


async def _with_time_received(
    webhooks: Webhooks, number: InboundNumber, item: Inbound, received_at: datetime
) -> Inbound:
    """The item with the time Twilio received it, which sets its order and the 24-hour window.

    A text that the customer sent again since has been answered: it is stored and not acted on.
    """
    if not isinstance(item, InboundMessage):
        return item
    if item.kind == "text" and await _was_written_again(webhooks, number, item, received_at):
        return Aside(
            provider=item.provider,
            account=item.account,
            event_key=item.event_key,
            raw=item.raw,
            kind="message",
            outcome="ignored",
        )
    return item.model_copy(update={"sent_at": received_at})


async def _was_written_again(
    webhooks: Webhooks, number: InboundNumber, item: InboundMessage, received_at: datetime
) -> bool:
    async with webhooks.services.database.tenant_connection(number.boutique.id) as conn:
        return await messages.has_said_since(
            conn,
            phone=item.phone,
            wa_user_id=item.wa_user_id,
            body=item.text,
            since=received_at,
        )


def _inbox(services: Services, number: InboundNumber) -> TwilioInbox:
    secrets = number.credentials.secrets
    try:
        account = TwilioAccount(
            secrets["account_sid"], secrets["auth_token"], number.credentials.account
        )
    except KeyError as missing:
        raise ConfigurationError(f"the twilio credentials lack {missing}") from missing
    settings = services.settings.twilio
    return TwilioInbox(services.http, settings.base_url, account, timeout_s=settings.timeout_s)
