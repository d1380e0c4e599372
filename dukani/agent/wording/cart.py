"""Writes the replies about the cart: its content, its changes, the next step."""

from __future__ import annotations

from dukani.agent.facts import (
    AddedToCart,
    AskWhichLine,
    BoughtTogether,
    CartCleared,
    CartEmpty,
    CartShown,
    LineChanged,
    LineRemoved,
    Voice,
    WindowCartOver,
)
from dukani.agent.wording.markup import bold, example, lines, price
from dukani.agent.wording.pieces import line_phrase, order_lines
from dukani.agent.wording.registry import Said, words
from dukani.core.money import format_money

NEXT_EN = "Write *checkout* to order, or tell me what else you'd like."
NEXT_SW = "Kuagiza na kulipa, andika *lipa*; au niambie unachotaka kuongeza."
LOOK_EN = "Tell me what you're looking for, e.g. *red dress size M*, or send a photo."
LOOK_SW = "Niambie unachotafuta, mfano *gauni jekundu saizi M*, au tuma picha."


def pieces_en(count: int) -> str:
    return "1 piece" if count == 1 else f"{count} pieces"


def pieces_sw(count: int) -> str:
    return f"bidhaa {count}"


@words(AddedToCart, "en")
def added_to_cart_en(fact: AddedToCart, voice: Voice) -> Said:
    total = f"Your cart: {pieces_en(fact.pieces)}, total {price(fact.total_minor, voice)}."
    return Said(lines(f"Added: {line_phrase(fact.line, voice)}", total), NEXT_EN)


@words(AddedToCart, "sw")
def added_to_cart_sw(fact: AddedToCart, voice: Voice) -> Said:
    total = f"Kikapu chako: {pieces_sw(fact.pieces)}, jumla {price(fact.total_minor, voice)}."
    return Said(lines(f"Nimekuwekea: {line_phrase(fact.line, voice)}", total), NEXT_SW)


@words(LineChanged, "en")
def line_changed_en(fact: LineChanged, voice: Voice) -> Said:
    total = f"Cart total: {price(fact.total_minor, voice)}."
    return Said(lines(f"Changed to: {line_phrase(fact.line, voice)}", total), NEXT_EN)


@words(LineChanged, "sw")
def line_changed_sw(fact: LineChanged, voice: Voice) -> Said:
    total = f"Jumla ya kikapu: {price(fact.total_minor, voice)}."
    return Said(lines(f"Nimebadilisha: {line_phrase(fact.line, voice)}", total), NEXT_SW)


@words(LineRemoved, "en")
def line_removed_en(fact: LineRemoved, voice: Voice) -> Said:
    removed = f"Removed {bold(fact.name)}."
    if fact.pieces == 0:
        return Said(f"{removed} Your cart is empty now.", LOOK_EN)
    left = f"Left in your cart: {pieces_en(fact.pieces)}, total {price(fact.total_minor, voice)}."
    return Said(f"{removed} {left}", NEXT_EN)


@words(LineRemoved, "sw")
def line_removed_sw(fact: LineRemoved, voice: Voice) -> Said:
    removed = f"Nimeondoa {bold(fact.name)}."
    if fact.pieces == 0:
        return Said(f"{removed} Kikapu chako sasa hakina kitu.", LOOK_SW)
    left = f"Kikapuni zimebaki {pieces_sw(fact.pieces)}, jumla {price(fact.total_minor, voice)}."
    return Said(f"{removed} {left}", NEXT_SW)


@words(CartShown, "en")
def cart_shown_en(fact: CartShown, voice: Voice) -> Said:
    total = f"Total: {price(fact.total_minor, voice)}"
    return Said(
        lines("Your cart:", order_lines(fact.lines, voice), total),
        "\nWrite *checkout* to order, or tell me what to change, e.g. *remove 1*.",
    )


@words(CartShown, "sw")
def cart_shown_sw(fact: CartShown, voice: Voice) -> Said:
    total = f"Jumla: {price(fact.total_minor, voice)}"
    return Said(
        lines("Kikapu chako:", order_lines(fact.lines, voice), total),
        "\nAndika *lipa* kuagiza, au niambie cha kubadilisha, mfano *toa 1*.",
    )


@words(CartEmpty, "en")
def cart_empty_en(_fact: CartEmpty, _voice: Voice) -> Said:
    return Said("Your cart is still empty.", LOOK_EN)


@words(CartEmpty, "sw")
def cart_empty_sw(_fact: CartEmpty, _voice: Voice) -> Said:
    return Said("Kikapu chako bado hakina kitu.", LOOK_SW)


@words(CartCleared, "en")
def cart_cleared_en(_fact: CartCleared, _voice: Voice) -> Said:
    return Said("Done, I've emptied your cart.", LOOK_EN)


@words(CartCleared, "sw")
def cart_cleared_sw(_fact: CartCleared, _voice: Voice) -> Said:
    return Said("Sawa, nimeondoa vitu vyote kwenye kikapu.", LOOK_SW)


@words(AskWhichLine, "en")
def ask_which_line_en(fact: AskWhichLine, voice: Voice) -> str:
    choice = example([str(line.number) for line in fact.lines], fallback="1")
    return lines(
        "Which one in your cart do you mean?",
        f"{order_lines(fact.lines, voice)}\n",
        f"Reply with its number, e.g. {choice}.",
    )


@words(AskWhichLine, "sw")
def ask_which_line_sw(fact: AskWhichLine, voice: Voice) -> str:
    choice = example([str(line.number) for line in fact.lines], fallback="1")
    return lines(
        "Unamaanisha ipi kwenye kikapu?",
        f"{order_lines(fact.lines, voice)}\n",
        f"Andika namba yake, mfano {choice}.",
    )


@words(BoughtTogether, "en")
def bought_together_en(fact: BoughtTogether, voice: Voice) -> str:
    return (
        f"Many who take {bold(fact.with_name)} also take {bold(fact.name)} "
        f"({format_money(fact.price_minor, voice.currency)}). Write its name to see it."
    )


@words(BoughtTogether, "sw")
def bought_together_sw(fact: BoughtTogether, voice: Voice) -> str:
    return (
        f"Wengi wanaochukua {bold(fact.with_name)} huchukua pia {bold(fact.name)} "
        f"({format_money(fact.price_minor, voice.currency)}). Andika jina lake kuiona."
    )


@words(WindowCartOver, "en")
def window_cart_over_en(_fact: WindowCartOver, _voice: Voice) -> Said:
    return Said("That cart is too old, or was taken already. Choose again in the shop.", LOOK_EN)


@words(WindowCartOver, "sw")
def window_cart_over_sw(_fact: WindowCartOver, _voice: Voice) -> Said:
    return Said("Kikapu hicho ni cha zamani, au kimeshachukuliwa. Chagua tena dukani.", LOOK_SW)
