"""She leaves a cart in the chat, answers "ndiyo" to the message about it, and pays."""

from __future__ import annotations

import asyncio
import re

from tests.integration.killing.automation_tour.lines import heading, same, true
from tests.integration.killing.automation_tour.shopper import Shopper
from tests.integration.killing.automation_tour.town import CLOCK_S, Row, Shop, until
from tests.integration.killing.tour_lines import Line

TURNS = 12
# What she answers, in the order in which it is looked for.
_ANSWERS: tuple[tuple[str, str], ...] = (
    (r"Which M-Pesa number|[Nn]amba gani ya M-Pesa|Kenyan number|namba ya Kenya", "payer"),
    (r"Where shall we deliver|wapi", "Kilimani, Rose Apartments B4"),
    (r"YES|NDIYO|\*yes\*|\*ndiyo\*", "ndiyo"),
    (r"Write \*checkout\*|\*lipa\*", "lipa"),
)


async def leave_a_cart(shop: Shop, her: Shopper) -> Line:
    """One piece by its name, colour and size, said in the chat; then she is silent."""
    piece = await shop.row(
        """select p.name, v.colour, v.size from product_variants v
           join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
           where v.boutique_id = %(shop)s and v.quantity - v.reserved > 2 and not v.retired
           order by p.sku, v.id limit 1"""
    )
    await her.write(f"Nataka {piece['name']} {piece['colour']} size {piece['size']}")

    async def in_it() -> Row:
        return await _cart(shop, her)

    if not await until(in_it, within_s=8.0):
        await her.write("ndiyo")
    cart = await until(in_it)
    return true("  her cart in the chat has a piece", cart, (await her.told())[-1:])


async def take_up(shop: Shop, her: Shopper) -> list[Line]:
    """ "Ndiyo" to the message, and the talk goes on to the payment."""
    sent = await her.sent(within_s=CLOCK_S)
    prompted = await _answer_until_prompted(her) if sent else False

    async def sold() -> Row:
        return await shop.row(
            """select c.came_by, o.utm_message_id, o.payment_status, s.replied_at, e.state
               from automation_sends s
               join automation_enrolments e
                 on e.boutique_id = s.boutique_id and e.id = s.enrolment_id
               join automation_conversions c
                 on c.boutique_id = s.boutique_id and c.send_id = s.id
               join orders o on o.boutique_id = c.boutique_id and o.id = c.order_id
               where s.boutique_id = %(shop)s and s.id = %(send)s::uuid""",
            send=sent.get("id"),
        )

    sale = await until(sold)
    return [
        heading('Neema answers "ndiyo" to the message about her cart in the chat'),
        same("  she was written to on", "whatsapp", sent.get("channel")),
        true("  M-Pesa asks her for the money", prompted, (await her.told())[-2:]),
        true("  her answer is noted", sale.get("replied_at"), sale),
        same("  her order is paid, and of the message", ("paid", sent.get("code")),
             (sale.get("payment_status"), sale.get("utm_message_id"))),
        same("  the sale is of its link", "link", sale.get("came_by")),
        same("  she gets no second message", 1, len(await her.sends())),
    ]  # fmt: skip


async def _answer_until_prompted(her: Shopper) -> bool:
    answer = "ndiyo"
    for _ in range(TURNS):
        told = "\n".join(await her.write(answer))
        if await her.pay(within_s=3.0):
            return True
        await asyncio.sleep(0.5)  # what else the same turn says
        found = (reply for pattern, reply in _ANSWERS if re.search(pattern, told))
        answer = next(found, "ndiyo")
        answer = her.payer if answer == "payer" else answer
    return False


async def _cart(shop: Shop, her: Shopper) -> Row:
    return await shop.row(
        """select k.id from carts k
           join customers c on c.boutique_id = k.boutique_id and c.id = k.customer_id
           join cart_items i on i.boutique_id = k.boutique_id and i.cart_id = k.id
           where k.boutique_id = %(shop)s and c.phone = %(of)s and k.status = 'active'""",
        of=her.phone,
    )
