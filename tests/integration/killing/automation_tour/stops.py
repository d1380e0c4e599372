"""Three ways to stop: by SMS, by the link of an SMS, in the chat. Nothing goes after any."""

from __future__ import annotations

from typing import Any

from tests.integration.killing.automation_tour.lines import heading, said, same, true
from tests.integration.killing.automation_tour.shopper import Shopper, stop_link_in
from tests.integration.killing.automation_tour.town import CLOCK_S, Row, Shop, until
from tests.integration.killing.tour_lines import Line

_DONE = ("You get no more offers from", "Hutapata tena ofa za")
STOP = "ACHA"
TRIES = 4  # after them it is a while until the next
SCANNER = "Mozilla/5.0 (compatible; SafeLinks/1.0; +https://example.com/bot)"


async def by_sms(shop: Shop, her: Shopper) -> list[Line]:
    """While an offer waits to be sent, she replies in Swahili, which Twilio does not act on."""
    queued = await her.refused_for_now(TRIES)
    before = len(await her.sms())
    await her.reply_by_sms(STOP, sender=(await _sender(shop)))

    async def stopped() -> list[Row]:
        return await no_more(shop, her)

    withdrawn = await until(stopped)
    taken_back = await _taken_back(shop, her)
    offer = await her.sent(state="cancelled")
    after = await her.sms_after(before)
    await her.reply_by_sms(STOP, sender=(await _sender(shop)))
    again = await her.sms_after(before + len(after), patience_s=4.0)
    return [
        heading(f"Chebet replies {STOP} to an SMS, while an offer to her is queued"),
        same("  what waited", ("sms", "queued"), (queued.get("channel"), queued.get("state"))),
        same("  withdrawn, and where", [("marketing", "sms"), ("sms", "sms")],
             [(one["purpose"], one["source"]) for one in withdrawn]),
        *taken_back,
        same("  the offer, when it would be tried again", ("cancelled", "failed"),
             (offer.get("state"), offer.get("message_status"))),
        said("  she is told once", "no more SMS" if len(after) == 1 else "once",
             " / ".join(one["text"] for one in after)),
        same("  and not again at a second one", 0, len(again)),
    ]  # fmt: skip


async def by_link(shop: Shop, her: Shopper) -> list[Line]:
    """A scanner that fetches the link stops nothing; her button does."""
    texts = [one["text"] for one in await her.sms()]
    path = next((found for text in texts if (found := stop_link_in(text))), "/o/000000000000")
    before = len(texts)
    await shop.service.get(path, headers={"user-agent": SCANNER})
    await her.open(path)
    looked = await no_more(shop, her)
    page = await her.submit(path)
    withdrawn = await no_more(shop, her)
    again = await her.submit(path)
    return [
        heading("Juma follows the opt-out link of an SMS"),
        same("  withdrawn by looking at it", [], looked),
        same("  withdrawn by the button, and where",
             [("marketing", "opt_out_link"), ("sms", "opt_out_link")],
             [(one["purpose"], one["source"]) for one in withdrawn]),
        true("  the page tells", any(words in page for words in _DONE), page[-300:]),
        true("  a second time it says that it was so", again != page),
        *await _taken_back(shop, her),
        same("  SMS that tell of it", 0, len(await her.sms()) - before),
    ]  # fmt: skip


async def in_the_chat(shop: Shop, her: Shopper) -> list[Line]:
    """She got the first message, and writes that she wants no more."""
    sent = await her.sent(within_s=CLOCK_S)
    told = await her.write("stop offers")
    withdrawn = await no_more(shop, her)
    again = await her.write("stop offers")
    opted_out = (await her.sends())[0]["opted_out_at"] if sent else None
    return [
        heading("Halima writes in the chat that she wants no more offers"),
        same("  withdrawn", ["marketing"], [one["purpose"] for one in withdrawn]),
        *await _taken_back(shop, her),
        same("  she is told once", 1, len(told)),
        true("  and not the same again", told != again, again),
        true("  the message knows that she stopped at it", opted_out),
    ]


async def nothing_more(shop: Shop, *those: Shopper) -> list[Line]:
    """The day of the next step comes, and nothing goes to any of them."""
    before = [len(await one.sends()) for one in those]
    sms = [len(await one.sms()) for one in those]
    chats = [len(await one.told()) for one in those]
    await shop.pass_time(25)

    async def due() -> bool:
        found = await shop.rows(
            """select id from automation_enrolments where boutique_id = %(shop)s
               and state = 'active' and due_at <= now()"""
        )
        return not found

    judged = await until(due)
    return [
        heading(f"A day passes at {shop.key.title()}"),
        true("  all that was due is judged", judged),
        same("  messages of rules since", before, [len(await one.sends()) for one in those]),
        same("  SMS since", sms, [len(await one.sms()) for one in those]),
        same("  WhatsApp messages since", chats, [len(await one.told()) for one in those]),
    ]


async def no_more(shop: Shop, her: Shopper) -> list[Row]:
    """What she has withdrawn."""
    return await shop.rows(
        """select purpose, source from (
             select distinct on (n.purpose) n.purpose, n.source, n.granted from consents n
             join customers c on c.boutique_id = n.boutique_id and c.id = n.customer_id
             where n.boutique_id = %(shop)s and c.phone = %(of)s
             order by n.purpose, n.id desc) latest
           where not granted order by purpose""",
        of=her.phone,
    )


async def _taken_back(shop: Shop, her: Shopper) -> list[Line]:
    enrolments = await shop.rows(
        """select e.state, e.reason from automation_enrolments e
           join customers c on c.boutique_id = e.boutique_id and c.id = e.customer_id
           where e.boutique_id = %(shop)s and c.phone = %(of)s""",
        of=her.phone,
    )
    queued = await shop.rows(
        """select m.id from messages m
           join conversations v on v.boutique_id = m.boutique_id and v.id = m.conversation_id
           join customers c on c.boutique_id = v.boutique_id and c.id = v.customer_id
           where m.boutique_id = %(shop)s and c.phone = %(of)s and m.status = 'queued'
             and m.reference like 'automation:%%'""",
        of=her.phone,
    )
    return [
        same("  the next steps are off", [("stopped", "opted_out")],
             [(one["state"], one["reason"]) for one in enrolments]),
        same("  nothing of the rules is queued", 0, len(queued)),
    ]  # fmt: skip


async def hold_sms_back(shop: Shop) -> None:
    """Twilio has no time for the next SMS, so that it stays with us for a while."""
    faults: dict[str, Any] = {"twilio_sms": {"error_next": TRIES, "error_code": "20429"}}
    (await shop.sandbox.post("/faults", json=faults)).raise_for_status()


async def _sender(shop: Shop) -> str:
    found = await shop.row(
        """select account from provider_credentials
           where boutique_id = %(shop)s and provider = 'twilio_sms'"""
    )
    return str(found["account"])
