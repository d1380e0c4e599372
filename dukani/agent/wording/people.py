"""Writes the replies about people: a person offered, called, and the way back to the assistant."""

from __future__ import annotations

from dukani.agent.facts import (
    AskPerson,
    Button,
    CallReason,
    HandedBack,
    HandedOff,
    PersonDeclined,
    PersonWrites,
    ShopPaused,
    StillWaiting,
    Voice,
    WaitedInVain,
)
from dukani.agent.wording.markup import bold, lines
from dukani.agent.wording.promising import closed_now, with_promise
from dukani.agent.wording.registry import Said, words
from dukani.agent.wording.unclear import HELP_EN, HELP_SW
from dukani.core.languages import Worded
from dukani.domain.acts import Language

# The button below a hand-off reply that returns to the assistant.
BACK_TO_ASSISTANT = "assistant"
BACK_BUTTON: dict[Language, Button] = Worded(
    en=Button(id=BACK_TO_ASSISTANT, title="Back to assistant"),
    sw=Button(id=BACK_TO_ASSISTANT, title="Rudi kwa msaidizi"),
)

# The buttons below the question whether a person shall answer.
CALL_PERSON = "person"
GO_ON = "go_on"
PERSON_BUTTONS: dict[Language, tuple[Button, Button]] = Worded(
    en=(
        Button(id=CALL_PERSON, title="Talk to a person"),
        Button(id=GO_ON, title="No, go on"),
    ),
    sw=(
        Button(id=CALL_PERSON, title="Ongea na mhudumu"),
        Button(id=GO_ON, title="Hapana, tuendelee"),
    ),
)


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


_CALLED: dict[CallReason, Worded[str]] = {
    "asked": Worded(
        en="Sure. I've asked someone at {boutique} to help you",
        sw="Sawa. Nimemwambia mhudumu wa {boutique} akusaidie",
    ),
    "misunderstood": Worded(
        en="Sorry, I'm not getting this right. I've asked someone at {boutique} to help you",
        sw="Samahani, sijakuelewa vizuri. Nimemwambia mhudumu wa {boutique} akusaidie",
    ),
}
_BACK_EN = "To come back to me at any time, write *assistant*."
_BACK_SW = "Kurudi kwangu wakati wowote, andika *msaidizi*."


@words(HandedOff, "en")
def handed_off_en(fact: HandedOff, voice: Voice) -> str:
    called = _CALLED[fact.reason]["en"].replace("{boutique}", bold(voice.boutique))
    return lines(with_promise(called, fact.opens, "en"), _BACK_EN)


@words(HandedOff, "sw")
def handed_off_sw(fact: HandedOff, voice: Voice) -> str:
    called = _CALLED[fact.reason]["sw"].replace("{boutique}", bold(voice.boutique))
    return lines(with_promise(called, fact.opens, "sw"), _BACK_SW)


@words(PersonWrites, "en")
def person_writes_en(_fact: PersonWrites, voice: Voice) -> str:
    return lines(f"Someone at {bold(voice.boutique)} answers you here now.", _BACK_EN)


@words(PersonWrites, "sw")
def person_writes_sw(_fact: PersonWrites, voice: Voice) -> str:
    return lines(f"Sasa mhudumu wa {bold(voice.boutique)} anakujibu hapa.", _BACK_SW)


@words(StillWaiting, "en")
def still_waiting_en(fact: StillWaiting, voice: Voice) -> str:
    if fact.opens is not None and not fact.opens.now:
        told = closed_now(fact.opens, "en")
    else:
        told = f"Nobody at {bold(voice.boutique)} has answered yet; they have your messages."
    return lines(told, "To go on with me meanwhile, write *assistant*.")


@words(StillWaiting, "sw")
def still_waiting_sw(fact: StillWaiting, voice: Voice) -> str:
    if fact.opens is not None and not fact.opens.now:
        told = closed_now(fact.opens, "sw")
    else:
        told = f"Mhudumu wa {bold(voice.boutique)} bado hajajibu; ujumbe wako umemfikia."
    return lines(told, "Ukitaka kuendelea na mimi kwa sasa, andika *msaidizi*.")


@words(WaitedInVain, "en")
def waited_in_vain_en(_fact: WaitedInVain, voice: Voice) -> Said:
    return Said(
        f"Sorry for the wait: nobody at {bold(voice.boutique)} could answer yet. "
        "I'm the assistant, and I'm back.",
        "Tell me what you need, or write *person* to call someone again.",
    )


@words(WaitedInVain, "sw")
def waited_in_vain_sw(_fact: WaitedInVain, voice: Voice) -> Said:
    return Said(
        f"Samahani kwa kusubiri: mhudumu wa {bold(voice.boutique)} hajaweza kujibu bado. "
        "Mimi ni msaidizi, nimerudi.",
        "Niambie unachohitaji, au andika *mhudumu* kumwita mtu tena.",
    )


@words(ShopPaused, "en")
def shop_paused_en(fact: ShopPaused, voice: Voice) -> str:
    if fact.by_platform:
        return (
            f"{bold(voice.boutique)} is not taking new orders here for now. Someone at the shop "
            "will answer you in person. What you have already paid for is not affected."
        )
    return f"Someone at {bold(voice.boutique)} will answer you here in person."


@words(ShopPaused, "sw")
def shop_paused_sw(fact: ShopPaused, voice: Voice) -> str:
    if fact.by_platform:
        return (
            f"Kwa sasa {bold(voice.boutique)} haipokei oda mpya hapa. Mhudumu wa duka atakujibu "
            "mwenyewe. Ulichokwisha kulipia hakiathiriki."
        )
    return f"Mhudumu wa {bold(voice.boutique)} atakujibu hapa mwenyewe."


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
