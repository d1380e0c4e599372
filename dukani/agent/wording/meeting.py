"""Writes greetings, the introduction of the assistant and thanks."""

from __future__ import annotations

from dukani.agent.facts import AssistantExplained, Greeted, Introduced, Thanked, Voice
from dukani.agent.wording.markup import bold, clean
from dukani.agent.wording.registry import words
from dukani.core.languages import Worded

INVITATION = Worded(
    en="What are you looking for today? Tell me, e.g. *red dress size M*, or send a photo.",
    sw="Unatafuta nini leo? Niambie, mfano *gauni jekundu saizi M*, au tuma picha.",
)

PERSON = Worded(en="*person*", sw="*mhudumu*")  # the word that calls a person


def first_name(name: str | None) -> str:
    """The name to greet with; nothing for a profile name without letters."""
    for word in clean(name or "").split():
        if any(letter.isalpha() for letter in word):
            return word
    return ""


def introduction_after(
    greeted: Greeted, voice: Voice, *, welcomes: bool, offers_person: bool
) -> str:
    """The introduction in one line, for the end of a reply that answers something first."""
    language, shop = voice.language, bold(voice.boutique)
    hello = f"{_welcome(greeted, voice)}! " if welcomes else ""
    if language == "sw":
        whose = "duka" if welcomes else shop
        who = f"Mimi ni msaidizi wa kiotomatiki wa {whose}"
        person = f"; kuongea na mtu, andika {PERSON[language]}"
    else:
        whose = "the shop" if welcomes else shop
        who = f"I'm {whose}'s automatic assistant"
        person = f"; for a human, write {PERSON[language]}"
    return f"{hello}{who}{person if offers_person else ''}."


def _welcome(greeted: Greeted, voice: Voice) -> str:
    if voice.language == "sw":
        karibu = "Karibu tena" if greeted.returning else "Karibu"
    else:
        karibu = "Welcome back to" if greeted.returning else "Welcome to"
    name = first_name(greeted.name or voice.customer)
    welcome = f"{karibu} {bold(voice.boutique)}"
    return f"{welcome}, {name}" if name else welcome


@words(Introduced, "en")
def introduced_en(_fact: Introduced, voice: Voice) -> str:
    return (
        f"I'm {bold(voice.boutique)}'s automatic assistant; "
        "write *person* any time and a human will help you."
    )


@words(Introduced, "sw")
def introduced_sw(_fact: Introduced, voice: Voice) -> str:
    return (
        f"Mimi ni msaidizi wa kiotomatiki wa {bold(voice.boutique)}; "
        "ukitaka kuongea na mtu, andika *mhudumu* wakati wowote."
    )


@words(Greeted, "en")
def greeted_en(fact: Greeted, voice: Voice) -> str:
    name = first_name(fact.name or voice.customer)
    hello = "Welcome back" if fact.returning else "Hi"
    if name:
        return f"{hello}, {name}!" if fact.returning else f"{hello} {name}!"
    return f"{hello}!"


@words(Greeted, "sw")
def greeted_sw(fact: Greeted, voice: Voice) -> str:
    name = first_name(fact.name or voice.customer)
    hello = "Karibu tena" if fact.returning else "Habari"
    if name:
        return f"{hello} {name}!"
    return f"{hello}!"


@words(Thanked, "en")
def thanked_en(_fact: Thanked, _voice: Voice) -> str:
    return "You're very welcome! Just write whenever you need anything."


@words(Thanked, "sw")
def thanked_sw(_fact: Thanked, _voice: Voice) -> str:
    return "Karibu sana! Ukihitaji chochote, niandikie tu."


@words(AssistantExplained, "en")
def assistant_explained_en(_fact: AssistantExplained, voice: Voice) -> str:
    return (
        f"Yes, I'm {bold(voice.boutique)}'s automatic assistant. I help you find pieces, order "
        "and pay. If you'd rather talk to a human, write *person*."
    )


@words(AssistantExplained, "sw")
def assistant_explained_sw(_fact: AssistantExplained, voice: Voice) -> str:
    return (
        f"Ndiyo, mimi ni msaidizi wa kiotomatiki wa {bold(voice.boutique)}. Ninakusaidia "
        "kutafuta nguo, kuagiza na kulipa. Ukitaka kuongea na mtu, andika *mhudumu*."
    )
