"""From an opened page to a sale that is the message's: the whole way, in one shopper's steps."""

from __future__ import annotations

from typing import Any

from tests.integration.killing.automation_tour.lines import heading, said, same, true, within
from tests.integration.killing.automation_tour.shopper import Shopper, link_in
from tests.integration.killing.automation_tour.town import CLOCK_S, Row, Shop, until
from tests.integration.killing.tour_lines import Line

_FUNNEL = ("sent", "delivered", "read", "clicked", "converted")
PREVIEWS = "WhatsApp/2.24.20 A"


async def look_and_put_in(shop: Shop, her: Shopper) -> list[Line]:
    """Two pieces, and nothing that names her anywhere."""
    for piece in (await her.pieces())[:2]:
        await her.put_in(piece)
    visitor = await her.anonymous_id()
    told = await shop.rows(
        """select kind, count(*) as times from domain_events
           where boutique_id = %(shop)s and anonymous_id = %(visitor)s group by kind""",
        visitor=visitor,
    )
    cart = await shop.row(
        """select jsonb_array_length(lines) as lines, left_at from window_carts
           where boutique_id = %(shop)s and anonymous_id = %(visitor)s and ended_at is null""",
        visitor=visitor,
    )
    return [
        heading("She looks, and puts two pieces into her cart"),
        same("  events of her browser", {"add_to_cart": 2, "view_product": 2},
             {row["kind"]: row["times"] for row in told}),
        same("  pieces in her cart of the window", 2, cart.get("lines")),
        same("  it is nobody's, so it is not counted as left", None, cart.get("left_at")),
        same("  customers who have her number", "", await her.customer_id()),
        await _heard(shop, "view_product", 2),
        await _heard(shop, "add_to_cart", 2),
    ]  # fmt: skip


async def agree(shop: Shop, her: Shopper) -> list[Line]:
    """Proves her number by the code of her SMS, and ticks WhatsApp and SMS."""
    page = await her.ask_for_offers()
    code = "".join(one["text"] for one in await her.sms())
    customer = await her.customer_id()
    yes = await shop.rows(
        """select distinct on (purpose) purpose, granted, source, words from consents
           where boutique_id = %(shop)s and customer_id = %(her)s::uuid
           order by purpose, created_at desc""",
        her=customer or None,
    )
    joined = await shop.row(
        """select customer_id::text as her from visitor_customers
           where boutique_id = %(shop)s and anonymous_id = %(visitor)s""",
        visitor=await her.anonymous_id(),
    )
    return [
        heading("She asks for offers, by the code of an SMS"),
        said("  her SMS", "is your code for", code),
        true("  the page thanks her", 'class="told good"' in page, page[-400:]),
        same("  what she agreed to", {"marketing", "sms"},
             {one["purpose"] for one in yes if one["granted"]}),
        true("  in which words and where", all(
            "and by SMS" in (one["words"] or "") and one["source"] == "window" for one in yes
        ) and yes, yes),
        true("  her browser is hers", joined.get("her") == customer and customer, joined),
        await _heard(shop, "consent_changed", 2),
    ]  # fmt: skip


async def leave(shop: Shop, her: Shopper, rule: Row) -> list[Line]:
    """An hour passes; the clock tells of her cart, the rule takes it up, and she is written to."""
    await shop.pass_time(1.02)
    sent = await her.sent(within_s=CLOCK_S)
    customer = await her.customer_id()
    verdicts = await shop.rows(
        """select verdict, reason, step from automation_decisions where boutique_id = %(shop)s
           and rule_id = %(rule)s and customer_id = %(her)s::uuid order by id""",
        rule=rule["id"], her=customer or None,
    )  # fmt: skip
    return [
        heading("An hour passes"),
        await _heard(shop, "cart_abandoned", 1, customer_id=customer),
        same("  it was told as", 1, len(await _told(shop, customer, "cart_abandoned"))),
        same("  decided of her", ["enrolled", "sent"], [one["verdict"] for one in verdicts]),
        await _heard(shop, "automation_decided", 1, customer_id=customer, verdict="enrolled"),
        await _heard(shop, "automation_decided", 1, customer_id=customer, verdict="sent"),
        same("  sent on", "whatsapp", sent.get("channel")),
        within("  it came so far", ("delivered", "read"), sent.get("state")),
        same("  copies on her phone", 1, sum(bool(link_in(one)) for one in await her.told())),
    ]


async def preview(shop: Shop, her: Shopper, rule: Row) -> Row:
    """The message as the owner is shown it beforehand."""
    shown: Row = await shop.call(
        "POST",
        "/automations/preview",
        json={
            "content": rule["definition"]["steps"][0]["message"],
            "trigger": "cart_abandoned",
            "customer_id": await her.customer_id(),
        },
    )
    return shown


async def as_previewed(her: Shopper, shown: Row) -> list[Line]:
    """She got what the owner was shown, but for the link, which is her own."""
    got = (await her.sends())[0]["body"]
    whatsapp, sms = shown["whatsapp"] or {}, shown["sms"] or {}
    return [
        heading("The owner was shown it before"),
        same("  of her own cart", False, shown["is_example"]),
        same("  WhatsApp's card and her message", _linkless(whatsapp.get("text", "")),
             _linkless(got)),
        within("  segments of the SMS", (1, 2, 3), sms.get("segments")),
    ]  # fmt: skip


def _linkless(text: str) -> str:
    return " ".join(word for word in text.split() if "://" not in word)


async def read_and_click(shop: Shop, her: Shopper) -> list[Line]:
    """Her phone's preview and a scanner fetch the link before she does: only she counts."""
    await her.read()
    sent = await her.sent(state="read")
    path = link_in(sent.get("body") or "")
    await shop.pass_time(0.1)  # whoever fetches it as it leaves is a preview
    await shop.service.head(path, headers={"user-agent": PREVIEWS})
    await shop.service.get(path, headers={"user-agent": PREVIEWS})
    before = (await her.sends())[0]["clicked_at"]
    page = await her.browser.get(path)
    after = (await her.sends())[0]["clicked_at"]
    opened = await shop.rows(
        """select opened_by from automation_clicks where boutique_id = %(shop)s
           and send_id = %(send)s::uuid order by id""",
        send=sent.get("id"),
    )
    return [
        heading("She reads it, and follows its link"),
        same("  it came so far", "read", sent.get("state")),
        same("  clicked, after a preview and a HEAD", None, before),
        true("  clicked, after she did", after, opened),
        same("  who fetched it", ["preview", "person"], [one["opened_by"] for one in opened]),
        same("  it leads to her cart", f"/s/{shop.key}/cart", page.url.path),
        said("  with the message's name", f"utm_message_id={sent.get('code')}", str(page.url)),
        await _heard(shop, "automation_told", 1, what="read", subject_id=sent.get("id")),
        await _heard(shop, "automation_told", 1, what="clicked", subject_id=sent.get("id")),
    ]


async def buy(shop: Shop, her: Shopper, rule: Row) -> list[Line]:
    """M-Pesa is paid in the window, and the sale is the message's."""
    page = await her.order_in_the_window()
    sent = (await her.sends())[0]

    async def sold() -> Row:
        return await shop.row(
            """select c.came_by, c.amount_minor, o.utm_message_id, o.total_minor, o.payment_status
               from automation_conversions c
               join orders o on o.boutique_id = c.boutique_id and o.id = c.order_id
               where c.boutique_id = %(shop)s and c.send_id = %(send)s::uuid""",
            send=sent["id"],
        )

    sale = await until(sold)
    results = await shop.call("GET", f"/automations/rules/{rule['id']}/results")
    total = results["summary"]["total"]
    return [
        heading("She buys in the window, by M-Pesa"),
        said("  the page of her payment", "Paid. Thank you!", page),
        same("  the order names the message", sent["code"], sale.get("utm_message_id")),
        same("  the sale is of its link", "link", sale.get("came_by")),
        same("  and worth what she paid", sale.get("total_minor"), sale.get("amount_minor")),
        same(f"  results: {', '.join(_FUNNEL)}", await _counted(shop, rule),
             [total[one] for one in _FUNNEL]),
        same("  results: money", sale.get("amount_minor"),
             sum(one["amount_minor"] for one in results["summary"]["money"])),
        await _heard(shop, "automation_told", 1, what="converted", subject_id=sent["id"]),
    ]  # fmt: skip


async def _counted(shop: Shop, rule: Row) -> list[int]:
    """How many of the rule's messages came how far, counted one by one."""
    sends = await shop.rows(
        "select * from automation_sends where boutique_id = %(shop)s and rule_id = %(rule)s",
        rule=rule["id"],
    )
    return [sum(one[f"{what}_at"] is not None for one in sends) for what in _FUNNEL]


async def timeline(shop: Shop, her: Shopper) -> list[Line]:
    """Each step is on the page, in its order, under a masked number."""
    asked = {"customer_id": await her.customer_id(), "limit": 50}
    page = await shop.call("GET", "/automations/timeline", params=asked)
    whats = [f"{one['of']} {one['what']}" for one in reversed(page["items"])]
    wanted = [
        "event cart_abandoned", "decision enrolled", "decision sent", "message sent",
        "message delivered", "message read", "message clicked", "message converted",
    ]  # fmt: skip
    places = [whats.index(one) if one in whats else -1 for one in wanted]
    shown = {(one["customer"] or {}).get("phone") for one in page["items"]}
    return [
        heading("The timeline"),
        true("  has each step in its order", -1 not in places and places == sorted(places), whats),
        true("  shows no number in full", her.phone not in str(page) and shown, shown),
    ]


async def _told(shop: Shop, customer: str, kind: str) -> list[Row]:
    return await shop.rows(
        """select id from domain_events where boutique_id = %(shop)s and kind = %(kind)s
           and customer_id = %(her)s::uuid""",
        kind=kind, her=customer or None,
    )  # fmt: skip


async def _heard(shop: Shop, kind: str, times: int, **payload: Any) -> Line:
    async def enough() -> bool:
        return shop.stream.of(kind, **payload) >= times

    await until(enough, within_s=10.0)
    told = f" ({payload.get('what') or payload.get('verdict')})" if payload else ""
    return same(f"  on the stream: {kind}{told if 'None' not in told else ''}", times,
                shop.stream.of(kind, **payload))  # fmt: skip
