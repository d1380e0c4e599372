"""Writes the owner's figures and orders: sales of a time, what waits, orders sent out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from dukani.agent.wording.hours import day_name
from dukani.agent.wording.markup import MAX_NAME, bold, clean, join, listed, quoted
from dukani.agent.wording.markup import lines as _lines
from dukani.core.money import format_money
from dukani.core.store.conversations import Waiting
from dukani.core.store.owner_reports import SalesReport, WaitingOrder, WaitingRequest
from dukani.domain.acts import Language
from dukani.domain.owner_commands import Movement, Period

_PERIODS: dict[Period, tuple[str, str]] = {
    "today": ("Today", "Leo"),
    "yesterday": ("Yesterday", "Jana"),
    "week": ("This week", "Wiki hii"),
    "month": ("This month", "Mwezi huu"),
}
_REQUESTS: dict[str, tuple[str, str]] = {
    "order_change": ("a change of an order", "kubadilisha oda"),
    "hold": ("keeping pieces", "kuwekewa bidhaa"),
    "complaint": ("a complaint", "malalamiko"),
    "gift_wrap": ("gift wrapping", "kufungiwa zawadi"),
    "pay_on_delivery": ("paying on delivery", "kulipa mzigo ukifika"),
    "address_change": ("another address", "anwani nyingine"),
    "other": ("a question", "swali"),
}


def sales_note(
    report: SalesReport, period: Period, *, currency: str, timezone: str, language: Language
) -> str:
    """Orders placed in the time by how they stand, and the money that came in."""
    sw = language == "sw"
    begins = report.begins_at.astimezone(ZoneInfo(timezone))
    head = f"📊 {bold(_PERIODS[period][sw])} ({_date(begins, language)})"
    return _lines(
        f"{head}: {_orders(report.orders, language)}",
        *(
            f"• {name}: {count}"
            for name, count in (
                ("zimelipiwa" if sw else "paid", report.paid),
                ("zinasubiri malipo" if sw else "waiting for payment", report.unpaid),
                ("malipo ya kuangalia" if sw else "payment to check", report.in_review),
                ("zimeghairiwa" if sw else "cancelled", report.cancelled),
            )
            if count
        ),
        f"{'Pesa iliyoingia' if sw else 'Money in'}: "
        f"{bold(format_money(report.paid_minor, currency))} "
        f"({_orders(report.paid_orders, language)})",
        f"{'Zilizouzwa dukani' if sw else 'Sold over the counter'}: "
        f"{_pieces(report.over_the_counter, language)}"
        if report.over_the_counter
        else "",
    )


def _orders(count: int, language: Language) -> str:
    if language == "sw":
        return f"oda {count}"
    return f"{count} order" if count == 1 else f"{count} orders"


def _pieces(count: int, language: Language) -> str:
    if language == "sw":
        return f"bidhaa {count}"
    return f"{count} piece" if count == 1 else f"{count} pieces"


def _date(day: datetime, language: Language) -> str:
    return f"{day_name(day.weekday(), language)} {day:%d/%m}"


def pending_note(
    *,
    to_send: Sequence[WaitingOrder],
    to_be_paid: Sequence[WaitingOrder],
    to_review: Sequence[WaitingOrder],
    people: Sequence[Waiting],
    requests: Sequence[WaitingRequest],
    currency: str,
    language: Language,
) -> str:
    """What waits for the owner, the oldest first, with the number of each."""
    sw = language == "sw"
    groups = (
        ("📦", "Kutuma" if sw else "To send", to_send),
        ("💰", "Kulipiwa" if sw else "To be paid", to_be_paid),
        ("⚠️", "Malipo ya kuangalia" if sw else "Payments to check", to_review),
    )
    parts = [
        _group(f"{mark} {name}", orders[0].total, [_order(o, currency, language) for o in orders])
        for mark, name, orders in groups
        if orders
    ]
    if people:
        named = [quoted(one.name or "", limit=MAX_NAME) or "?" for one in people]
        parts.append(
            _group(
                "🙋 " + ("Wateja wanaokusubiri" if sw else "Customers waiting for you"),
                len(people),
                named,
            )
        )
    if requests:
        told = [_request(one, language) for one in requests]
        name = "Maombi ya wateja" if sw else "Requests"
        parts.append(_group(f"📝 {name}", requests[0].total, told))
    if not parts:
        return "Hakuna kinachokusubiri." if sw else "Nothing is waiting for you."
    return _lines(*parts)


def _group(head: str, total: int, told: Sequence[str]) -> str:
    more = f"+ {total - len(told)}" if total > len(told) else ""
    return _lines(f"{head}: *{total}*", *(f"• {one}" for one in told), more)


def _order(order: WaitingOrder, currency: str, language: Language) -> str:
    who = quoted(order.customer_name or "", limit=MAX_NAME)
    figures = f"{format_money(order.total_minor, currency)}, {_pieces(order.pieces, language)}"
    return join(bold(order.number), who, f"({figures})")


def _request(one: WaitingRequest, language: Language) -> str:
    asks = _REQUESTS.get(one.kind, _REQUESTS["other"])[language == "sw"]
    who = quoted(one.customer_name or "", limit=MAX_NAME)
    return join(who, asks, bold(one.order_number) if one.order_number else "")


def move_question(numbers: Sequence[str], to: Movement, language: Language, *, who: str) -> str:
    """Asks whether orders are to be marked; `who` is a customer, or empty for several."""
    named = _listed(numbers, language)
    if language == "sw":
        verb = "imetumwa" if to == "dispatched" else "imefika"
        return f"Nitaandika kwamba oda {named} {verb}, na kumwambia {who or 'mteja'}."
    verb = "sent" if to == "dispatched" else "delivered"
    return f"I will mark {named} as {verb} and tell {who or 'the customer'}."


def moved_note(
    numbers: Sequence[str], to: Movement, language: Language, *, untold: Sequence[str] = ()
) -> str:
    """Says that orders are marked; `untold`: those whose customer could not be told."""
    sw = language == "sw"
    verbs = {"dispatched": ("sent", "imetumwa"), "delivered": ("delivered", "imefika")}
    verb = verbs[to][sw]
    named = _listed(numbers, language)
    head = f"Tayari: oda {named} {verb}." if sw else f"Done: {named} is marked as {verb}."
    if len(numbers) > 1 and not sw:
        head = f"Done: {named} are marked as {verb}."
    if not untold:
        return join(head, "Mteja anaambiwa." if sw else "The customer is told.")
    missed = _listed(untold, language)
    if sw:
        why = (
            f"Mteja wa {missed} hawezi kuandikiwa sasa (saa 24 zimepita, au aliomba tusimwandikie)"
        )
        return join(head, f"{why}: tafadhali mpigie.")
    why = (
        f"The customer of {missed} cannot be written to now (24 hours are over, or they said stop)"
    )
    return join(head, f"{why}: please call.")


def unknown_orders(numbers: Sequence[str], near: Sequence[str], language: Language) -> str:
    """Says that there is no such order, with those that may be meant."""
    named = _listed(numbers, language)
    meant = _listed(near, language)
    if language == "sw":
        hint = f"Labda ni {meant}?" if near else "Andika *zinazosubiri* uone oda."
        return join(f"Hakuna oda {named}.", hint, "Hakuna kilichobadilishwa.")
    hint = f"Did you mean {meant}?" if near else "Write *pending* for the orders."
    return join(f"There is no order {named}.", hint, "Nothing was changed.")


_STANDING: dict[str, tuple[str, str]] = {
    "unpaid": ("is not paid yet", "bado haijalipiwa"),
    "needs_review": (
        "has a payment to check first",
        "ina malipo ya kuangaliwa kwanza",
    ),
    "cancelled": ("was cancelled", "ilighairiwa"),
    "dispatched": ("is marked as sent already", "tayari imeandikwa imetumwa"),
    "delivered": ("is marked as delivered already", "tayari imeandikwa imefika"),
    "refunded": ("was refunded", "ilirudishiwa pesa"),
    "returned": ("came back to the shop", "ilirudishwa dukani"),
}


def not_moved(number: str, standing: str, language: Language) -> str:
    """Says why an order is not marked."""
    why = _STANDING[standing][language == "sw"]
    if language == "sw":
        return f"Oda {bold(number)} {why}, kwa hiyo hakuna kilichobadilishwa."
    return f"Order {bold(number)} {why}, so nothing was changed."


def _listed(numbers: Sequence[str], language: Language) -> str:
    last = "na" if language == "sw" else "and"
    return listed([bold(clean(number)) for number in numbers], last=last)
