"""Writes the replies about unsettled wishes and changes: still open, offered, left out, dropped."""

from __future__ import annotations

from dukani.agent.facts import LeftAsItIs, LeftOut, OfferNearest, StillOpen, Voice
from dukani.agent.wording.markup import bold, lines, price
from dukani.agent.wording.names import colour_name
from dukani.agent.wording.pieces import line_phrase, order_lines, piece
from dukani.agent.wording.registry import Said, words


@words(StillOpen, "en")
def still_open_en(fact: StillOpen, _voice: Voice) -> str:
    wanted = "You also wanted to change" if fact.ordered else "You also wanted"
    return f"{wanted} the {piece(fact.name, fact.colour, fact.size, 'en')}."


@words(StillOpen, "sw")
def still_open_sw(fact: StillOpen, _voice: Voice) -> str:
    wanted = "Ulitaka pia kubadilisha" if fact.ordered else "Ulitaka pia"
    return f"{wanted} {piece(fact.name, fact.colour, fact.size, 'sw')}."


@words(LeftOut, "en")
def left_out_en(fact: LeftOut, _voice: Voice) -> str:
    if not bold(fact.name):
        return (
            "We didn't settle which one you meant, so I've left it out for now; "
            "if you still want it, tell me its name."
        )
    what = piece(fact.name, fact.colour, fact.size, "en")
    other = "other " if fact.beside and what == bold(fact.name) else ""
    return f"I've left out the {other}{what} for now; if you still want it, just tell me."


@words(LeftOut, "sw")
def left_out_sw(fact: LeftOut, _voice: Voice) -> str:
    if not bold(fact.name):
        return (
            "Hatukuelewana ulimaanisha ipi, kwa hivyo nimeiacha kwanza; "
            "kama bado unaitaka, niambie jina lake."
        )
    what = piece(fact.name, fact.colour, fact.size, "sw")
    other = " nyingine" if fact.beside and what == bold(fact.name) else ""
    return f"Nimeiacha {what}{other} kwanza; kama bado unaitaka, niambie tu."


@words(LeftAsItIs, "en")
def left_as_it_is_en(fact: LeftAsItIs, voice: Voice) -> str:
    if len(fact.lines) == 1:
        return f"This stays as it is: {line_phrase(fact.lines[0], voice)}"
    head = "We didn't settle which one you meant, so these stay as they are:"
    head = "Then these stay as they are:" if fact.declined else head
    return lines(head, order_lines(fact.lines, voice))


@words(LeftAsItIs, "sw")
def left_as_it_is_sw(fact: LeftAsItIs, voice: Voice) -> str:
    if len(fact.lines) == 1:
        return f"Hii inabaki ilivyo: {line_phrase(fact.lines[0], voice)}"
    head = "Hatukuelewana ulimaanisha ipi, kwa hivyo hizi zinabaki zilivyo:"
    head = "Basi hizi zinabaki zilivyo:" if fact.declined else head
    return lines(head, order_lines(fact.lines, voice))


@words(OfferNearest, "en")
def offer_nearest_en(fact: OfferNearest, voice: Voice) -> Said:
    wanted, nearest = colour_name(fact.wanted, "en"), bold(colour_name(fact.nearest, "en"))
    offered = piece(fact.name, fact.nearest, fact.size, "en")
    told = f"The nearest to {wanted} is {nearest}: {offered} – {price(fact.price_minor, voice)}."
    if not fact.asked:
        return Said(told)
    return Said(
        lines(told, "Shall I take that one for you? Reply *yes*, or tell me another colour.")
    )


@words(OfferNearest, "sw")
def offer_nearest_sw(fact: OfferNearest, voice: Voice) -> Said:
    wanted, nearest = colour_name(fact.wanted, "sw"), bold(colour_name(fact.nearest, "sw"))
    offered = piece(fact.name, fact.nearest, fact.size, "sw")
    told = f"Iliyo karibu na {wanted} ni {nearest}: {offered} – {price(fact.price_minor, voice)}."
    if not fact.asked:
        return Said(told)
    return Said(lines(told, "Nikuwekee hiyo? Jibu *ndiyo*, au niambie rangi nyingine."))
