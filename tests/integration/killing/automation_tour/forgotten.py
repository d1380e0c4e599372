"""She stops, is erased and her browser forgotten: what is left is the keyed hash of her stop."""

from __future__ import annotations

import asyncio
from collections import Counter

from tests.integration.api.test_customer_records import found_anywhere
from tests.integration.killing.automation_tour.lines import heading, same, true
from tests.integration.killing.automation_tour.shopper import Shopper, link_in
from tests.integration.killing.automation_tour.town import CLOCK_S, Shop
from tests.integration.killing.tour_lines import Line

# What issue 18 keeps of a customer who was written to.
_GONE = (
    "automation_sends", "automation_enrolments", "automation_decisions", "automation_clicks",
    "visitor_customers", "window_carts", "consent_codes",
)  # fmt: skip


async def be_known(shop: Shop, her: Shopper) -> dict[str, str]:
    """She gets a message, reads and clicks it, and says stop; what is known of her then."""
    sent = await her.sent(within_s=CLOCK_S)
    await her.read()
    await shop.pass_time(0.1)
    await her.browser.get(link_in(sent.get("body") or "") or "/s/nobody")
    await her.write("stop offers")
    return {
        "customer": await her.customer_id(),
        "visitor": await her.anonymous_id(),
        "code": str(sent.get("code")),
        "phone": her.phone.lstrip("+"),
        "name": her.name,
    }


async def be_forgotten(shop: Shop, her: Shopper, known: dict[str, str]) -> list[Line]:
    hers = [known[one] for one in ("phone", "name", "visitor", "code")]
    before = await _tables(shop, hers)
    stops = len(await _stops(shop))
    report = await shop.call("POST", f"/customers/{known['customer']}/erase")
    await her.submit(f"/s/{shop.key}/privacy/forget")
    after = await _tables(shop, hers)
    still = await _tables(shop, [known["customer"]])
    removed = report["removed"]
    shown = await shop.call("GET", "/automations/timeline", params={"limit": 100})
    return [
        heading(f"{her.name} is erased, and her browser forgotten"),
        true("  tables that knew her before", len(before) > 5, dict(before)),
        same("  tables that know phone, name, visitor or code", {}, dict(after)),
        same("  tables with her id, which stands for nobody", {"customers", "audit_log"},
             {one.split(".")[1] for one in still} - {"customer_totals"}),
        true("  the report names what went", all(removed.get(one) for one in _GONE), removed),
        same("  stops that are remembered, as a keyed hash", stops + 1, len(await _stops(shop))),
        true("  the timeline knows her no more", not _shows(str(shown), hers)),
        true("  her browser has no number of ours", not await her.anonymous_id()),
    ]  # fmt: skip


def _shows(page: str, hers: list[str]) -> bool:
    return any(one in page for one in hers)


async def _tables(shop: Shop, secrets: list[str]) -> Counter[str]:
    found = await asyncio.to_thread(found_anywhere, shop.database, *secrets)
    return Counter(one.partition(":")[0] for one in found)


async def _stops(shop: Shop) -> list[dict[str, object]]:
    return await shop.rows(
        "select purpose from private.remembered_stops where boutique_id = %(shop)s"
    )
