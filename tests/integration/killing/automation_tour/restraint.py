"""A price that goes up and down makes one message, and one unit that came in one wave, in order."""

from __future__ import annotations

from collections.abc import Sequence

from tests.integration.killing.automation_tour.lines import heading, same, true
from tests.integration.killing.automation_tour.shopper import Shopper, link_in
from tests.integration.killing.automation_tour.town import Row, Shop, until
from tests.integration.killing.tour_lines import Line

WAVE = 3  # `listening.TOLD_PER_UNIT`


async def flap(shop: Shop, her: Shopper) -> list[Line]:
    """1,000 → 900 → 1,000 → 900, and once more after she was told."""
    piece = await _piece(shop, 0)
    await her.write("Hello")
    await her.open(f"/s/{shop.key}/p/{piece['sku']}")
    await her.ask_for_offers()
    await shop.pass_time(1)
    full, less = piece["price_minor"], piece["price_minor"] * 8 // 10 // 100 * 100
    for price in (less, full, less):
        await _price(shop, piece, price)

    async def enrolled() -> list[Row]:
        return await _enrolments(shop, [her])

    await until(enrolled)
    taken_up = len(await _enrolments(shop, [her]))
    await shop.pass_time(0.3)
    sent = await her.sent()
    for price in (full, less):
        await _price(shop, piece, price)

    async def ended() -> bool:
        return len(await _enrolments(shop, [her])) > taken_up

    await until(ended, within_s=15.0)
    await shop.pass_time(0.3)
    await _all_judged(shop)
    return [
        heading("A price goes down, up and down again"),
        same("  drops that were told", 3, len(await _drops(shop, piece))),
        same("  times that she was taken up for the first two", 1, taken_up),
        same("  she is told on", "whatsapp", sent.get("channel")),
        same("  messages after all of it", 1, len(await her.sends())),
        same("  copies on her phone", 1, sum(bool(link_in(one)) for one in await her.told())),
    ]


async def wait(shop: Shop, waiting: Sequence[Shopper]) -> Row:
    """A piece is sold out; each asks in the window to be told, one after the other."""
    piece = await _piece(shop, 1)
    await shop.set_stock(piece, 0)
    for one in waiting:
        await one.write("Hello")
        page = await one.open(f"/s/{shop.key}/p/{piece['sku']}")
        assert "/wait" in page, "the piece is not shown as sold out"
        await one.wait_for(piece["variant_id"], sku=piece["sku"])
    await shop.pass_time(1)
    return piece


async def come_back(shop: Shop, waiting: Sequence[Shopper], piece: Row) -> list[Line]:
    """One unit: so many are told at once, in order; the next later, if it is still there."""
    asked = await shop.rows(
        """select c.phone from stock_waits w
           join customers c on c.boutique_id = w.boutique_id and c.id = w.customer_id
           where w.boutique_id = %(shop)s and w.ended_at is null order by w.created_at"""
    )
    await shop.set_stock(piece, 1)

    async def told() -> bool:
        return len(await _sends(shop, waiting)) >= WAVE

    await until(told)
    await _all_judged(shop)
    first = await _sends(shop, waiting)
    await shop.set_stock(piece, 0)  # who came first has bought it
    await shop.pass_time(6.1)
    await _all_judged(shop)
    later = await _enrolments(shop, waiting[WAVE:])
    return [
        heading(f"One unit comes in, and {len(waiting)} wait for it"),
        same("  who waits, in order", [one.phone for one in waiting],
             [one["phone"] for one in asked]),
        same("  events of it", 1, len(await _back(shop, piece))),
        same("  told at once, in order", [one.phone for one in waiting[:WAVE]],
             [one["phone"] for one in first]),
        same("  the others, once it is sold again", [("stopped", "out_of_stock")] * 2,
             [(one["state"], one["reason"]) for one in later]),
        same("  messages of it after all", WAVE, len(await _sends(shop, waiting))),
        true("  who was told waits no more", len(await _still_waiting(shop)) == 2,
             await _still_waiting(shop)),
    ]  # fmt: skip


async def _piece(shop: Shop, nth: int) -> Row:
    """One of the shop's, with one of its variants."""
    found = await shop.rows(
        """select distinct on (p.sku) p.sku, p.id::text as id, p.price_minor,
             v.id::text as variant_id
           from products p
           join product_variants v on v.boutique_id = p.boutique_id and v.product_id = p.id
           where p.boutique_id = %(shop)s and p.active and not v.retired
           order by p.sku desc, v.id"""
    )
    return found[nth]


async def _price(shop: Shop, piece: Row, price: int) -> None:
    await shop.call(
        "PATCH",
        f"/products/{piece['id']}",
        json={"price_minor": price},
        headers={"if-match": "*"},
    )


async def _drops(shop: Shop, piece: Row) -> list[Row]:
    return await _events(shop, piece, "price_dropped")


async def _back(shop: Shop, piece: Row) -> list[Row]:
    return await _events(shop, piece, "back_in_stock")


async def _events(shop: Shop, piece: Row, kind: str) -> list[Row]:
    return await shop.rows(
        """select payload from domain_events where boutique_id = %(shop)s and kind = %(kind)s
           and subject_id = %(piece)s::uuid""",
        kind=kind, piece=piece["id"],
    )  # fmt: skip


async def _enrolments(shop: Shop, those: Sequence[Shopper]) -> list[Row]:
    return await shop.rows(
        """select e.state, e.reason, e.due_at from automation_enrolments e
           join customers c on c.boutique_id = e.boutique_id and c.id = e.customer_id
           where e.boutique_id = %(shop)s and c.phone = any(%(phones)s)
             and e.subject_kind = 'product'
           order by e.began_at""",
        phones=[one.phone for one in those],
    )


async def _sends(shop: Shop, those: Sequence[Shopper]) -> list[Row]:
    return await shop.rows(
        """select c.phone from automation_sends s
           join customers c on c.boutique_id = s.boutique_id and c.id = s.customer_id
           join automation_enrolments e
             on e.boutique_id = s.boutique_id and e.id = s.enrolment_id
           where s.boutique_id = %(shop)s and c.phone = any(%(phones)s)
           order by e.due_at, s.created_at""",
        phones=[one.phone for one in those],
    )


async def _still_waiting(shop: Shop) -> list[Row]:
    return await shop.rows(
        "select id from stock_waits where boutique_id = %(shop)s and ended_at is null"
    )


async def _all_judged(shop: Shop) -> None:
    async def judged() -> bool:
        due = await shop.rows(
            """select id from automation_enrolments where boutique_id = %(shop)s
               and state = 'active' and due_at <= now()"""
        )
        return not due

    await until(judged, within_s=90.0)
