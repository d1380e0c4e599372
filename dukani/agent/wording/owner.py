"""Writes notes to the owner: an order is paid, a payment needs review, a person is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import CallReason, Line, Voice
from dukani.agent.wording.markup import MAX_NAME, bold, clean, join, price, quoted
from dukani.agent.wording.markup import lines as _lines
from dukani.agent.wording.owner_situation import (
    MAX_NOTE,
    Situation,
    chosen,
    packed,
    reach,
    with_situation,
)
from dukani.agent.wording.owner_situation import fee_to_confirm as to_be_confirmed
from dukani.core.store.payments import ReviewReason
from dukani.domain.acts import Language

MAX_LAST_WORDS = 400
MAX_SHORT = 40

_REVIEW_EN: dict[ReviewReason, str] = {
    "wrong_amount": "The amount paid is not the order's total. Agree with the customer what to do.",
    "no_amount": "M-Pesa says it is paid, but not how much. Check your M-Pesa statement before you "
    "send anything.",
    "second_receipt": "This order was paid a second time. The second payment may need refunding.",
    "cancelled_order": "Money came in for a cancelled order. Refund it or take up the order again.",
    "unknown_result": "M-Pesa gave an answer we don't know. Check your M-Pesa statement.",
    "no_answer": "M-Pesa has not said whether it was paid. Check your M-Pesa statement.",
    "oversold": "It is paid, but the pieces are sold out. Offer another piece or a refund.",
    "manual_claim": "The customer says it is paid. Check your M-Pesa statement, then confirm it.",
}
_REVIEW_SW: dict[ReviewReason, str] = {
    "wrong_amount": "Kiasi kilicholipwa si jumla ya oda. Elewana na mteja kuhusu tofauti hiyo.",
    "no_amount": "M-Pesa inasema imelipiwa, lakini haisemi kiasi. Angalia statement yako ya M-Pesa "
    "kabla ya kutuma chochote.",
    "second_receipt": "Oda hii imelipiwa mara ya pili. Huenda malipo ya pili yarudishwe.",
    "cancelled_order": "Pesa imeingia kwa oda iliyoghairiwa. Irudishe au uirejeshe oda.",
    "unknown_result": "M-Pesa imetoa jibu tusilolifahamu. Angalia statement yako ya M-Pesa.",
    "no_answer": "M-Pesa haijasema kama imelipiwa. Angalia statement yako ya M-Pesa.",
    "oversold": "Imelipiwa, lakini bidhaa zimeisha. Mpe mteja nyingine au umrudishie pesa.",
    "manual_claim": "Mteja anasema amelipa. Angalia statement yako ya M-Pesa, kisha uthibitishe.",
}
_HANDOFF_EN: dict[CallReason, str] = {
    "asked": "asked for a person",
    "misunderstood": "needs a person: the assistant did not understand",
}
_HANDOFF_SW: dict[CallReason, str] = {
    "asked": "anataka kuongea na mhudumu",
    "misunderstood": "anahitaji mhudumu: msaidizi hakumwelewa",
}


def paid_note(
    order_number: str,
    *,
    customer_name: str | None,
    phone: str,
    lines: Sequence[Line],
    total_minor: int,
    address: str,
    receipt: str | None,
    currency: str,
    language: Language = "en",
    note: str | None = None,
    zone: str | None = None,
    fee_to_confirm: bool = False,
) -> str:
    """Tells of a paid order: lines, customer, address; the full `phone`, so the owner can call."""
    voice = Voice(language=language, currency=currency, boutique="")
    say = chosen(language)
    number, total = bold(order_number), price(total_minor, voice)
    head = say(f"Order {number} is paid: {total} 🎉", f"Oda {number} imelipiwa: {total} 🎉")
    tail = _lines(
        f"{say('M-Pesa receipt', 'Risiti ya M-Pesa')}: {bold(receipt)}" if receipt else "",
        f"{say('Customer', 'Mteja')}: {_who(customer_name, phone)}",
        f"{say('Deliver to', 'Peleka')}: {quoted(address, limit=MAX_LAST_WORDS)}"
        + (f" ({clean(zone)})" if zone else ""),
        to_be_confirmed(language) if fee_to_confirm else "",
        f"{say('Note', 'Maelezo')}: {quoted(note, limit=MAX_LAST_WORDS)}" if note else "",
    )
    room = MAX_NOTE - len(head) - len(tail) - 40  # 40: the line that tells how many are left out
    return _lines(head, packed(lines, voice, room), tail)


def pay_by_hand_note(
    order_number: str,
    *,
    customer_name: str | None,
    phone_masked: str,
    total_minor: int,
    currency: str,
    language: Language = "en",
    situation: Situation | None = None,
) -> str:
    """Tells that an order waits for payment, and the shop has no till or paybill to name."""
    voice = Voice(language=language, currency=currency, boutique="")
    say = chosen(language)
    number, total = bold(order_number), price(total_minor, voice)
    head = _lines(
        say(
            f"💰 Order {number} waits to be paid: {total}",
            f"💰 Oda {number} inasubiri kulipiwa: {total}",
        ),
        say(
            "Your shop has no till or paybill set up, so I told the customer that you will write "
            "how to pay.",
            "Duka lako halijawekewa till wala paybill, kwa hivyo nimemwambia mteja kwamba "
            "utamwandikia jinsi ya kulipa.",
        ),
        f"{say('Customer', 'Mteja')}: {_who(customer_name, phone_masked)}",
    )
    return with_situation(head, situation, reach(language), language=language)


def review_note(
    order_number: str | None,
    reason: ReviewReason,
    *,
    amount_minor: int | None = None,
    receipt: str | None = None,
    claimed: str | None = None,
    said: str | None = None,
    due_minor: int | None = None,
    customer_name: str | None = None,
    phone_masked: str | None = None,
    currency: str,
    language: Language = "en",
    situation: Situation | None = None,
) -> str:
    """Tells that a payment needs review: the order, what happened and what to do.

    `claimed` is the receipt code the customer wrote, `said` M-Pesa's own answer.
    """
    voice = Voice(language=language, currency=currency, boutique="")
    say = chosen(language)
    order = say(" on order ", " kwenye oda ") + bold(order_number) if order_number else ""
    paid = price(amount_minor, voice) if amount_minor is not None else ""
    due = price(due_minor, voice) if due_minor is not None else ""
    who = _who(customer_name, phone_masked)
    head = _lines(
        say("⚠️ Please check a payment", "⚠️ Tafadhali angalia malipo") + order,
        say(_REVIEW_EN[reason], _REVIEW_SW[reason]),
        f"{say('Order total', 'Jumla ya oda')}: {due}" if due else "",
        f"{say('Paid', 'Kilicholipwa')}: {paid}" if paid else "",
        f"{say('M-Pesa receipt', 'Risiti ya M-Pesa')}: {bold(receipt)}" if receipt else "",
        f"{say('They write of receipt', 'Anaandika risiti')} {quoted(claimed, limit=MAX_SHORT)}"
        if claimed
        else "",
        f"{say('M-Pesa said', 'M-Pesa imesema')}: {quoted(said, limit=200)}" if said else "",
        f"{say('Customer', 'Mteja')}: {who}" if who else "",
    )
    return with_situation(head, situation, reach(language) if who else "", language=language)


def stray_money_note(
    order_number: str,
    *,
    amount_minor: int | None,
    receipt: str | None,
    currency: str,
    language: Language = "en",
) -> str:
    """Tells of a payment that M-Pesa reported for an order and that is not the order's."""
    voice = Voice(language=language, currency=currency, boutique="")
    say = chosen(language)
    paid = price(amount_minor, voice) if amount_minor is not None else ""
    return _lines(
        say("⚠️ M-Pesa told us of a payment we can't place", "⚠️ Malipo tusiyoyatambua ya M-Pesa"),
        say(
            f"It was sent to us as if for order {bold(order_number)}, but it is another payment. "
            "The order is unchanged. Check your M-Pesa statement.",
            f"Yametumwa kwetu kama ya oda {bold(order_number)}, lakini ni malipo mengine. Oda "
            "haijabadilika. Angalia statement yako ya M-Pesa.",
        ),
        f"{say('Paid', 'Kilicholipwa')}: {paid}" if paid else "",
        f"{say('M-Pesa receipt', 'Risiti ya M-Pesa')}: {bold(receipt)}" if receipt else "",
    )


def handoff_note(
    *,
    customer_name: str | None,
    phone_masked: str,
    reason: CallReason,
    last_words: str,
    language: Language = "en",
    situation: Situation | None = None,
) -> str:
    """Tells that a customer waits for a person; `last_words` are the customer's own."""
    say = chosen(language)
    who = _who(customer_name, phone_masked)
    words = quoted(last_words, limit=MAX_LAST_WORDS)
    head = _lines(
        f"🙋 {who} {say(_HANDOFF_EN[reason], _HANDOFF_SW[reason])}.",
        f"{say('Last message', 'Ujumbe wa mwisho')}: {words}" if words else "",
    )
    how = say(
        "Reply to this message to answer; the assistant is quiet meanwhile. "
        "Reply *done* when it may take over again.",
        "Jibu ujumbe huu kumjibu mteja; msaidizi amenyamaza kwa sasa. "
        "Jibu *done* msaidizi aendelee.",
    )
    return with_situation(head, situation, how, language=language)


def loop_note(
    *,
    customer_name: str | None,
    phone_masked: str,
    last_words: str,
    language: Language = "en",
) -> str:
    """Tells that a sender writes like a bot and gets no more answers."""
    say = chosen(language)
    who = _who(customer_name, phone_masked)
    words = quoted(last_words, limit=MAX_LAST_WORDS)
    return _lines(
        f"🔁 {who}: "
        + say(
            "the messages look like automatic replies, so the assistant has stopped answering "
            "them. It answers again as soon as something new is asked.",
            "ujumbe unafanana na majibu ya mashine, kwa hiyo msaidizi ameacha kuujibu. Atajibu "
            "tena akiulizwa jambo jipya.",
        ),
        f"{say('Last message', 'Ujumbe wa mwisho')}: {words}" if last_words.strip() else "",
    )


def nameless_note(words: str, *, language: Language = "en") -> str:
    """Tells of a message without any sender id, which could not be answered."""
    say = chosen(language)
    said = quoted(words, limit=MAX_LAST_WORDS)
    return _lines(
        say(
            "📩 A customer wrote, but WhatsApp does not tell us who it is, so the assistant "
            "cannot answer. Please look in your WhatsApp.",
            "📩 Mteja ameandika, lakini WhatsApp haituambii ni nani, kwa hiyo msaidizi hawezi "
            "kumjibu. Tafadhali angalia WhatsApp yako.",
        ),
        f"{say('Message', 'Ujumbe')}: {said}" if words.strip() else "",
    )


def _who(name: str | None, phone: str | None) -> str:
    """The customer's name and phone; the name is quoted, so it cannot pass for our words."""
    called = quoted(name or "", limit=MAX_NAME)
    called = f"“*{called[1:-1]}*”" if called else ""
    return join(called, clean(phone or ""))
