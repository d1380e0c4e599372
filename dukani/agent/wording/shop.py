"""Writes the replies about the conversation: ways to pay, opt-out, starting over."""

from __future__ import annotations

from dukani.agent.facts import (
    Acknowledged,
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
