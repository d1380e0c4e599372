"""Writes the owner's stock: what is there, what she sold or got in, and new pieces from photos."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.wording.markup import bold, clean, join, listed
from dukani.agent.wording.markup import lines as _lines
from dukani.agent.wording.names import category_name, variant_phrase
from dukani.agent.wording.pieces import piece
from dukani.core.money import format_money
from dukani.core.store.held_stock import Held
from dukani.domain.acts import Language
from dukani.domain.owner_commands import SizeCount

MOST_LISTED = 20


def stock_note(variants: Sequence[Held], language: Language) -> str:
    """Of each colour and size: on hand, held by open orders, to be had."""
    first, sw = variants[0], language == "sw"
    rows = [
        f"• {_variant(one, language)}: {one.on_hand} {'dukani' if sw else 'on hand'}"
        + (
            f", {one.reserved} {'zimewekewa oda' if sw else 'held'}, "
            f"*{max(one.available, 0)}* {'zinapatikana' if sw else 'to be had'}"
            if one.reserved
            else ""
        )
        for one in variants[:MOST_LISTED]
    ]
    left = len(variants) - len(rows)
    total = sum(one.on_hand for one in variants)
    head = f"{bold(first.name)} ({clean(first.product_sku)})"
    told = f"{head}: {total} {'dukani' if sw else 'on hand'}"
    return _lines(told, *rows, f"+ {left}" if left > 0 else "")


def _variant(one: Held, language: Language) -> str:
    return variant_phrase(one.colour, one.size, language) or clean(one.sku)


def stock_question(one: Held, delta: int, language: Language) -> str:
    """What selling or receiving will do; says so where open orders hold what is sold."""
    sw, units = language == "sw", abs(delta)
    named = f"{units} × {piece(one.name, one.colour, one.size, language)}"
    left = one.on_hand + delta
    if delta > 0:
        if sw:
            return f"Nitaongeza {named}: dukani zitakuwa {left}."
        return f"I will add {named}: {left} on hand then."
    told = (
        f"Nitaandika {named} zimeuzwa dukani: zitabaki {left}."
        if sw
        else f"I will write {named} as sold over the counter: {left} left."
    )
    if units <= one.available:
        return told
    held = (
        f"⚠️ Oda zilizo wazi zimewekewa {one.reserved}: oda moja au zaidi itakosa."
        if sw
        else f"⚠️ Open orders hold {one.reserved}: one or more of them will be short."
    )
    return join(told, held)


def stock_moved(one: Held, delta: int, language: Language) -> str:
    """`one` is the variant after the move."""
    named = f"{abs(delta)} × {piece(one.name, one.colour, one.size, language)}"
    if language == "sw":
        verb = "zimeongezwa" if delta > 0 else "zimeuzwa"
        return f"Tayari: {named} {verb}. Sasa dukani: *{one.on_hand}*."
    verb = "added" if delta > 0 else "sold"
    return f"Done: {named} {verb}. On hand now: *{one.on_hand}*."


def not_enough(one: Held, units: int, language: Language) -> str:
    named = piece(one.name, one.colour, one.size, language)
    if language == "sw":
        return (
            f"Dukani kuna {one.on_hand} tu za {named}, si {units}: hakuna kilichobadilishwa. "
            f"Kama zimeingia nyingine, andika kwanza *ongeza {clean(one.sku)} …*."
        )
    return (
        f"Only {one.on_hand} of {named} are on hand, not {units}, so nothing was changed. "
        f"If more came in, write *add {clean(one.sku)} …* first."
    )


def stock_changed(language: Language) -> str:
    """The stock is not what it was when the owner was asked."""
    if language == "sw":
        return "Stock imebadilika tangu nikuulize, kwa hiyo sijabadilisha chochote. Angalia tena:"
    return "The stock has changed since I asked, so nothing was changed. Please look again:"


def how_many(one_sku: str, language: Language) -> str:
    if language == "sw":
        return f"Ni ngapi? Andika mfano *ongeza {clean(one_sku)} 5*."
    return f"How many? Write e.g. *add {clean(one_sku)} 5*."


def unknown_sku(sku: str, near: Sequence[str], language: Language) -> str:
    """Says that no piece has this SKU, with the nearest ones."""
    named, meant = bold(sku), listed([bold(one) for one in near], last="or")
    if language == "sw":
        meant = listed([bold(one) for one in near], last="au")
        hint = f"Labda ni {meant}?" if near else ""
        return join(f"Hakuna bidhaa ya SKU {named}.", hint, "Hakuna kilichobadilishwa.")
    hint = f"Did you mean {meant}?" if near else ""
    return join(f"No piece has the SKU {named}.", hint, "Nothing was changed.")


def unknown_variant(
    sku: str, words: Sequence[str], variants: Sequence[Held], language: Language
) -> str:
    """Says which words name no colour or size of the piece, and what there is."""
    said = listed([bold(word) for word in words], last="na" if language == "sw" else "and")
    rows = [f"• {_variant(one, language)}" for one in variants[:MOST_LISTED]]
    if language == "sw":
        head = f"Sielewi {said} kwa {bold(sku)}: hakuna kilichobadilishwa. Kuna:"
    else:
        head = f"{said} is no colour or size of {bold(sku)}, so nothing was changed. There are:"
    return _lines(head, *rows)


def which_variant(variants: Sequence[Held], language: Language) -> str:
    """Asks which of a SKU's variants is meant; an answer is a number, or colour and size."""
    head = (
        "Ipi? Jibu kwa namba, au rangi na saizi:"
        if language == "sw"
        else "Which one? Reply with its number, or its colour and size:"
    )
    left = len(variants) - MOST_LISTED
    rows = (
        f"{number}. {_variant(one, language)} ({one.on_hand})"
        for number, one in enumerate(variants[:MOST_LISTED], 1)
    )
    return _lines(f"{bold(variants[0].name)}: {head}", *rows, f"+ {left}" if left > 0 else "")


def draft_question(
    name: str,
    category: str,
    colour: str,
    price_minor: int,
    sizes: Sequence[SizeCount],
    *,
    currency: str,
    language: Language,
) -> str:
    """What a new piece will be sold as."""
    sw = language == "sw"
    told = ", ".join(f"{one.units} × {clean(one.size)}" for one in sizes)
    return _lines(
        f"{'Bidhaa mpya' if sw else 'New piece'}: {_draft(name, category, colour, language)}",
        f"{'Bei' if sw else 'Price'}: {bold(format_money(price_minor, currency))}",
        f"{'Saizi' if sw else 'Sizes'}: {told}",
        "Nitaiweka iuzwe." if sw else "I will put it on sale.",
    )


def ask_sizes(
    name: str,
    category: str,
    colour: str,
    price_minor: int,
    *,
    currency: str,
    language: Language,
) -> str:
    """Says what a draft is, and asks for its sizes."""
    sw = language == "sw"
    return _lines(
        f"{'Bidhaa mpya' if sw else 'New piece'}: {_draft(name, category, colour, language)}",
        f"{'Bei' if sw else 'Price'}: {bold(format_money(price_minor, currency))}",
        "Bado haiuzwi. Saizi gani, na ngapi? Mfano *M 2, L 1*, au *one size 3*."
        if sw
        else "It is not on sale yet. Which sizes, and how many? E.g. *M 2, L 1*, or *one size 3*.",
    )


def _draft(name: str, category: str, colour: str, language: Language) -> str:
    kind = category_name(category, language)
    return f"{bold(name)} ({kind}, {variant_phrase(colour, None, language)})"


def on_sale(name: str, sku: str, language: Language) -> str:
    if language == "sw":
        return f"Tayari: {bold(name)} inauzwa sasa. SKU yake ni {bold(sku)}."
    return f"Done: {bold(name)} is on sale now. Its SKU is {bold(sku)}."


def not_on_sale(name: str, language: Language) -> str:
    if language == "sw":
        return f"Sawa, {bold(name)} haitauzwa."
    return f"Okay, {bold(name)} is not put on sale."
