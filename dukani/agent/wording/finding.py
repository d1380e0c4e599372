"""Writes the replies about photos and search results."""

from __future__ import annotations

from dukani.agent.facts import (
    AskWhatToFind,
    NoMoreOptions,
    NothingFound,
    NothingWorn,
    OptionsShown,
    PhotoSeen,
    PhotoUnreadable,
    PhotoUnsure,
    Voice,
    VoiceNotHeard,
)
from dukani.agent.wording.markup import bold, bold_listed, example, join, listed
from dukani.agent.wording.names import categories_named, category_name
from dukani.agent.wording.pieces import option_lines
from dukani.agent.wording.registry import Said, words
from dukani.agent.wording.wishes import (
    garment_phrase,
    kept_phrase,
    missing_phrase,
    wish_phrase,
)


@words(PhotoSeen, "en")
def photo_seen_en(fact: PhotoSeen, voice: Voice) -> str:
    garment = garment_phrase(fact.category, fact.colour, fact.pattern, voice)
    if fact.number is not None:
        return f"Photo {fact.number} looks like {garment}."
    return join(f"Nice photo! That looks like {garment}.", _beside_en(fact, voice))


def _beside_en(fact: PhotoSeen, voice: Voice) -> str:
    if not fact.beside:
        return ""
    garments = [garment_phrase(kind, None, None, voice) for kind in fact.beside]
    names = [category_name(kind, "en") for kind in fact.beside]
    seen, choices = listed(garments, last="and"), bold_listed(names, last="or")
    return f"I see {seen} too: write {choices} for those."


@words(PhotoSeen, "sw")
def photo_seen_sw(fact: PhotoSeen, voice: Voice) -> str:
    garment = garment_phrase(fact.category, fact.colour, fact.pattern, voice)
    if fact.number is not None:
        return f"Picha ya {fact.number}: naona {garment}."
    return join(f"Picha nzuri! Naona {garment}.", _beside_sw(fact, voice))


def _beside_sw(fact: PhotoSeen, voice: Voice) -> str:
    if not fact.beside:
        return ""
    garments = [garment_phrase(kind, None, None, voice) for kind in fact.beside]
    names = [category_name(kind, "sw") for kind in fact.beside]
    return (
        f"Naona pia {listed(garments, last='na')}: andika {bold_listed(names, last='au')} kuziona."
    )


@words(NothingWorn, "en")
def nothing_worn_en(fact: NothingWorn, _voice: Voice) -> str:
    which = "this photo" if fact.number is None else f"photo {fact.number}"
    return (
        f"I can't see any clothes, shoes or bags in {which}. Send a photo of the piece you want, "
        "or tell me in words, e.g. *red dress size M*."
    )


@words(NothingWorn, "sw")
def nothing_worn_sw(fact: NothingWorn, _voice: Voice) -> str:
    which = "picha hii" if fact.number is None else f"picha ya {fact.number}"
    return (
        f"Sioni nguo, viatu wala mkoba kwenye {which}. Tuma picha ya unachotaka, "
        "au niambie kwa maneno, mfano *gauni jekundu saizi M*."
    )


@words(PhotoUnsure, "en")
def photo_unsure_en(fact: PhotoUnsure, _voice: Voice) -> str:
    if fact.number is not None:
        return f"I'm not sure what photo {fact.number} shows."
    if not fact.candidates:
        return "I can't tell what's in this photo. Tell me in words, e.g. *red dress*."
    names = [category_name(candidate, "en") for candidate in fact.candidates]
    return (
        f"I'm not quite sure what this photo shows. Which is it: {bold_listed(names, last='or')}? "
        f"Reply with one, e.g. {bold(names[0])}."
    )


@words(PhotoUnsure, "sw")
def photo_unsure_sw(fact: PhotoUnsure, _voice: Voice) -> str:
    if fact.number is not None:
        return f"Sina uhakika picha ya {fact.number} ni ya nini."
    if not fact.candidates:
        return "Sijaelewa picha hii ni ya nini. Niambie kwa maneno, mfano *gauni jekundu*."
    names = [category_name(candidate, "sw") for candidate in fact.candidates]
    return (
        f"Sina uhakika picha hii ni ya nini. Ni {bold_listed(names, last='au')}? "
        f"Jibu kwa neno moja, mfano {bold(names[0])}."
    )


@words(PhotoUnreadable, "en")
def photo_unreadable_en(fact: PhotoUnreadable, _voice: Voice) -> str:
    which = "that photo" if fact.number is None else f"photo {fact.number}"
    return (
        f"Sorry, I couldn't open {which}. Please send it again, "
        "or describe it in words, e.g. *red dress size M*."
    )


@words(PhotoUnreadable, "sw")
def photo_unreadable_sw(fact: PhotoUnreadable, _voice: Voice) -> str:
    which = "picha hiyo" if fact.number is None else f"picha ya {fact.number}"
    return (
        f"Samahani, {which} haijafunguka. Tafadhali itume tena, "
        "au nieleze kwa maneno, mfano *gauni jekundu saizi M*."
    )


@words(VoiceNotHeard, "en")
def voice_not_heard_en(fact: VoiceNotHeard, _voice: Voice) -> str:
    if fact.message_kind == "lost":
        return "WhatsApp couldn't hand me your message. Please send it again."
    if fact.message_kind == "document":
        return (
            "Sorry, I can't open that document yet. I read words and look at photos (JPEG, PNG): "
            "please write it to me, or send a photo."
        )
    kind = "listen to voice notes" if fact.message_kind == "audio" else "open that kind of message"
    return f"Sorry, I can't {kind} yet. Please write it to me, or send a photo."


@words(VoiceNotHeard, "sw")
def voice_not_heard_sw(fact: VoiceNotHeard, _voice: Voice) -> str:
    if fact.message_kind == "lost":
        return "WhatsApp haikuweza kunifikishia ujumbe wako. Tafadhali utume tena."
    if fact.message_kind == "document":
        return (
            "Samahani, bado siwezi kufungua hati hiyo. Ninasoma maneno na kuangalia picha "
            "(JPEG, PNG): tafadhali niandikie, au tuma picha."
        )
    audio = fact.message_kind == "audio"
    kind = "kusikiliza voice note" if audio else "kufungua ujumbe wa aina hiyo"
    return f"Samahani, bado siwezi {kind}. Tafadhali niandikie, au tuma picha."


@words(OptionsShown, "en")
def options_shown_en(fact: OptionsShown, voice: Voice) -> Said:
    listed = f"{_intro_en(fact, voice)}\n{option_lines(fact.options, voice)}"
    return Said(listed, f"\n{_which_en(fact)}")


@words(OptionsShown, "sw")
def options_shown_sw(fact: OptionsShown, voice: Voice) -> Said:
    listed = f"{_intro_sw(fact, voice)}\n{option_lines(fact.options, voice)}"
    return Said(listed, f"\n{_which_sw(fact)}")


def _intro_en(fact: OptionsShown, voice: Voice) -> str:
    if missing := missing_phrase(fact.wish, fact.dropped, voice):
        return f"We have nothing {missing} in stock right now, but {_close_en(fact, voice)}:"
    if fact.similar_to:
        return f"You may like these instead of {bold(fact.similar_to)}:"
    return "Here's one for you:" if len(fact.options) == 1 else "Here's what we have for you:"


def _close_en(fact: OptionsShown, voice: Voice) -> str:
    if kept := kept_phrase(fact.wish, fact.dropped, voice):
        return f"{kept} we have {'this one' if len(fact.options) == 1 else 'these'}"
    return "this one comes close" if len(fact.options) == 1 else "these come close"


def _close_sw(fact: OptionsShown, voice: Voice) -> str:
    if kept := kept_phrase(fact.wish, fact.dropped, voice):
        return f"{kept} tuna {'hii' if len(fact.options) == 1 else 'hizi'}"
    return "hii inakaribia" if len(fact.options) == 1 else "hizi zinakaribia"


def _intro_sw(fact: OptionsShown, voice: Voice) -> str:
    if missing := missing_phrase(fact.wish, fact.dropped, voice):
        return f"Kwa sasa hatuna {missing}, lakini {_close_sw(fact, voice)}:"
    if fact.similar_to:
        return f"Labda utapenda hizi badala ya {bold(fact.similar_to)}:"
    return "Tuna hii hapa:" if len(fact.options) == 1 else "Tuna hizi hapa:"


def _which_en(fact: OptionsShown) -> str:
    numbers = [str(option.number) for option in fact.options]
    more = "To see more, write *more*." if fact.more else ""
    if numbers == ["1"]:  # alone, not behind another list
        return join(f"Do you like it? Reply {bold(numbers[0])} to choose it.", more)
    choice = example(numbers, fallback="1")
    return join(f"Which one do you like? Reply with its number, e.g. {choice}.", more)


def _which_sw(fact: OptionsShown) -> str:
    numbers = [str(option.number) for option in fact.options]
    more = "Kuona zaidi, andika *zingine*." if fact.more else ""
    if numbers == ["1"]:
        return join(f"Umeipenda? Andika {bold(numbers[0])} kuichagua.", more)
    choice = example(numbers, fallback="1")
    return join(f"Umependa ipi? Andika namba yake, mfano {choice}.", more)


@words(NothingFound, "en")
def nothing_found_en(fact: NothingFound, voice: Voice) -> Said:
    sorry = f"Sorry, we don't have {wish_phrase(fact.wish, voice)} right now."
    names = categories_named(fact.categories, "en")
    if not names:
        return Said(sorry, "Try another colour, size or price, e.g. *black dress size M*.")
    return Said(
        f"{sorry} We do have {bold_listed(names, last='and')}.",
        f"What would you like to see? Reply e.g. {example(names, fallback='dresses')}.",
    )


@words(NothingFound, "sw")
def nothing_found_sw(fact: NothingFound, voice: Voice) -> Said:
    sorry = f"Samahani, kwa sasa hatuna {wish_phrase(fact.wish, voice)}."
    names = categories_named(fact.categories, "sw")
    if not names:
        return Said(sorry, "Jaribu rangi, saizi au bei nyingine, mfano *gauni jeusi saizi M*.")
    return Said(
        f"{sorry} Lakini tuna {bold_listed(names, last='na')}.",
        f"Ungependa kuona nini? Andika mfano {example(names, fallback='magauni')}.",
    )


@words(NoMoreOptions, "en")
def no_more_options_en(_fact: NoMoreOptions, _voice: Voice) -> str:
    return (
        "That's all we have like that for now. Pick a number from the list, e.g. *2*, "
        "or tell me another colour, size or price."
    )


@words(NoMoreOptions, "sw")
def no_more_options_sw(_fact: NoMoreOptions, _voice: Voice) -> str:
    return (
        "Hizo ndizo zote tulizonazo kwa sasa. Chagua namba kwenye orodha, mfano *2*, "
        "au niambie rangi, saizi au bei nyingine."
    )


@words(AskWhatToFind, "en")
def ask_what_to_find_en(fact: AskWhatToFind, _voice: Voice) -> str:
    names = categories_named(fact.categories, "en")
    have = f"We have {bold_listed(names, last='and')}." if names else ""
    return join(
        "What would you like to see?", have, "Tell me, e.g. *red dress size M*, or send a photo."
    )


@words(AskWhatToFind, "sw")
def ask_what_to_find_sw(fact: AskWhatToFind, _voice: Voice) -> str:
    names = categories_named(fact.categories, "sw")
    have = f"Tuna {bold_listed(names, last='na')}." if names else ""
    return join(
        "Ungependa kuona nini?", have, "Niambie, mfano *gauni jekundu saizi M*, au tuma picha."
    )
