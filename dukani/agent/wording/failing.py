"""Words for a payment that failed: what M-Pesa says, and its remedy."""

from __future__ import annotations

from dukani.agent.facts import FailureReason, PaymentFailed, Voice
from dukani.agent.wording.markup import bold, join, lines, price
from dukani.agent.wording.registry import words

# What happened and what to do about it, by reason; each remedy ends in what she can reply.
_FAILED_EN: dict[FailureReason, tuple[str, str]] = {
    "low_balance": (
        "M-Pesa says the balance is too low.",
        "Top up and reply *send again*, or send me another M-Pesa number to pay with.",
    ),
    "busy": (
        "M-Pesa is busy at the moment.",
        "Please wait a minute, then reply *send again*.",
    ),
    "prompt_open": (
        "Another M-Pesa prompt is still open on your phone.",
        "Finish or close it, wait about 3 minutes, then reply *send again*.",
    ),
    "expired": (
        "The M-Pesa prompt closed before the PIN was entered.",
        "No worries: reply *send again* for a new one.",
    ),
    "push_error": (
        "M-Pesa couldn't show the prompt on your phone.",
        "Reply *send again* and I'll try once more.",
    ),
    "cancelled": (
        "The payment was cancelled on your phone.",
        "If you still want your order, reply *send again*; if not, reply *cancel*.",
    ),
    "unreachable": (
        "M-Pesa couldn't reach your phone.",
        "Check that it is on, unlocked and has network, then reply *send again*.",
    ),
    "wrong_pin": (
        "The M-Pesa PIN was not right.",
        "Reply *send again* to try once more, and enter the PIN on your phone only, never here.",
    ),
    "refused": (
        "M-Pesa did not accept the payment.",
        "Reply *send again*, send me another M-Pesa number, or write *person* for help.",
    ),
}
_FAILED_SW: dict[FailureReason, tuple[str, str]] = {
    "low_balance": (
        "M-Pesa inasema salio halitoshi.",
        "Ongeza pesa kisha ujibu *tuma tena*, au nitumie namba nyingine ya M-Pesa ya kulipia.",
    ),
    "busy": (
        "M-Pesa ina shughuli nyingi kwa sasa.",
        "Tafadhali subiri dakika moja, kisha ujibu *tuma tena*.",
    ),
    "prompt_open": (
        "Kuna ombi lingine la M-Pesa ambalo bado liko wazi kwenye simu yako.",
        "Limalize au ulifunge, subiri kama dakika 3, kisha ujibu *tuma tena*.",
    ),
    "expired": (
        "Muda wa ombi la M-Pesa uliisha kabla ya kuweka PIN.",
        "Usijali: jibu *tuma tena* upate lingine.",
    ),
    "push_error": (
        "M-Pesa haikuweza kuleta ombi kwenye simu yako.",
        "Jibu *tuma tena* nijaribu mara nyingine.",
    ),
    "cancelled": (
        "Malipo yameghairiwa kwenye simu yako.",
        "Kama bado unataka oda yako, jibu *tuma tena*; kama hutaki, jibu *ghairi*.",
    ),
    "unreachable": (
        "M-Pesa haikuweza kuifikia simu yako.",
        "Hakikisha imewashwa, imefunguliwa na ina network, kisha ujibu *tuma tena*.",
    ),
    "wrong_pin": (
        "PIN ya M-Pesa haikuwa sahihi.",
        "Jibu *tuma tena* ujaribu tena, na uweke PIN kwenye simu yako tu, kamwe si hapa.",
    ),
    "refused": (
        "M-Pesa haikukubali malipo.",
        "Jibu *tuma tena*, nitumie namba nyingine ya M-Pesa, au andika *mhudumu* usaidiwe.",
    ),
}
# Paying by till does not help where the balance, the PIN or her will is the matter.
_TILL_HELPS = frozenset({"busy", "prompt_open", "expired", "push_error", "unreachable", "refused"})


@words(PaymentFailed, "en")
def payment_failed_en(fact: PaymentFailed, voice: Voice) -> str:
    what, remedy = _FAILED_EN[fact.reason]
    order = f"Order {bold(fact.order_number)} ({price(fact.total_minor, voice)}) is not paid yet."
    till = f"Or pay with Buy Goods, till {bold(number)}." if (number := _till(fact)) else ""
    return lines(join(what, order), join(remedy, till))


@words(PaymentFailed, "sw")
def payment_failed_sw(fact: PaymentFailed, voice: Voice) -> str:
    what, remedy = _FAILED_SW[fact.reason]
    order = f"Oda {bold(fact.order_number)} ({price(fact.total_minor, voice)}) bado haijalipiwa."
    till = f"Au lipa kwa Buy Goods, till {bold(number)}." if (number := _till(fact)) else ""
    return lines(join(what, order), join(remedy, till))


def _till(fact: PaymentFailed) -> str:
    return fact.till if fact.till and fact.reason in _TILL_HELPS else ""
