"""Shows a boutique's message on the phone and reports its statuses, for both providers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from dukani.sandbox.courier import Courier
from dukani.sandbox.faults import MessagingFaults
from dukani.sandbox.models import ChatMessage, Sms, Status
from dukani.sandbox.world import World

Report = Callable[[ChatMessage, Status], Awaitable[None]]
ReportSms = Callable[[Sms, Status], Awaitable[None]]


async def deliver(
    world: World,
    courier: Courier,
    faults: MessagingFaults,
    message: ChatMessage,
    *,
    media_url: str | None,
    unfetchable_code: str,
    report: Report,
) -> None:
    """Show a message with its picture, then report `sent` and `delivered`; or report `failed`."""
    chat = world.chat(message.account, message.contact)
    async with chat.outbound:
        failure = message.error
        if media_url and failure is None:
            found = await courier.fetch(media_url)
            failure = None if found else unfetchable_code
            message.media = world.store_file(*found).id if found else None
            if found and found[1] == "application/pdf":
                _as_document(message, media_url)
        failure = failure or _fault(faults, message.contact)
        if failure is None:
            world.add(message)
    if failure is not None:
        message.status, message.error = "failed", failure
        await report(message, "failed")
        return
    await _report_arrival(world, faults, message, report)


def _fault(faults: MessagingFaults, phone: str) -> str | None:
    """The code with which a message to this phone fails; None: it arrives."""
    if phone in faults.unreachable:
        return faults.unreachable_code
    return faults.fail_code if faults.take("fail_next") else None


async def deliver_sms(world: World, faults: MessagingFaults, sms: Sms, report: ReportSms) -> None:
    """Show an SMS, then report that it was sent and delivered; or report that it failed."""
    sms.error = sms.error or _fault(faults, sms.phone)
    if sms.error is not None:
        sms.status = "failed"
        await report(sms, "failed")
        return
    world.show_sms(sms)
    sms.status = "delivered"
    world.save_sms(sms)
    reached: tuple[Status, ...] = ("sent", "delivered")
    for status in reversed(reached) if faults.take("shuffle_next") else reached:
        await report(sms, status)


def _as_document(message: ChatMessage, media_url: str) -> None:
    """Twilio names a document by its address, and delivers no words beside it."""
    if message.kind != "document":
        message.text = ""
    message.kind = "document"
    message.filename = message.filename or urlsplit(media_url).path.rpartition("/")[2]


async def _report_arrival(
    world: World, faults: MessagingFaults, message: ChatMessage, report: Report
) -> None:
    reached: tuple[Status, ...] = ("sent", "delivered")
    for status in reached:
        world.advance(message, status)
    for status in reversed(reached) if faults.take("shuffle_next") else reached:
        await report(message, status)


async def read_all(world: World, account: str, contact: str, report: Report) -> None:
    """The contact opened the chat: delivered messages become `read`."""
    for message in list(world.chat(account, contact).messages.values()):
        unread = message.author == "boutique" and message.status == "delivered"
        if unread and world.advance(message, "read"):
            await report(message, "read")
