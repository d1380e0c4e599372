"""Writes the replies about failed payments: the reason M-Pesa gives, and the remedy."""

from __future__ import annotations

from dukani.agent.facts import FailureReason, PaymentFailed, Voice
from dukani.agent.wording.markup import bold, join, lines, price
from dukani.agent.wording.registry import words

# Cause and remedy by reason; each remedy ends with a reply the customer can send.
_FAILED_EN: dict[FailureReason, tuple[str, str]] = {
    "low_balance": (
        "M-Pesa says the balance is too low.",
        "Top up and reply *send again*, or send me another M-Pesa number to pay with.",
    ),
    "amount_limit": (
        "M-Pesa does not take this sum in one payment.",
        "Write *person* and the shop will arrange it with you.",
    ),
    "daily_limit": (
        "M-Pesa says the limit of that account for today would be passed.",
        "Send me another M-Pesa number to pay with, or try again tomorrow.",
    ),
    "account": (
        "M-Pesa can't take a payment from that number.",
        "Send me another M-Pesa number to pay with.",
    ),
    "busy": (
        "M-Pesa is busy at the moment.",
        "Please wait a minute, then reply *send again*.",
    ),
    "rule_limited": (
        "M-Pesa takes the same sum from one phone only once in 2 minutes.",
        "Please wait 2 minutes, then reply *send again*.",
    ),
    "prompt_open": (
        "Another M-Pesa prompt is still open on your phone.",
        "Finish or close it, wait 1 to 3 minutes, then reply *send again*.",
    ),
    "expired": (
        "The M-Pesa prompt closed before a PIN was entered: it was not answered in time, or it did "
        "not reach the phone.",
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
        "M-Pesa got no answer to the prompt: it was not answered in time, or the phone was off or "
        "had no network.",
        "When the phone is at hand, on and unlocked, reply *send again*.",
    ),
    "wrong_pin": (
        "The M-Pesa PIN was not right.",
        "Reply *send again* to try once more, and enter the PIN on your phone only, never here.",
    ),
    "payer_cancelled": (
        "The payment was cancelled on the phone I sent it to, so I won't send that phone another.",
        "Send me another M-Pesa number to pay with, or reply *cancel*.",
    ),
    "pin_locked": (
        "M-Pesa says the PIN of that number is locked.",
        "Safaricom unlocks it: call 100 or 200. Or send me another M-Pesa number to pay with.",
    ),
    "shop_setup": (
        "M-Pesa refuses the shop's own set-up; it is not your phone. I've told the shop.",
        "Write *person* and the shop will help you pay.",
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
    "amount_limit": (
        "M-Pesa haipokei kiasi hiki kwa malipo ya mara moja.",
        "Andika *mhudumu* na duka litapanga nawe.",
    ),
    "daily_limit": (
        "M-Pesa inasema kikomo cha leo cha akaunti hiyo kingepitwa.",
        "Nitumie namba nyingine ya M-Pesa ya kulipia, au jaribu tena kesho.",
    ),
    "account": (
        "M-Pesa haiwezi kupokea malipo kutoka namba hiyo.",
        "Nitumie namba nyingine ya M-Pesa ya kulipia.",
    ),
    "busy": (
        "M-Pesa ina shughuli nyingi kwa sasa.",
        "Tafadhali subiri dakika moja, kisha ujibu *tuma tena*.",
    ),
    "rule_limited": (
        "M-Pesa hupokea kiasi kile kile kutoka simu moja mara moja tu kwa dakika 2.",
        "Tafadhali subiri dakika 2, kisha ujibu *tuma tena*.",
    ),
    "prompt_open": (
        "Kuna ombi lingine la M-Pesa ambalo bado liko wazi kwenye simu yako.",
        "Limalize au ulifunge, subiri dakika 1 hadi 3, kisha ujibu *tuma tena*.",
    ),
    "expired": (
        "Muda wa ombi la M-Pesa uliisha kabla ya kuweka PIN: halikujibiwa kwa wakati, au "
        "halikufika kwenye simu.",
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
        "M-Pesa haikupata jibu la ombi: halikujibiwa kwa wakati, au simu ilikuwa imezimwa au haina "
        "network.",
        "Simu ikiwa karibu, imewashwa na imefunguliwa, jibu *tuma tena*.",
    ),
    "wrong_pin": (
        "PIN ya M-Pesa haikuwa sahihi.",
        "Jibu *tuma tena* ujaribu tena, na uweke PIN kwenye simu yako tu, kamwe si hapa.",
    ),
    "payer_cancelled": (
        "Malipo yameghairiwa kwenye simu niliyoitumia ombi, kwa hivyo sitaitumia lingine.",
        "Nitumie namba nyingine ya M-Pesa ya kulipia, au jibu *ghairi*.",
    ),
    "pin_locked": (
        "M-Pesa inasema PIN ya namba hiyo imefungwa.",
        "Safaricom wataifungua: piga 100 au 200. Au nitumie namba nyingine ya M-Pesa ya kulipia.",
    ),
    "shop_setup": (
        "M-Pesa inakataa mipangilio ya duka lenyewe; si simu yako. Nimelijulisha duka.",
        "Andika *mhudumu* na duka litakusaidia kulipa.",
    ),
    "refused": (
        "M-Pesa haikukubali malipo.",
        "Jibu *tuma tena*, nitumie namba nyingine ya M-Pesa, au andika *mhudumu* usaidiwe.",
    ),
}
# Reasons for which the customer may pay by till: not the balance, the PIN or a cancellation.
_TILL_HELPS = frozenset(
    {"busy", "rule_limited", "prompt_open", "expired", "push_error", "unreachable", "refused",
     "shop_setup"}
)  # fmt: skip
# Reasons for which somebody else may pay by till.
_ANOTHER_PAYS = frozenset({"daily_limit", "account", "pin_locked", "payer_cancelled"})


@words(PaymentFailed, "en")
def payment_failed_en(fact: PaymentFailed, voice: Voice) -> str:
    what, remedy = _FAILED_EN[fact.reason]
    if fact.asked_anew:
        return what
    order = f"Order {bold(fact.order_number)} ({price(fact.total_minor, voice)}) is not paid yet."
    till = _till(fact, "Or pay with", "Or let somebody pay with")
    return lines(join(what, order), join(remedy, till))


@words(PaymentFailed, "sw")
def payment_failed_sw(fact: PaymentFailed, voice: Voice) -> str:
    what, remedy = _FAILED_SW[fact.reason]
    if fact.asked_anew:
        return what
    order = f"Oda {bold(fact.order_number)} ({price(fact.total_minor, voice)}) bado haijalipiwa."
    till = _till(fact, "Au lipa kwa", "Au mtu mwingine alipe kwa")
    return lines(join(what, order), join(remedy, till))


def _till(fact: PaymentFailed, pay: str, another_pays: str) -> str:
    if not fact.till or fact.reason not in _TILL_HELPS | _ANOTHER_PAYS:
        return ""
    how = another_pays if fact.reason in _ANOTHER_PAYS else pay
    return f"{how} Buy Goods, till {bold(fact.till)}."
