"""Writes the replies about attachments: catalogue pieces, photos, contact cards, overlong texts."""

from __future__ import annotations

from itertools import zip_longest

from dukani.agent.facts import (
    AskWhichPayer,
    CardTaken,
    CatalogueCut,
    NotAllRead,
    PayerAfterPrompt,
    PayerOffered,
    PhotosCounted,
    PiecesGone,
    PiecesUnknown,
    PricesDiffer,
    Voice,
)
from dukani.agent.wording.markup import bold, bold_listed, clean, lines, listed, price
from dukani.agent.wording.registry import Said, words
from dukani.core.phone import as_dialled

MAX_ID = 40  # characters of a strange id that are repeated
_WHICH_EN = "Please tell me its name, or send me a photo of it."
_WHICH_SW = "Tafadhali niambie jina lake, au nitumie picha yake."


@words(PiecesUnknown, "en")
def pieces_unknown_en(fact: PiecesUnknown, _voice: Voice) -> Said:
    named = bold_listed([clean(id_, limit=MAX_ID) for id_ in fact.ids], last="and")
    if fact.asked_about:
        return Said(f"I can't tell which piece that is: I don't know {named}.", _WHICH_EN)
    them = "it" if len(fact.ids) == 1 else "them"
    closing = "" if fact.others else "Tell me what it looks like, or send a photo."
    return Said(f"I can't find {named} in our shop, so I left {them} out.", closing)


@words(PiecesUnknown, "sw")
def pieces_unknown_sw(fact: PiecesUnknown, _voice: Voice) -> Said:
    named = bold_listed([clean(id_, limit=MAX_ID) for id_ in fact.ids], last="na")
    if fact.asked_about:
        return Said(f"Sijui ni ipi: siitambui {named}.", _WHICH_SW)
    put_in = "sijaiweka" if len(fact.ids) == 1 else "sijaviweka"
    closing = "" if fact.others else "Niambie inavyoonekana, au tuma picha."
    return Said(f"Sioni {named} kwenye duka letu, kwa hiyo {put_in}.", closing)


@words(PiecesGone, "en")
def pieces_gone_en(fact: PiecesGone, _voice: Voice) -> Said:
    named = bold_listed([clean(name) for name in fact.names], last="and")
    are, them = ("is", "it") if len(fact.names) == 1 else ("are", "them")
    closing = "" if fact.others else "Tell me what else you would like."
    return Said(f"{named} {are} no longer sold, so I left {them} out.", closing)


@words(PiecesGone, "sw")
def pieces_gone_sw(fact: PiecesGone, _voice: Voice) -> Said:
    named = bold_listed([clean(name) for name in fact.names], last="na")
    gone = "haiuzwi tena, kwa hiyo sijaiweka"
    if len(fact.names) > 1:
        gone = "haziuzwi tena, kwa hiyo sijaziweka"
    closing = "" if fact.others else "Niambie ungependa nini kingine."
    return Said(f"{named} {gone}.", closing)


@words(PricesDiffer, "en")
def prices_differ_en(fact: PricesDiffer, voice: Voice) -> str:
    tags = [f"{bold(tag.name)} is now {price(tag.price_minor, voice)}" for tag in fact.pieces]
    where = "list" if fact.of_list else "catalogue"
    return f"The {where} showed another price: {listed(tags, last='and')}."


@words(PricesDiffer, "sw")
def prices_differ_sw(fact: PricesDiffer, voice: Voice) -> str:
    tags = [f"{bold(tag.name)} sasa ni {price(tag.price_minor, voice)}" for tag in fact.pieces]
    where = "Orodha" if fact.of_list else "Katalogi"
    return f"{where} ilionyesha bei nyingine: {listed(tags, last='na')}."


@words(CatalogueCut, "en")
def catalogue_cut_en(fact: CatalogueCut, _voice: Voice) -> str:
    return f"That was a long order: I left out the last {fact.left_out}. Please send those again."


@words(CatalogueCut, "sw")
def catalogue_cut_sw(fact: CatalogueCut, _voice: Voice) -> str:
    return f"Oda ilikuwa ndefu: sijaweka {fact.left_out} za mwisho. Tafadhali zitume tena."


@words(PhotosCounted, "en")
def photos_counted_en(fact: PhotosCounted, _voice: Voice) -> str:
    return (
        f"You sent {fact.sent} photos; I looked at the first {fact.looked_at}. "
        "Please send the others again after this."
    )


@words(PhotosCounted, "sw")
def photos_counted_sw(fact: PhotosCounted, _voice: Voice) -> str:
    return (
        f"Umetuma picha {fact.sent}; nimeangalia {fact.looked_at} za kwanza. "
        "Tafadhali tuma nyingine tena baadaye."
    )


@words(NotAllRead, "en")
def not_all_read_en(_fact: NotAllRead, _voice: Voice) -> str:
    return (
        "That was a lot to read: I read the beginning and the end, not the middle. "
        "If I missed something, please send it again in a short message."
    )


@words(NotAllRead, "sw")
def not_all_read_sw(_fact: NotAllRead, _voice: Voice) -> str:
    return (
        "Ujumbe ulikuwa mrefu: nimesoma mwanzo na mwisho, si katikati. "
        "Kama kuna nililoacha, tafadhali litume tena kwa ujumbe mfupi."
    )


# ── cards ───────────────────────────────────────────────────────────────────


@words(PayerOffered, "en")
def payer_offered_en(fact: PayerOffered, _voice: Voice) -> str:
    phone = bold(as_dialled(fact.phone))
    return f"Shall I send the M-Pesa prompt to {phone}? Reply *no* to keep your own number."


@words(PayerOffered, "sw")
def payer_offered_sw(fact: PayerOffered, _voice: Voice) -> str:
    phone = bold(as_dialled(fact.phone))
    return f"Nitume ombi la M-Pesa kwa {phone}? Jibu *hapana* kubaki na namba yako."


@words(AskWhichPayer, "en")
def ask_which_payer_en(fact: AskWhichPayer, _voice: Voice) -> str:
    return lines("Which number should pay? Reply with its number, e.g. *1*.", _numbered(fact))


@words(AskWhichPayer, "sw")
def ask_which_payer_sw(fact: AskWhichPayer, _voice: Voice) -> str:
    return lines("Namba ipi italipa? Jibu na nambari yake, mfano *1*.", _numbered(fact))


def _numbered(fact: AskWhichPayer) -> str:
    """The numbered phones, with the cards' names where the names differ."""
    names = [clean(name) for name in fact.names] if len(set(fact.names)) > 1 else []
    rows = zip_longest(map(as_dialled, fact.phones), names, fillvalue="")
    return "\n".join(
        f"{number}. {phone} ({name})" if name else f"{number}. {phone}"
        for number, (phone, name) in enumerate(rows, start=1)
    )


@words(PayerAfterPrompt, "en")
def payer_after_prompt_en(fact: PayerAfterPrompt, _voice: Voice) -> str:
    return (
        f"A prompt for order {bold(fact.order_number)} is still open. If it is not paid, reply "
        f"*yes* and I'll ask {bold(as_dialled(fact.phone))} instead."
    )


@words(PayerAfterPrompt, "sw")
def payer_after_prompt_sw(fact: PayerAfterPrompt, _voice: Voice) -> str:
    return (
        f"Ombi la oda {bold(fact.order_number)} bado liko wazi. Lisipolipwa, jibu *ndiyo* "
        f"nimwombe {bold(as_dialled(fact.phone))}."
    )


@words(CardTaken, "en")
def card_taken_en(fact: CardTaken, _voice: Voice) -> str:
    if fact.at_payment:
        return "There is no mobile number on that card. Please write the number that should pay."
    return (
        "Thanks for the contact. I only need one when someone else is to pay: "
        "share it again when I ask for the payment."
    )


@words(CardTaken, "sw")
def card_taken_sw(fact: CardTaken, _voice: Voice) -> str:
    if fact.at_payment:
        return "Kadi hiyo haina namba ya simu. Tafadhali andika namba itakayolipa."
    return (
        "Asante kwa namba hiyo. Naihitaji tu kama mtu mwingine atalipa: "
        "itume tena nitakapoomba malipo."
    )
