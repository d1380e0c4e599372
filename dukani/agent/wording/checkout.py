"""Writes the replies about checkout: the address, the order summary, the payer's phone."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import (
    AddressNoted,
    AskAddress,
    AskConfirmation,
    AskMissing,
    AskPaymentPhone,
    ChangeWhat,
    Voice,
)
from dukani.agent.wording.delivery import fee, fee_and_days
from dukani.agent.wording.markup import clean, lines, price, quoted
from dukani.agent.wording.pieces import order_lines
from dukani.agent.wording.registry import words

LONGEST_QUOTE = 80  # characters of her own words


@words(AskAddress, "en")
def ask_address_en(fact: AskAddress, _voice: Voice) -> str:
    if fact.last_address:
        return lines(
            "Shall we deliver to the same place as last time?",
            fact.last_address,
            "Reply *yes*, or write the new address.",
        )
    return (
        "Where shall we deliver? Write the area, street or building and house number, "
        "e.g. *Kilimani, Rose Apartments B4*, or send your location."
    )


@words(AskAddress, "sw")
def ask_address_sw(fact: AskAddress, _voice: Voice) -> str:
    if fact.last_address:
        return lines(
            "Tukuletee pale pale kama mara iliyopita?",
            fact.last_address,
            "Jibu *ndiyo*, au andika mahali pengine.",
        )
    return (
        "Tukuletee wapi? Andika mtaa, barabara au jengo, na namba ya nyumba, "
        "mfano *Kilimani, Rose Apartments B4*, au tuma location yako."
    )


@words(AddressNoted, "en")
def address_noted_en(fact: AddressNoted, _voice: Voice) -> str:
    return f"Got it, we'll deliver to:\n{fact.address}"


@words(AddressNoted, "sw")
def address_noted_sw(fact: AddressNoted, _voice: Voice) -> str:
    return f"Sawa, tutakuletea hapa:\n{fact.address}"


@words(AskConfirmation, "en")
def ask_confirmation_en(fact: AskConfirmation, voice: Voice) -> str:
    how = "see how to pay" if fact.manual else "pay"
    return lines(
        "Please check your order:",
        order_lines(fact.lines, voice),
        _delivery(fact, voice, apart="not included, the shop will confirm it"),
        f"Total: {price(fact.total_minor, voice)}\n",
        "" if fact.pickup else f"Deliver to: {fact.address}",
        f"Note: {fact.note}" if fact.note else "",
        f"{'Your' if fact.manual else 'M-Pesa'} number: {fact.phone_masked}\n",
        f"Reply *YES* to {how}, or tell me what to change, e.g. *size L*.",
    )


@words(AskConfirmation, "sw")
def ask_confirmation_sw(fact: AskConfirmation, voice: Voice) -> str:
    how = "kupata maelezo ya kulipa" if fact.manual else "kulipa"
    return lines(
        "Tafadhali angalia kama oda yako iko sawa:",
        order_lines(fact.lines, voice),
        _delivery(fact, voice, apart="haijajumlishwa, duka litathibitisha"),
        f"Jumla: {price(fact.total_minor, voice)}\n",
        "" if fact.pickup else f"Tutakuletea: {fact.address}",
        f"Maelezo: {fact.note}" if fact.note else "",
        f"Namba {'yako' if fact.manual else 'ya M-Pesa'}: {fact.phone_masked}\n",
        f"Jibu *NDIYO* {how}, au niambie cha kubadilisha, mfano *saizi L*.",
    )


@words(AskMissing, "en")
def ask_missing_en(fact: AskMissing, voice: Voice) -> str:
    return lines(
        f"Before you pay: not all of {_quoted(fact.words)} is done. Your order:",
        order_lines(fact.lines, voice),
        f"Sum: {price(fact.total_minor, voice)}\n",
        "Is anything missing or wrong? Reply *no*, or tell me what to change.",
    )


@words(AskMissing, "sw")
def ask_missing_sw(fact: AskMissing, voice: Voice) -> str:
    return lines(
        f"Kabla hujalipa: bado sijakamilisha yote ya {_quoted(fact.words)}. Oda yako:",
        order_lines(fact.lines, voice),
        f"Jumla ndogo: {price(fact.total_minor, voice)}\n",
        "Kuna kitu kimekosekana au hakiko sawa? Jibu *hapana*, au niambie cha kubadilisha.",
    )


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(quoted(text, limit=LONGEST_QUOTE) for text in words)


@words(AskPaymentPhone, "en")
def ask_payment_phone_en(fact: AskPaymentPhone, _voice: Voice) -> str:
    ask = "Which M-Pesa number will pay? Write it, e.g. *0712 345 678*"
    if fact.foreign:
        return (
            f"M-Pesa can't send a prompt to {fact.foreign}: it needs a Kenyan number. "
            f"{ask}, or write *person* to pay another way."
        )
    wrong = f"{fact.wrong} doesn't look like a mobile number. " if fact.wrong else ""
    return f"{wrong}{ask}."


@words(AskPaymentPhone, "sw")
def ask_payment_phone_sw(fact: AskPaymentPhone, _voice: Voice) -> str:
    ask = "Utalipa kwa namba gani ya M-Pesa? Iandike, mfano *0712 345 678*"
    if fact.foreign:
        return (
            f"M-Pesa haiwezi kutuma ombi kwa {fact.foreign}: inahitaji namba ya Kenya. "
            f"{ask}, au andika *mhudumu* kulipa kwa njia nyingine."
        )
    wrong = f"{fact.wrong} si namba sahihi ya simu. " if fact.wrong else ""
    return f"{wrong}{ask}."


@words(ChangeWhat, "en")
def change_what_en(_fact: ChangeWhat, _voice: Voice) -> str:
    return (
        "No problem, nothing has been charged. What shall I change? Reply e.g. *size L*, "
        "*remove 1* or *deliver to Kilimani*. To stop the order, write *cancel*."
    )


@words(ChangeWhat, "sw")
def change_what_sw(_fact: ChangeWhat, _voice: Voice) -> str:
    return (
        "Hakuna shida, hujakatwa pesa yoyote. Nibadilishe nini? Jibu mfano *saizi L*, "
        "*toa 1* au *niletee Kilimani*. Kuacha oda, andika *ghairi*."
    )


def _delivery(fact: AskConfirmation, voice: Voice, *, apart: str) -> str:
    if fact.delivery_minor is None:
        return f"Delivery: {apart}"
    if fact.pickup:
        pickup = "Utachukua dukani" if voice.language == "sw" else "Pick up at the shop"
        return f"{pickup}, {fee(fact.delivery_minor, voice)}"
    zone = f" ({clean(fact.zone)})" if fact.zone else ""
    return f"Delivery{zone}: " + fee_and_days(
        fact.delivery_minor, fact.days_min, fact.days_max, voice
    )
