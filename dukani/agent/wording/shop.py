"""Writes the replies about the conversation: ways to pay, hand-off, opt-out, starting over."""

from __future__ import annotations

from dukani.agent.facts import (
    Acknowledged,
    Button,
    CallReason,
    HandedBack,
    HandedOff,
    OffTopic,
    OptedIn,
    OptedOut,
    PaymentWays,
    StartedOver,
    Voice,
)
from dukani.agent.wording.cart import LOOK_EN, LOOK_SW
from dukani.agent.wording.markup import bold, join
from dukani.agent.wording.registry import Said, words
from dukani.domain.acts import Language


@words(PaymentWays, "en")
def payment_ways_en(fact: PaymentWays, _voice: Voice) -> Said:
    if fact.prompt:
        text = (
            "You pay with M-Pesa: when you check out, I send a prompt to your phone "
            "and you enter your PIN there."
        )
        return Said(text)
    return Said(join("You pay with M-Pesa", _till(fact), "after you check out."))


@words(PaymentWays, "sw")
def payment_ways_sw(fact: PaymentWays, _voice: Voice) -> Said:
    if fact.prompt:
        text = (
            "Unalipa kwa M-Pesa: ukimaliza kuagiza, ninatuma ombi kwenye simu yako "
            "na unaweka PIN yako hapo."
        )
        return Said(text)
    return Said(join("Unalipa kwa M-Pesa", _till(fact), "ukimaliza kuagiza."))


def _till(fact: PaymentWays) -> str:
    ways = [("paybill", fact.paybill), ("till", fact.till)]
    named = ", ".join(f"{word} {bold(number)}" for word, number in ways if number)
    return f"({named})" if named else ""


@words(OffTopic, "en")
def off_topic_en(_fact: OffTopic, voice: Voice) -> Said:
    shop = bold(voice.boutique)
    return Said(f"That one is beyond me: I only help with {shop}'s clothes and orders.", LOOK_EN)


@words(OffTopic, "sw")
def off_topic_sw(_fact: OffTopic, voice: Voice) -> Said:
    shop = bold(voice.boutique)
    return Said(f"Hilo siliwezi: mimi nasaidia na nguo na oda za {shop} tu.", LOOK_SW)


_HANDED_OFF_EN: dict[CallReason, str] = {
    "asked": "Sure. I've asked someone at {boutique} to help you; they will write to you here.",
    "misunderstood": (
        "Sorry, I'm not getting this right. I've asked someone at {boutique} to help you; "
        "they will write to you here."
    ),
}
_HANDED_OFF_SW: dict[CallReason, str] = {
    "asked": "Sawa. Nimemwambia mhudumu wa {boutique} akusaidie; atakuandikia hapa.",
    "misunderstood": (
        "Samahani, sijakuelewa vizuri. Nimemwambia mhudumu wa {boutique} akusaidie; "
        "atakuandikia hapa."
    ),
}


@words(HandedOff, "en")
def handed_off_en(fact: HandedOff, voice: Voice) -> str:
    called = _HANDED_OFF_EN[fact.reason].replace("{boutique}", bold(voice.boutique))
    return f"{called}\nTo come back to me at any time, write *assistant*."


@words(HandedOff, "sw")
def handed_off_sw(fact: HandedOff, voice: Voice) -> str:
    called = _HANDED_OFF_SW[fact.reason].replace("{boutique}", bold(voice.boutique))
    return f"{called}\nKurudi kwangu wakati wowote, andika *msaidizi*."


# The button below a hand-off reply that returns to the assistant.
BACK_TO_ASSISTANT = "assistant"
BACK_BUTTON: dict[Language, Button] = {
    "en": Button(id=BACK_TO_ASSISTANT, title="Back to assistant"),
    "sw": Button(id=BACK_TO_ASSISTANT, title="Rudi kwa msaidizi"),
}


@words(HandedBack, "en")
def handed_back_en(_fact: HandedBack, voice: Voice) -> Said:
    return Said(
        f"{bold(voice.boutique)}'s assistant is back with you.",
        "How can I help? Tell me, e.g. *red dress size M*, or write *cart* to see your cart.",
    )


@words(HandedBack, "sw")
def handed_back_sw(_fact: HandedBack, voice: Voice) -> Said:
    return Said(
        f"Msaidizi wa {bold(voice.boutique)} amerudi.",
        "Nikusaidie nini? Niambie, mfano *gauni jekundu saizi M*, "
        "au andika *kikapu* kuona kikapu chako.",
    )


@words(OptedOut, "en")
def opted_out_en(_fact: OptedOut, _voice: Voice) -> str:
    return "Done, we won't write to you any more. If you change your mind, write *START*."


@words(OptedOut, "sw")
def opted_out_sw(_fact: OptedOut, _voice: Voice) -> str:
    return "Sawa, hatutakuandikia tena. Ukibadilisha nia, andika *ANZA*."


@words(OptedIn, "en")
def opted_in_en(_fact: OptedIn, voice: Voice) -> str:
    return (
        f"Welcome back to {bold(voice.boutique)}!\n"
        "We'll write to you again. To stop at any time, write *STOP*."
    )


@words(OptedIn, "sw")
def opted_in_sw(_fact: OptedIn, voice: Voice) -> str:
    return (
        f"Karibu tena {bold(voice.boutique)}!\n"
        "Tutakuandikia tena. Ukitaka tuache wakati wowote, andika *ACHA*."
    )


@words(StartedOver, "en")
def started_over_en(_fact: StartedOver, _voice: Voice) -> Said:
    return Said("Okay, let's start fresh.", LOOK_EN)


@words(StartedOver, "sw")
def started_over_sw(_fact: StartedOver, _voice: Voice) -> Said:
    return Said("Sawa, tuanze upya.", LOOK_SW)


@words(Acknowledged, "en")
def acknowledged_en(_fact: Acknowledged, _voice: Voice) -> str:
    return "Okay! I'm here whenever you need me."


@words(Acknowledged, "sw")
def acknowledged_sw(_fact: Acknowledged, _voice: Voice) -> str:
    return "Sawa! Nipo ukinihitaji."
