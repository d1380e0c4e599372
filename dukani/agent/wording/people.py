"""Writes the replies about people: a person offered, called, and the way back to the assistant."""

from __future__ import annotations

from dukani.agent.facts import (
    AskPerson,
    Button,
    CallReason,
    HandedBack,
    HandedOff,
    PersonDeclined,
    Voice,
)
from dukani.agent.wording.markup import bold
from dukani.agent.wording.registry import Said, words
from dukani.agent.wording.unclear import HELP_EN, HELP_SW
from dukani.domain.acts import Language

# The button below a hand-off reply that returns to the assistant.
BACK_TO_ASSISTANT = "assistant"
BACK_BUTTON: dict[Language, Button] = {
    "en": Button(id=BACK_TO_ASSISTANT, title="Back to assistant"),
    "sw": Button(id=BACK_TO_ASSISTANT, title="Rudi kwa msaidizi"),
}

# The buttons below the question whether a person shall answer.
CALL_PERSON = "person"
GO_ON = "go_on"
PERSON_BUTTONS: dict[Language, tuple[Button, Button]] = {
    "en": (
        Button(id=CALL_PERSON, title="Talk to a person"),
        Button(id=GO_ON, title="No, go on"),
    ),
    "sw": (
        Button(id=CALL_PERSON, title="Ongea na mhudumu"),
        Button(id=GO_ON, title="Hapana, tuendelee"),
    ),
}


@words(AskPerson, "en")
def ask_person_en(_fact: AskPerson, voice: Voice) -> str:
    return (
        "I'm sorry, I still don't get what you mean. "
        f"Would you like to talk to a person at {bold(voice.boutique)}? "
        "Reply *yes*, or *no* to go on with me."
    )


@words(AskPerson, "sw")
def ask_person_sw(_fact: AskPerson, voice: Voice) -> str:
    return (
        "Samahani, bado sijakuelewa. "
        f"Ungependa kuongea na mhudumu wa {bold(voice.boutique)}? "
        "Jibu *ndiyo*, au *hapana* uendelee na mimi."
    )


@words(PersonDeclined, "en")
def person_declined_en(fact: PersonDeclined, _voice: Voice) -> Said:
    return Said("Okay, let's go on.", HELP_EN[fact.step])


@words(PersonDeclined, "sw")
def person_declined_sw(fact: PersonDeclined, _voice: Voice) -> Said:
    return Said("Sawa, tuendelee.", HELP_SW[fact.step])


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
