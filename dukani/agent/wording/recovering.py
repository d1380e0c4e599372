"""Writes the replies about a cart that she left and takes up again, or does not."""

from __future__ import annotations

from dukani.agent.facts import CartTakenUp, LeftForLater, Voice
from dukani.agent.wording.markup import bold, lines, price
from dukani.agent.wording.registry import words
from dukani.core.money import format_money

_LATER_EN = {
    "cart": "No problem. Your cart stays as it is: write *checkout* whenever you like.",
    "order": "No problem. Write *pay* whenever I should send the M-Pesa request again.",
    "piece": "No problem. I'm here whenever you need anything.",
}
_LATER_SW = {
    "cart": "Hakuna shida. Kikapu chako kitabaki kama kilivyo: andika *lipa* ukiwa tayari.",
    "order": "Hakuna shida. Ukiwa tayari nikutumie tena ombi la M-Pesa, andika *lipa*.",
    "piece": "Hakuna shida. Niko hapa wakati wowote ukihitaji kitu.",
}


@words(CartTakenUp, "en")
def cart_taken_up_en(fact: CartTakenUp, voice: Voice) -> str:
    as_it_was = not (fact.lacks or fact.prices)
    welcome = "Your cart is just as you left it." if as_it_was else "I looked at your cart again:"
    moves = [
        f"{bold(one.name)} is now {price(one.now_minor, voice)}"
        f" (it was {format_money(one.was_minor, voice.currency)})."
        for one in fact.prices
    ]
    return lines(f"Welcome back! {welcome}", *moves)


@words(CartTakenUp, "sw")
def cart_taken_up_sw(fact: CartTakenUp, voice: Voice) -> str:
    as_it_was = not (fact.lacks or fact.prices)
    welcome = "Kikapu chako kipo kama ulivyokiacha." if as_it_was else "Nimekiangalia kikapu chako:"
    moves = [
        f"Bei ya {bold(one.name)} sasa ni {price(one.now_minor, voice)}"
        f" (ilikuwa {format_money(one.was_minor, voice.currency)})."
        for one in fact.prices
    ]
    return lines(f"Karibu tena! {welcome}", *moves)


@words(LeftForLater, "en")
def left_for_later_en(fact: LeftForLater, voice: Voice) -> str:
    return _LATER_EN[fact.of]


@words(LeftForLater, "sw")
def left_for_later_sw(fact: LeftForLater, voice: Voice) -> str:
    return _LATER_SW[fact.of]
