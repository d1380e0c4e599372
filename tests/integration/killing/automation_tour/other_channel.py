"""By SMS where WhatsApp is paused or does not reach her; never around WhatsApp's own limits."""

from __future__ import annotations

import asyncio
from typing import Any

from dukani.core.sms_segments import segments
from tests.integration.killing.automation_tour.lines import heading, said, same, true, within
from tests.integration.killing.automation_tour.shopper import Shopper, link_in, stop_link_in
from tests.integration.killing.automation_tour.town import CLOCK_S, Shop
from tests.integration.killing.tour_lines import Line

TWO_LOOKS_S = 12.0  # of the clock that finds what is due


async def leave_a_cart(her: Shopper, *, by_sms: bool = False) -> None:
    """In the window; she wrote in the chat once, and agreed to SMS as well, or to them first."""
    if not by_sms:
        await her.write("Hello")
    await her.put_in((await her.pieces())[0])
    await her.ask_for_offers(where="sms" if by_sms else "both")


async def unreachable(shop: Shop, her: Shopper, code: str) -> None:
    """From now on what is sent to her on WhatsApp fails with this code."""
    faults = {"meta": {"unreachable": [her.phone], "unreachable_code": code}}
    (await shop.sandbox.post("/faults", json=faults)).raise_for_status()


async def replaced(shop: Shop, her: Shopper) -> list[Line]:
    """The number is not on WhatsApp: one SMS goes in the message's place."""
    sms = await her.sent(2, within_s=CLOCK_S)
    await asyncio.sleep(TWO_LOOKS_S)
    sends = await her.sends()
    first = sends[0] if sends else {}
    offers = await _offers(her)
    told = await _of(shop, her, "sent")
    return [
        heading("Fatuma's number is not on WhatsApp"),
        same("  WhatsApp's message", ("whatsapp", "failed", "131026"), _outcome(first)),
        same("  in its place", "sms", sms.get("channel")),
        within("  it came so far", ("delivered",), sms.get("state")),
        true("  it says which it replaces", str(sms.get("replaces_id")) == first.get("id")),
        same("  SMS on her phone", 1, len(offers)),
        same("  and none more", 2, len(sends)),
        same("  decided", ["whatsapp", "sms"], [one["details"].get("channel") for one in told]),
        same("  why", "131026", (told[-1]["details"] if told else {}).get("instead_of")),
    ]


async def not_replaced(shop: Shop, her: Shopper) -> list[Line]:
    """WhatsApp holds back what she gets too much of: an SMS would only go around that."""
    failed = await her.sent(1, state="failed", within_s=CLOCK_S)
    await asyncio.sleep(TWO_LOOKS_S)
    return [
        heading("WhatsApp holds back marketing to Asha"),
        same("  WhatsApp's message", ("whatsapp", "failed", "131049"), _outcome(failed)),
        same("  messages of rules to her", 1, len(await her.sends())),
        same("  SMS on her phone", 0, len(await _offers(her))),
    ]


async def paused(shop: Shop, her: Shopper) -> list[Line]:
    """The owner has paused WhatsApp: the next goes by SMS, with the way out in it."""
    sent = await her.sent(within_s=CLOCK_S)
    offers = await _offers(her)
    text = offers[-1]["text"] if offers else ""
    counted = segments(text) if text else None
    return [
        heading("The owner pauses WhatsApp; Juma is written to by SMS"),
        same("  it went on", ("sms", "delivered"), (sent.get("channel"), sent.get("state"))),
        same("  SMS on his phone", 1, len(offers)),
        said("  with the link of the message", f"/l/{sent.get('code')}", link_in(text) or text),
        said("  and the one that stops", f"/o/{sent.get('code')}", stop_link_in(text) or text),
        within("  segments", (1, 2, 3), counted.count if counted else 0),
        same("  as many as the network counts", counted.count if counted else 0,
             offers[-1]["segments"] if offers else None),
        same("  rules' messages in the chat", 0, sum(bool(link_in(t)) for t in await her.told())),
    ]  # fmt: skip


async def _offers(her: Shopper) -> list[dict[str, Any]]:
    return [one for one in await her.sms() if link_in(one["text"])]


async def _of(shop: Shop, her: Shopper, verdict: str) -> list[dict[str, Any]]:
    return await shop.rows(
        """select d.details, d.reason from automation_decisions d
           join customers c on c.boutique_id = d.boutique_id and c.id = d.customer_id
           where d.boutique_id = %(shop)s and c.phone = %(of)s and d.verdict = %(verdict)s
           order by d.id""",
        of=her.phone, verdict=verdict,
    )  # fmt: skip


def _outcome(send: dict[str, Any]) -> tuple[Any, Any, Any]:
    return send.get("channel"), send.get("state"), send.get("error_code")
