"""Writes what the owner's desk says of itself: its commands, yes and no, shopping, a pause."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts import Button
from dukani.agent.wording.markup import join
from dukani.agent.wording.markup import lines as _lines
from dukani.domain.acts import Language

YES_ROW, NO_ROW = "owner:yes:", "owner:no:"  # with the version of what was asked

_HELP_EN = """*Your shop, by message*
• *sales today* (or yesterday, this week, this month)
• *pending*: what waits for you
• *sent DK-…*, *delivered DK-…*: the customer is told
• *stock SKU*
• *sold SKU 2*: sold over the counter
• *add SKU 5*: pieces that came in
• a photo with its price, e.g. _red dress 2500 M L_: a new piece
• *pause* / *resume*: the assistant, for everyone
• *shop* / *desk*: try your shop as a customer
Reply to a note to answer that customer; *back* to it gives the chat back to the assistant."""
_HELP_SW = """*Duka lako kwa ujumbe*
• *mauzo leo* (au jana, wiki hii, mwezi huu)
• *zinazosubiri*: kinachokusubiri
• *nimetuma DK-…*, *imefika DK-…*: mteja anaambiwa
• *stock SKU*
• *nimeuza SKU 2*: umeuza dukani
• *ongeza SKU 5*: bidhaa zilizoingia
• picha na bei yake, mfano _gauni nyekundu 2500 M L_: bidhaa mpya
• *simama* / *endelea*: msaidizi, kwa wateja wote
• *nataka kununua* / *desk*: jaribu duka lako kama mteja
Jibu ujumbe unaomhusu mteja kumjibu; *rudisha* kwenye ujumbe huo humrudisha kwa msaidizi."""

Told = Literal[
    "unknown", "nothing_asked", "too_late", "over", "left", "yes_or_no", "shopping", "at_the_desk",
    "is_at_the_desk", "nobody_waits", "photo_without_price", "only_words", "photo_unreadable",
    "failed", "pause_shop", "resume_shop", "paused", "resumed", "is_paused", "is_not_paused",
    "is_stopped",
    "pause_customer",
]  # fmt: skip

_TOLD: dict[Told, tuple[str, str]] = {
    "unknown": (
        "I don't know that one, so nothing was done and nobody got it. Write *help* for what I "
        "can do; to answer a customer, reply to the note about them.",
        "Sijaelewa, kwa hiyo hakuna kilichofanyika wala aliyetumiwa. Andika *msaada* uone "
        "ninachoweza; kumjibu mteja, jibu ujumbe unaomhusu.",
    ),
    "nothing_asked": (
        "There is nothing to confirm.",
        "Hakuna cha kuthibitisha.",
    ),
    "too_late": (
        "That took too long, so nothing was changed. Please write it again.",
        "Muda umepita, kwa hiyo hakuna kilichobadilishwa. Tafadhali andika tena.",
    ),
    "over": (
        "That question is over, so nothing was changed. Please write it again.",
        "Swali hilo limeshapita, kwa hiyo hakuna kilichobadilishwa. Tafadhali andika tena.",
    ),
    "left": ("Okay, nothing was changed.", "Sawa, hakuna kilichobadilishwa."),
    "yes_or_no": ("Please reply *yes* or *no*.", "Tafadhali jibu *ndiyo* au *hapana*."),
    "shopping": (
        "You are a customer of your shop now, for {hours} hours. Write *desk* to be the owner "
        "again.",
        "Sasa wewe ni mteja wa duka lako, kwa saa {hours}. Andika *desk* kuwa mwenye duka tena.",
    ),
    "at_the_desk": (
        "You are the owner again. Write *help* for what I can do.",
        "Sasa wewe ni mwenye duka tena. Andika *msaada* uone ninachoweza.",
    ),
    "is_at_the_desk": (
        "You are the owner already. Write *shop* to try your shop as a customer.",
        "Tayari wewe ni mwenye duka. Andika *nataka kununua* kujaribu duka kama mteja.",
    ),
    "nobody_waits": (
        "No customer is waiting for a person.",
        "Hakuna mteja anayesubiri mhudumu.",
    ),
    "photo_without_price": (
        "To add this piece, send the photo again with its price, e.g. _red dress 2500 M L_.",
        "Kuongeza bidhaa hii, tuma picha tena na bei yake, mfano _gauni nyekundu 2500 M L_.",
    ),
    "only_words": (
        "I can only read words and photos with a price here, so nothing was done.",
        "Hapa nasoma maneno na picha zenye bei tu, kwa hiyo hakuna kilichofanyika.",
    ),
    "photo_unreadable": (
        "I could not open that photo, so no piece was added. Please send it again.",
        "Sikuweza kufungua picha hiyo, kwa hiyo bidhaa haijaongezwa. Tafadhali itume tena.",
    ),
    "failed": (
        "Sorry, something went wrong on our side, and nothing was changed. Please try again.",
        "Samahani, kuna hitilafu kwetu, na hakuna kilichobadilishwa. Tafadhali jaribu tena.",
    ),
    "pause_shop": (
        "The assistant will be quiet for all customers; you get their words and answer them. "
        "Payments are still confirmed to them.",
        "Msaidizi atanyamaza kwa wateja wote; utaletewa maneno yao na utawajibu wewe. Malipo "
        "bado yatathibitishwa kwao.",
    ),
    "resume_shop": (
        "The assistant will answer all customers again.",
        "Msaidizi atawajibu wateja wote tena.",
    ),
    "paused": (
        "Done: the assistant is quiet for everyone. *resume* ends it.",
        "Tayari: msaidizi amenyamaza kwa wote. *endelea* humrudisha.",
    ),
    "resumed": (
        "Done: the assistant answers again.",
        "Tayari: msaidizi anajibu tena.",
    ),
    "is_paused": (
        "The assistant is paused already. *resume* ends it.",
        "Msaidizi tayari amesimama. *endelea* humrudisha.",
    ),
    "is_stopped": (
        "Dukani has paused your shop, and only Dukani can lift that. The reason is on your "
        "dashboard.",
        "Dukani imesimamisha duka lako, na ni Dukani pekee inayoweza kuliachia. Sababu iko kwenye "
        "dashibodi yako.",
    ),
    "is_not_paused": (
        "The assistant is not paused.",
        "Msaidizi hajasimamishwa.",
    ),
    "pause_customer": (
        "The assistant will be quiet for {who}, and you answer.",
        "Msaidizi atanyamaza kwa {who}, na utamjibu wewe.",
    ),
}


def help_text(language: Language) -> str:
    """The commands."""
    return _HELP_SW if language == "sw" else _HELP_EN


def told(what: Told, language: Language, *, hours: int = 0, who: str = "") -> str:
    """What happened, or what the owner may do; `who` is from `owner_replies.customer_named`."""
    text = _TOLD[what][language == "sw"]
    return text.replace("{hours}", str(hours)).replace("{who}", who)


def paused_customer(who: str, language: Language) -> str:
    if language == "sw":
        return f"Tayari: msaidizi amenyamaza kwa {who}. Jibu ujumbe huu kumwandikia."
    return f"Done: the assistant is quiet for {who}. Reply to this to write to them."


def asked(text: str, language: Language, *, minutes: int) -> str:
    """A change that waits for a yes: one line of what will happen, and how to answer."""
    if language == "sw":
        return _lines(text, f"Nifanye hivyo? Jibu *ndiyo* au *hapana* (dakika {minutes}).")
    return _lines(text, f"Shall I? Reply *yes* or *no* (within {minutes} minutes).")


def asked_again(text: str, language: Language) -> str:
    """Repeats how to answer what is still open."""
    return join(text, told("yes_or_no", language))


def buttons(version: int, language: Language) -> tuple[Button, Button]:
    yes, no = ("Ndiyo", "Hapana") if language == "sw" else ("Yes", "No")
    return (
        Button(id=f"{YES_ROW}{version}", title=yes),
        Button(id=f"{NO_ROW}{version}", title=no),
    )
