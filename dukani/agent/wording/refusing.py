"""Writes the replies about refused edits of an order, with the alternatives in stock."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dukani.agent.facts import Change
from dukani.agent.wording.concord import in_colour
from dukani.agent.wording.markup import bold, bold_listed
from dukani.agent.wording.names import choice_name, colour_name, size_phrase
from dukani.agent.wording.pieces import piece
from dukani.domain.acts import Language
from dukani.domain.changes import Refusal


def refused(change: Change, language: Language) -> str:
    """One sentence that says which edit was refused and why."""
    reasons = _SW if language == "sw" else _EN
    return reasons[change.reason or "not_found"](change)


def _refused_piece(change: Change, language: Language) -> str:
    return piece(change.name, change.colour, change.size, language)


def _choices(change: Change, language: Language) -> str:
    """`*S*, *M* and *L*`; empty where there is no alternative."""
    names = [choice_name(choice, language) for choice in change.choices]
    return bold_listed(names, last="na" if language == "sw" else "and")


def _no_such_colour_en(change: Change) -> str:
    colour = colour_name(change.colour or "", "en")
    there = f"; it comes in {choices}" if (choices := _choices(change, "en")) else ""
    return f"We have no {colour} in {bold(change.name)}{there}."


def _no_such_colour_sw(change: Change) -> str:
    there = f"; kuna {choices}" if (choices := _choices(change, "sw")) else ""
    return f"{bold(change.name)} haipo kwa {in_colour(change.colour or '')}{there}."


def _no_such_size_en(change: Change) -> str:
    size = size_phrase(change.size or "", "en")
    there = f": {choices}" if (choices := _choices(change, "en")) else ""
    return f"{size[:1].upper()}{size[1:]} is not one of the sizes of {bold(change.name)}{there}."


def _no_such_size_sw(change: Change) -> str:
    there = f"; kuna {choices}" if (choices := _choices(change, "sw")) else ""
    return f"{bold(change.name)} haina {size_phrase(change.size or '', 'sw')}{there}."


def _out_of_stock_en(change: Change) -> str:
    wanted = _refused_piece(change, "en")
    if change.left > 0:
        are = "is" if change.left == 1 else "are"
        return f"Only {bold(str(change.left))} of {wanted} {are} left, not {change.wanted}."
    there = f"; we have {choices}" if (choices := _choices(change, "en")) else ""
    return f"{wanted} is out of stock{there}."


def _out_of_stock_sw(change: Change) -> str:
    wanted = _refused_piece(change, "sw")
    if change.left > 0:
        left = "imebaki" if change.left == 1 else "zimebaki"
        return f"{wanted} {left} {bold(str(change.left))} tu, si {change.wanted}."
    there = f"; kuna {choices}" if (choices := _choices(change, "sw")) else ""
    return f"{wanted} imeisha{there}."


def _too_many_en(change: Change) -> str:
    if not change.left:
        return _out_of_stock_en(change)
    name, most = bold(change.name), bold(str(change.left))
    return (
        f"{change.wanted} of {name} is too many: the most I can take is {most}. "
        "For a bigger order, write *person*."
    )


def _too_many_sw(change: Change) -> str:
    if not change.left:
        return _out_of_stock_sw(change)
    name, most = bold(change.name), bold(str(change.left))
    return (
        f"{name} {change.wanted} ni nyingi mno: naweza kuweka hadi {most}. "
        "Kwa oda kubwa, andika *mhudumu*."
    )


def _below_zero_en(change: Change) -> str:
    return (
        f"I can't take {change.wanted} of {bold(change.name)}, so I left that as it was. How many?"
    )


def _below_zero_sw(change: Change) -> str:
    return (
        f"Siwezi kuweka {bold(change.name)} {change.wanted}, kwa hivyo sijabadilisha hapo. Ngapi?"
    )


def _not_found_en(change: Change) -> str:
    if not change.name:
        return "I couldn't find that piece in our shop."
    return f"I couldn't find {_refused_piece(change, 'en')} in our shop."


def _not_found_sw(change: Change) -> str:
    if not change.name:
        return "Sijapata nguo hiyo dukani kwetu."
    return f"Sijapata {_refused_piece(change, 'sw')} dukani kwetu."


def _not_in_order_en(change: Change) -> str:
    if not change.name:
        return "That is not in your cart, so I changed nothing there."
    return f"{_refused_piece(change, 'en')} is not in your cart, so I changed nothing there."


def _not_in_order_sw(change: Change) -> str:
    if not change.name:
        return "Hiyo haimo kwenye kikapu chako, kwa hivyo sijabadilisha kitu."
    name = _refused_piece(change, "sw")
    return f"{name} haimo kwenye kikapu chako, kwa hivyo sijabadilisha kitu."


def _nothing_to_undo_en(_change: Change) -> str:
    return "There is no change to take back."


def _nothing_to_undo_sw(_change: Change) -> str:
    return "Hakuna badiliko la kurudisha."


_EN: Mapping[Refusal, Callable[[Change], str]] = {
    "out_of_stock": _out_of_stock_en,
    "no_such_colour": _no_such_colour_en,
    "no_such_size": _no_such_size_en,
    "too_many": _too_many_en,
    "below_zero": _below_zero_en,
    "not_found": _not_found_en,
    "not_in_order": _not_in_order_en,
    "nothing_to_undo": _nothing_to_undo_en,
}
_SW: Mapping[Refusal, Callable[[Change], str]] = {
    "out_of_stock": _out_of_stock_sw,
    "no_such_colour": _no_such_colour_sw,
    "no_such_size": _no_such_size_sw,
    "too_many": _too_many_sw,
    "below_zero": _below_zero_sw,
    "not_found": _not_found_sw,
    "not_in_order": _not_in_order_sw,
    "nothing_to_undo": _nothing_to_undo_sw,
}
