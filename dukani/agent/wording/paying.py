"""Writes the replies about payment: the M-Pesa prompt, other ways to pay, the receipt."""

from __future__ import annotations

from dukani.agent.facts import (
    AlreadyPaid,
    NothingToPay,
    PaymentInstructed,
    PaymentPending,
    PaymentPrompted,
    PaymentReceived,
    PaymentUnderReview,
    Voice,
)
from dukani.agent.wording.cart import LOOK_EN, LOOK_SW
from dukani.agent.wording.delivery import TO_CONFIRM_EN, TO_CONFIRM_SW
from dukani.agent.wording.markup import bold, lines, price
from dukani.agent.wording.pieces import order_lines
from dukani.agent.wording.promising import opening_time
from dukani.agent.wording.registry import Said, words
from dukani.domain.next_opening import Opening


@words(PaymentPrompted, "en")
def payment_prompted_en(fact: PaymentPrompted, voice: Voice) -> str:
    prompt = "A new M-Pesa prompt" if fact.attempt > 1 else "The M-Pesa prompt"
    return lines(
        f"{prompt} for {price(fact.total_minor, voice)} (order {bold(fact.order_number)}) "
        f"is on its way to {fact.phone_masked}.",
        "Please enter your M-Pesa PIN on your phone. We never ask for your PIN in this chat.",
    )


@words(PaymentPrompted, "sw")
def payment_prompted_sw(fact: PaymentPrompted, voice: Voice) -> str:
    prompt = "Ombi jipya la M-Pesa" if fact.attempt > 1 else "Ombi la M-Pesa"
    return lines(
        f"{prompt} la {price(fact.total_minor, voice)} (oda {bold(fact.order_number)}) "
        f"linakuja kwenye simu {fact.phone_masked}.",
        "Tafadhali weka PIN yako ya M-Pesa kwenye simu. Hatuombi PIN yako kamwe kwenye chat hii.",
    )


@words(PaymentInstructed, "en")
def payment_instructed_en(fact: PaymentInstructed, voice: Voice) -> str:
    if not fact.says_where:
        return (
            f"Order {bold(fact.order_number)} is noted: {price(fact.total_minor, voice)}. "
            + _how_to_pay_en(fact.opens, bold(voice.boutique))
        )
    return lines(
        f"To pay for order {bold(fact.order_number)}: M-Pesa → Lipa na M-Pesa",
        _paybill(fact, "business number", "Account"),
        f"Buy Goods, till: {bold(fact.till)}" if fact.till else "",
        f"Amount: {price(fact.total_minor, voice)}\n",
        "When you have paid, send me the M-Pesa message or reply *paid*.",
    )


@words(PaymentInstructed, "sw")
def payment_instructed_sw(fact: PaymentInstructed, voice: Voice) -> str:
    if not fact.says_where:
        return (
            f"Oda {bold(fact.order_number)} imepokelewa: {price(fact.total_minor, voice)}. "
            + _how_to_pay_sw(fact.opens, bold(voice.boutique))
        )
    return lines(
        f"Kulipia oda {bold(fact.order_number)}: M-Pesa → Lipa na M-Pesa",
        _paybill(fact, "namba ya biashara", "Akaunti"),
        f"Buy Goods, till: {bold(fact.till)}" if fact.till else "",
        f"Kiasi: {price(fact.total_minor, voice)}\n",
        "Ukishalipa, nitumie ujumbe wa M-Pesa au jibu *nimelipa*.",
    )


def _how_to_pay_en(opens: Opening | None, shop: str) -> str:
    if opens is None or opens.now:
        soon = " soon" if opens else ""
        return f"Someone at {shop} will write to you here{soon} with how to pay."
    return (
        f"{shop} is closed now and opens {opening_time(opens, 'en')}: "
        "someone writes to you here then with how to pay."
    )


def _how_to_pay_sw(opens: Opening | None, shop: str) -> str:
    if opens is None or opens.now:
        soon = " hivi karibuni" if opens else ""
        return f"Mhudumu wa {shop} atakuandikia hapa{soon} jinsi ya kulipa."
    return (
        f"{shop} limefungwa sasa na litafunguliwa {opening_time(opens, 'sw')}: "
        "mhudumu atakuandikia hapa wakati huo jinsi ya kulipa."
    )


def _paybill(fact: PaymentInstructed, business: str, account: str) -> str:
    if not fact.paybill:
        return ""
    return f"Paybill ({business}): {bold(fact.paybill)}\n{account}: {bold(fact.order_number)}"


@words(PaymentPending, "en")
def payment_pending_en(fact: PaymentPending, _voice: Voice) -> str:
    order = bold(fact.order_number)
    if fact.checking:
        return f"I'm checking with M-Pesa about order {order}. One moment: please don't pay again."
    if fact.changed:
        return (
            f"The M-Pesa prompt on your phone is for order {order} as it was before your change. "
            "Please press cancel there, without your PIN; then I'll show you the new total."
        )
    return (
        f"I'm waiting for M-Pesa on order {order}. If the prompt is on your phone, enter your PIN "
        "there; I'll tell you as soon as the money is in."
    )


@words(PaymentPending, "sw")
def payment_pending_sw(fact: PaymentPending, _voice: Voice) -> str:
    order = bold(fact.order_number)
    if fact.checking:
        return f"Nauliza M-Pesa kuhusu oda {order}. Subiri kidogo: tafadhali usilipe tena."
    if fact.changed:
        return (
            f"Ombi la M-Pesa lililo kwenye simu yako ni la oda {order} kabla ya badiliko lako. "
            "Tafadhali lighairi huko bila kuweka PIN; kisha nitakuonyesha jumla mpya."
        )
    return (
        f"Nasubiri M-Pesa kuhusu oda {order}. Kama ombi liko kwenye simu yako, weka PIN yako "
        "huko; nitakuambia mara tu pesa itakapoingia."
    )


@words(PaymentReceived, "en")
def payment_received_en(fact: PaymentReceived, voice: Voice) -> str:
    return lines(
        "Payment received, thank you!",
        f"Order {bold(fact.order_number)}",
        order_lines(fact.lines, voice),
        f"Paid: {price(fact.total_minor, voice)}",
        TO_CONFIRM_EN if fact.fee_to_confirm else "",
        f"M-Pesa receipt: {bold(fact.receipt)}" if fact.receipt else "",
        f"Deliver to: {fact.address}" if fact.address else "",
        f"Note: {fact.note}" if fact.note else "",
        f"\n{bold(voice.boutique)} has your order and is getting it ready.",
    )


@words(PaymentReceived, "sw")
def payment_received_sw(fact: PaymentReceived, voice: Voice) -> str:
    return lines(
        "Tumepokea malipo yako, asante!",
        f"Oda {bold(fact.order_number)}",
        order_lines(fact.lines, voice),
        f"Umelipa: {price(fact.total_minor, voice)}",
        TO_CONFIRM_SW if fact.fee_to_confirm else "",
        f"Risiti ya M-Pesa: {bold(fact.receipt)}" if fact.receipt else "",
        f"Tutakuletea: {fact.address}" if fact.address else "",
        f"Maelezo: {fact.note}" if fact.note else "",
        f"\n{bold(voice.boutique)} wamepata oda yako na wanaitayarisha.",
    )


@words(PaymentUnderReview, "en")
def payment_under_review_en(fact: PaymentUnderReview, voice: Voice) -> str:
    order = f" for order {bold(fact.order_number)}" if fact.order_number else ""
    return (
        f"Thank you. Someone at {bold(voice.boutique)} is checking the payment{order} by hand and "
        "will write to you here. Nothing is lost; please don't pay again."
    )


@words(PaymentUnderReview, "sw")
def payment_under_review_sw(fact: PaymentUnderReview, voice: Voice) -> str:
    order = f" ya oda {bold(fact.order_number)}" if fact.order_number else ""
    return (
        f"Asante. Mhudumu wa {bold(voice.boutique)} anahakikisha malipo{order} na atakuandikia "
        "hapa. Hakuna kilichopotea; tafadhali usilipe tena."
    )


@words(NothingToPay, "en")
def nothing_to_pay_en(_fact: NothingToPay, _voice: Voice) -> Said:
    return Said("There is nothing to pay right now.", LOOK_EN)


@words(NothingToPay, "sw")
def nothing_to_pay_sw(_fact: NothingToPay, _voice: Voice) -> Said:
    return Said("Kwa sasa huna cha kulipa.", LOOK_SW)


@words(AlreadyPaid, "en")
def already_paid_en(fact: AlreadyPaid, _voice: Voice) -> str:
    return f"Order {bold(fact.order_number)} is already paid, thank you. Please don't pay again."


@words(AlreadyPaid, "sw")
def already_paid_sw(fact: AlreadyPaid, _voice: Voice) -> str:
    return f"Oda {bold(fact.order_number)} tayari imelipiwa, asante. Tafadhali usilipe tena."
