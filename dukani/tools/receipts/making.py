"""Makes the receipt of a paid order, and of a sale in the shop."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from dukani.core.database import Connection
from dukani.core.errors import Conflict
from dukani.core.phone import mask_phone
from dukani.core.store import boutique_edits, customers, order_list, orders, tax
from dukani.core.store.boutique_edits import ShownBoutique
from dukani.core.store.counter_sales import CounterSale
from dukani.core.store.order_list import ShownPayment
from dukani.core.store.orders import Order
from dukani.domain.acts import Language
from dukani.domain.receipt import PaidWith, Paper, Receipt, ReceiptLine
from dukani.tools import counter, dispatching
from dukani.tools.receipts.a4 import a4
from dukani.tools.receipts.slip import slip

_PAID_WITH: dict[str, PaidWith] = {
    "daraja": "mpesa", "paylink": "mpesa", "mpesa": "mpesa", "cash": "cash", "credit": "credit",
}  # fmt: skip


async def as_pdf(receipt: Receipt, paper: Paper) -> bytes:
    """The receipt on paper, drawn beside the event loop."""
    return await asyncio.to_thread(a4 if paper == "a4" else slip, receipt)


async def of_order(conn: Connection, *, order_id: str, language: Language | None = None) -> Receipt:
    """In the customer's language, unless another is asked for. Raises NotFound, Conflict."""
    order = await dispatching.the_order(conn, order_id=order_id)
    if order.payment_status != "paid":
        raise Conflict("It is not paid: the receipt comes with the payment.")
    boutique = await boutique_edits.get(conn)
    customer = await customers.get(conn, customer_id=order.customer_id)
    items = await orders.items(conn, order_id=order_id)
    payment = _the_payment(await order_list.payments(conn, order_id=order_id))
    return Receipt(
        **_shop(boutique),
        kra_pin=(await tax.settings(conn)).kra_pin or "",
        etims_number=await tax.number_of(conn, order_id=order_id) or "",
        number=order.number,
        at=_paid_at(order, payment),
        language=language or (customer and customer.language) or boutique.language,
        currency=order.currency,
        lines=tuple(
            ReceiptLine(item.name, item.colour, item.size, item.quantity, item.unit_price_minor)
            for item in items
        ),
        delivery_minor=order.delivery_minor,
        delivery_to_confirm=order.fee_to_confirm,
        total_minor=order.total_minor,
        paid_with=_PAID_WITH.get(payment.provider, "other") if payment else "other",
        reference=(payment and payment.receipt) or "",
        payer_phone=mask_phone(payment.phone) if payment else "",
        customer=(customer and customer.name) or "",
        refunded_minor=order.refunded_minor,
    )


async def of_counter_sale(
    conn: Connection, *, sale_id: str, language: Language | None = None
) -> Receipt:
    """Raises NotFound, or Conflict for a sale that was undone."""
    sale = await counter.the_sale(conn, sale_id=sale_id)
    if sale.undone_at is not None:
        raise Conflict("This sale was undone: there is nothing to be receipted.")
    boutique = await boutique_edits.get(conn)
    return Receipt(
        **_shop(boutique),
        kra_pin=(await tax.settings(conn)).kra_pin or "",
        etims_number=await tax.number_of(conn, sale_id=sale_id) or "",
        number=sale.number,
        at=sale.created_at,
        language=language or await _language_of_buyer(conn, sale) or boutique.language,
        currency=sale.currency,
        lines=tuple(
            ReceiptLine(
                item["name"],
                item["colour"],
                item["size"],
                item["quantity"],
                item["unit_price_minor"],
            )
            for item in sale.items
        ),
        delivery_minor=None,
        delivery_to_confirm=False,
        total_minor=sale.total_minor,
        paid_with=_PAID_WITH.get(sale.paid_by, "other"),
        reference=sale.reference or "",
        payer_phone=mask_phone(sale.buyer_phone) if sale.buyer_phone else "",
        customer=sale.buyer_name or "",
    )


async def _language_of_buyer(conn: Connection, sale: CounterSale) -> Language | None:
    if sale.customer_id is None:
        return None
    customer = await customers.get(conn, customer_id=sale.customer_id)
    return customer.language if customer else None


def _shop(boutique: ShownBoutique) -> dict[str, Any]:
    place = boutique.shop_info.get("location") or ""
    if isinstance(place, dict):
        place = place.get(boutique.language) or next(iter(place.values()), "")
    return {
        "shop": boutique.name,
        "shop_address": place,
        "shop_phone": str(boutique.shop_info.get("phone") or ""),
        "timezone": boutique.timezone,
    }


def _the_payment(attempts: list[ShownPayment]) -> ShownPayment | None:
    """The one that paid the order: the first that succeeded, should it have been paid twice."""
    paid = [one for one in attempts if one.status == "succeeded"]
    return paid[-1] if paid else None


def _paid_at(order: Order, payment: ShownPayment | None) -> datetime:
    return (payment and payment.resolved_at) or order.created_at
