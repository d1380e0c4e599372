"""Words what other systems send a customer for us: a cart, a link to pay it, a reminder, pieces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dukani.agent.facts import Line, Option, Voice, Wish
from dukani.agent.wording.markup import bold, clean, lines, price
from dukani.agent.wording.names import category_name, colour_name, size_phrase
from dukani.agent.wording.pieces import option_detail, option_lines, order_lines
from dukani.core.languages import Worded
from dukani.core.money import format_money
from dukani.domain.acts import Language
from dukani.domain.recommending import Part

MOST_OPTIONS = 10  # of one message


def cart_text(order: Sequence[Line], total_minor: int, voice: Voice) -> str:
    if not order:
        return Worded(en="Your cart is empty.", sw="Kikapu chako hakina kitu.")[voice.language]
    head = Worded(en="Your cart:", sw="Kikapu chako:")[voice.language]
    total = Worded(en="Total", sw="Jumla")[voice.language]
    return lines(head, order_lines(order, voice), f"{total}: {price(total_minor, voice)}")


def payment_text(
    order: Sequence[Line], total_minor: int, url: str, until: datetime, voice: Voice
) -> str:
    """`until` in the boutique's time zone."""
    at = until.strftime("%H:%M")
    if voice.language == "sw":
        return lines(
            cart_text(order, total_minor, voice),
            f"Weka anwani na ulipe kwa M-Pesa hapa (hadi kesho saa {at}): {url}",
        )
    return lines(
        cart_text(order, total_minor, voice),
        f"Give your address and pay by M-Pesa here (until {at} tomorrow): {url}",
    )


def reminder_text(order: Sequence[Line], total_minor: int, voice: Voice) -> str:
    """One polite sentence, the cart, and the way out, as marketing must offer it."""
    name = clean((voice.customer or "").split(" ")[0])
    if voice.language == "sw":
        hello = f"Habari {name}," if name else "Habari,"
        return lines(
            f"{hello} vitu ulivyochagua {bold(voice.boutique)} bado vipo:",
            order_lines(order, voice),
            f"Jumla: {price(total_minor, voice)}. Andika *lipa* kuagiza.",
            "Hutaki ujumbe kama huu? Andika *acha matangazo*.",
        )
    hello = f"Hello {name}," if name else "Hello,"
    return lines(
        f"{hello} what you chose at {bold(voice.boutique)} is still here:",
        order_lines(order, voice),
        f"Total: {price(total_minor, voice)}. Write *checkout* to order.",
        "To get no such messages, write *stop promotions*.",
    )


def options_text(options: Sequence[Option], voice: Voice, *, head: str = "") -> str:
    """A numbered list; without any, that there is none."""
    if not options:
        return Worded(en="Nothing fits just now.", sw="Hakuna kinachofaa kwa sasa.")[voice.language]
    return lines(head, option_lines(options[:MOST_OPTIONS], voice))


def piece_text(option: Option, voice: Voice) -> str:
    """A single piece, without a number: what it costs, and in what it comes."""
    head = f"{bold(option.name)} – {price(option.price_minor, voice)}"
    return lines(head, option_detail(option, voice.language))


def shelf_text(
    sections: Sequence[tuple[str, Sequence[Option]]], voice: Voice, *, head: str = ""
) -> str:
    """Pieces in sections as one numbered list; a single piece has no number."""
    options = [option for _, own in sections for option in own]
    if len(options) == 1:
        return lines(head, piece_text(options[0], voice))
    told = [
        lines(bold(title) if title else "", option_lines(own, voice)) for title, own in sections
    ]
    return lines(head, *told)


def recommended_head(voice: Voice) -> str:
    return Worded(en="You may like these:", sw="Huenda ukapenda hizi:")[voice.language]


def similar_head(name: str, voice: Voice) -> str:
    if voice.language == "sw":
        return f"Zinazofanana na {bold(name)}:"
    return f"Like {bold(name)}:"


def why(part: Part, like: str | None, voice: Voice) -> str:
    """Why a piece is recommended; `like` names the bought piece it is because of."""
    if voice.language == "sw":
        if part == "pairs" and like:
            return f"mara nyingi hununuliwa pamoja na {clean(like)}"
        if part == "content" and like:
            return f"inafanana na {clean(like)}"
        return "inanunuliwa sana mwezi huu"
    if part == "pairs" and like:
        return f"often bought with {clean(like)}"
    if part == "content" and like:
        return f"like {clean(like)}"
    return "much bought this month"


def fit_words(field: str, wish: Wish, met: bool, *, language: Language, currency: str) -> str:
    """That a piece has what was asked, or has not: “comes in blue”, “not in size M”."""
    said = _asked(field, wish, language, currency)
    if language == "sw":
        return f"ina {said}" if met else f"haina {said}"
    return f"has {said}" if met else f"not {said}"


def _asked(field: str, wish: Wish, language: Language, currency: str) -> str:
    swahili = language == "sw"
    match field:
        case "category":
            kind = category_name(wish.category or "", language)
            return f"{'aina' if swahili else 'the kind'} {kind}"
        case "colour":
            colour = colour_name(wish.colour or "", language)
            return f"{'rangi' if swahili else 'the colour'} {colour}"
        case "size":
            return size_phrase(wish.size or "", language)
        case "budget":
            return f"{'bei' if swahili else 'the price'} {_budget(wish, currency)}"
        case "occasion":
            return f"{'tukio' if swahili else 'the occasion'} {wish.occasion}"
        case "pattern":
            return f"{'muundo' if swahili else 'the pattern'} {wish.pattern}"
        case "name":
            return f"{'jina' if swahili else 'the name'} “{clean(wish.name or '')}”"
    return f"{'maneno' if swahili else 'the words'} “{clean(wish.words or '')}”"


def _budget(wish: Wish, currency: str) -> str:
    least, most = wish.budget_min_minor, wish.budget_max_minor
    if least is not None and most is not None:
        return f"{format_money(least, currency)} – {format_money(most, currency)}"
    return (
        f"≤ {format_money(most, currency)}"
        if most is not None
        else (f"≥ {format_money(least or 0, currency)}")
    )


def left_text(carts: int, total_minor: int, voice: Voice) -> str:
    """For the shop's own people."""
    if voice.language == "sw":
        return f"Vikapu {carts} vimeachwa, jumla {price(total_minor, voice)}."
    carts_said = "1 cart was" if carts == 1 else f"{carts} carts were"
    return f"{carts_said} left, {price(total_minor, voice)} in all."


def stats_text(days: int, *, begun: int, paid: int, minor: int, voice: Voice) -> str:
    """For the shop's own people."""
    if voice.language == "sw":
        return f"Siku {days}: vikapu {begun}, {paid} vimelipwa, {price(minor, voice)}."
    return f"{days} days: {begun} carts, {paid} of them paid, {price(minor, voice)}."
