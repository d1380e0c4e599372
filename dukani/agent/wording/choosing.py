"""Writes the replies about choosing: options, variants, stock and prices."""

from __future__ import annotations

from dukani.agent.facts import (
    AskVariant,
    AskWhichOption,
    Available,
    NoDiscount,
    OptionsAgain,
    PieceDescribed,
    PieceOutOfStock,
    PriceTold,
    SumTold,
    SumWithoutTold,
    Voice,
)
from dukani.agent.wording.concord import in_colour
from dukani.agent.wording.markup import MAX_LISTED, bold, bold_listed, clean, example, join, price
from dukani.agent.wording.names import (
    choice_name,
    colour_name,
    colours_named,
    size_phrase,
    sizes_named,
)
from dukani.agent.wording.pieces import option_lines, piece
from dukani.agent.wording.registry import Said, words


@words(AskWhichOption, "en")
def ask_which_option_en(fact: AskWhichOption, voice: Voice) -> str:
    choice = example([str(option.number) for option in fact.options], fallback="1")
    return (
        f"Which one do you mean?\n{option_lines(fact.options, voice)}\n\n"
        f"Reply with its number, e.g. {choice}."
    )


@words(AskWhichOption, "sw")
def ask_which_option_sw(fact: AskWhichOption, voice: Voice) -> str:
    choice = example([str(option.number) for option in fact.options], fallback="1")
    options = option_lines(fact.options, voice)
    return f"Unamaanisha ipi?\n{options}\n\nAndika namba yake, mfano {choice}."


@words(OptionsAgain, "en")
def options_again_en(fact: OptionsAgain, voice: Voice) -> Said:
    choice = example([str(option.number) for option in fact.options], fallback="1")
    return Said(
        f"This is what they come in:\n{option_lines(fact.options, voice)}",
        f"\nWhich one would you like? Reply with its number, e.g. {choice}.",
    )


@words(OptionsAgain, "sw")
def options_again_sw(fact: OptionsAgain, voice: Voice) -> Said:
    choice = example([str(option.number) for option in fact.options], fallback="1")
    return Said(
        f"Rangi na saizi zilizopo ni hizi:\n{option_lines(fact.options, voice)}",
        f"\nUngependa ipi? Andika namba yake, mfano {choice}.",
    )


@words(AskVariant, "en")
def ask_variant_en(fact: AskVariant, voice: Voice) -> str:
    chosen = _chosen(fact, voice)
    choices = [choice_name(choice, "en") for choice in fact.choices]
    if fact.listed and choices:
        return f"{chosen}Please choose one of these:\n{_list_of(choices)}"
    if fact.missing == "quantity":
        quantity = example(choices, fallback="1")
        return f"{chosen}How many would you like? Reply e.g. {quantity}."
    have = f"We have {bold_listed(choices, last='and')}." if choices else ""
    if fact.missing == "size" and fact.proposed:
        size = bold(choice_name(fact.proposed, "en"))
        ask = f"Shall I take {size} for you? Reply *yes*, or another size."
    elif fact.missing == "size":
        ask = f"Which size do you wear? Reply e.g. {example(choices, fallback='M')}."
    else:
        ask = f"Which colour would you like? Reply e.g. {example(choices, fallback='black')}."
    return f"{chosen}{join(have, ask)}"


@words(AskVariant, "sw")
def ask_variant_sw(fact: AskVariant, voice: Voice) -> str:
    chosen = _chosen(fact, voice)
    choices = [choice_name(choice, "sw") for choice in fact.choices]
    if fact.listed and choices:
        return f"{chosen}Tafadhali chagua moja kati ya hizi:\n{_list_of(choices)}"
    if fact.missing == "quantity":
        quantity = example(choices, fallback="1")
        return f"{chosen}Ungependa ngapi? Jibu mfano {quantity}."
    if fact.missing == "size":
        have = f"Saizi zilizopo ni {bold_listed(choices, last='na')}." if choices else ""
        ask = f"Unavaa saizi gani? Jibu mfano {example(choices, fallback='M')}."
        if fact.proposed:
            size = bold(choice_name(fact.proposed, "sw"))
            ask = f"Nikuchukulie {size}? Jibu *ndiyo*, au niambie saizi nyingine."
    else:
        have = f"Rangi zilizopo ni {bold_listed(choices, last='na')}." if choices else ""
        ask = f"Ungependa rangi gani? Jibu mfano {example(choices, fallback='nyeusi')}."
    return f"{chosen}{join(have, ask)}"


def _list_of(choices: list[str]) -> str:
    """The choices, each on its own line, without numbers, because a number may be a size."""
    return "\n".join(f"• {bold(choice)}" for choice in choices[:MAX_LISTED])


def _chosen(fact: AskVariant, voice: Voice) -> str:
    """The piece and its price on their own line, unless the fact before named the piece."""
    if fact.named:
        return ""
    named = piece(fact.name, fact.colour, fact.size, voice.language)
    return f"{named} – {price(fact.price_minor, voice)}.\n"


@words(Available, "en")
def available_en(fact: Available, voice: Voice) -> Said:
    there = (
        f"Yes, we have {piece(fact.name, fact.colour, fact.size, 'en')} "
        f"at {price(fact.price_minor, voice)}."
    )
    colours = [] if fact.colour else colours_named(fact.colours, "en")
    sizes = [] if fact.size else sizes_named(fact.sizes, "en")
    text = join(
        there,
        f"Colours: {', '.join(colours)}." if colours else "",
        f"Sizes: {', '.join(sizes)}." if sizes else "",
    )
    return Said(text, _take_en(colours, sizes))


def _take_en(colours: list[str], sizes: list[str]) -> str:
    if not colours and not sizes:
        return "Shall I put it in your cart? Reply *yes*."
    wanted = ", ".join(choices[0] for choices in (colours, sizes) if choices)
    return f"Which would you like? Reply e.g. {bold(wanted)}."


@words(Available, "sw")
def available_sw(fact: Available, voice: Voice) -> Said:
    there = (
        f"Ndiyo, {piece(fact.name, fact.colour, fact.size, 'sw')} ipo "
        f"kwa {price(fact.price_minor, voice)}."
    )
    colours = [] if fact.colour else colours_named(fact.colours, "sw")
    sizes = [] if fact.size else sizes_named(fact.sizes, "sw")
    text = join(
        there,
        f"Rangi: {', '.join(colours)}." if colours else "",
        f"Saizi: {', '.join(sizes)}." if sizes else "",
    )
    return Said(text, _take_sw(colours, sizes))


def _take_sw(colours: list[str], sizes: list[str]) -> str:
    if not colours and not sizes:
        return "Nikuwekee kwenye kikapu? Jibu *ndiyo*."
    wanted = ", ".join(choices[0] for choices in (colours, sizes) if choices)
    return f"Ungependa ipi? Jibu mfano {bold(wanted)}."


@words(PieceOutOfStock, "en")
def out_of_stock_en(fact: PieceOutOfStock, _voice: Voice) -> Said:
    wanted = piece(fact.name, fact.colour, fact.size, "en")
    if fact.left > 0:
        gone = (
            f"Sorry, {wanted} is almost out of stock: we have only {bold(str(fact.left))} left, "
            f"not {fact.wanted}. Reply {bold(_pieces_en(fact.left))} to take that, "
            "or pick another."
        )
    else:
        gone = f"Sorry, {wanted} is out of stock right now."
    return Said(join(gone, _other_en(fact)), _pick_en(fact))


def _pieces_en(count: int) -> str:
    return f"{count} piece" if count == 1 else f"{count} pieces"


def _other_en(fact: PieceOutOfStock) -> str:
    sizes, colours = sizes_named(fact.other_sizes, "en"), colours_named(fact.other_colours, "en")
    same_colour = f"In {colour_name(fact.colour, 'en')} we" if fact.colour else "We"
    same_size = f"In {size_phrase(fact.size, 'en')} we" if fact.size else "We"
    kind = "size" if len(sizes) == 1 else "sizes"
    return join(
        f"{same_colour} have {kind} {bold_listed(sizes, last='and')}." if sizes else "",
        f"{same_size} have {bold_listed(colours, last='and')}." if colours else "",
    )


def _pick_en(fact: PieceOutOfStock) -> str:
    choices = [*sizes_named(fact.other_sizes, "en"), *colours_named(fact.other_colours, "en")]
    return f"Would you like one of these? Reply e.g. {bold(choices[0])}." if choices else ""


@words(PieceOutOfStock, "sw")
def out_of_stock_sw(fact: PieceOutOfStock, _voice: Voice) -> Said:
    wanted = piece(fact.name, fact.colour, fact.size, "sw")
    if fact.left > 0:
        gone = (
            f"Samahani, {wanted} imekaribia kuisha: zimebaki {bold(str(fact.left))} tu, "
            f"si {fact.wanted}. Ukitaka zilizobaki, jibu {bold(f'pieces {fact.left}')}, "
            "au chagua nyingine."
        )
    else:
        gone = f"Samahani, {wanted} imeisha kwa sasa."
    return Said(join(gone, _other_sw(fact)), _pick_sw(fact))


def _other_sw(fact: PieceOutOfStock) -> str:
    sizes, colours = sizes_named(fact.other_sizes, "sw"), colours_named(fact.other_colours, "sw")
    same_colour = f"Kwa {in_colour(fact.colour)} tuna" if fact.colour else "Tuna"
    same_size = f"Kwa {size_phrase(fact.size, 'sw')} tuna" if fact.size else "Tuna"
    return join(
        f"{same_colour} saizi {bold_listed(sizes, last='na')}." if sizes else "",
        f"{same_size} rangi {bold_listed(colours, last='na')}." if colours else "",
    )


def _pick_sw(fact: PieceOutOfStock) -> str:
    choices = [*sizes_named(fact.other_sizes, "sw"), *colours_named(fact.other_colours, "sw")]
    return f"Ungependa mojawapo? Jibu mfano {bold(choices[0])}." if choices else ""


@words(PriceTold, "en")
def price_told_en(fact: PriceTold, voice: Voice) -> Said:
    if len(fact.options) == 1:
        return Said(option_lines(fact.options, voice), "Would you like it? Reply *yes*.")
    choice = example([str(option.number) for option in fact.options], fallback="1")
    return Said(
        f"Here are the prices:\n{option_lines(fact.options, voice)}",
        f"\nWhich one would you like? Reply with its number, e.g. {choice}.",
    )


@words(PriceTold, "sw")
def price_told_sw(fact: PriceTold, voice: Voice) -> Said:
    if len(fact.options) == 1:
        return Said(option_lines(fact.options, voice), "Ungependa kuichukua? Jibu *ndiyo*.")
    choice = example([str(option.number) for option in fact.options], fallback="1")
    return Said(
        f"Bei zake ni hizi:\n{option_lines(fact.options, voice)}",
        f"\nUngependa ipi? Andika namba yake, mfano {choice}.",
    )


@words(PieceDescribed, "en")
def piece_described_en(fact: PieceDescribed, _voice: Voice) -> Said:
    told = f"{bold(fact.name)}: {clean(fact.description)}"
    return Said(told, "Anything else about it? Write *person*, and the shop will tell you.")


@words(PieceDescribed, "sw")
def piece_described_sw(fact: PieceDescribed, _voice: Voice) -> Said:
    told = f"{bold(fact.name)}: {clean(fact.description)}"
    return Said(told, "Una swali lingine kuihusu? Andika *mhudumu*, duka litakujibu.")


@words(SumTold, "en")
def sum_told_en(fact: SumTold, voice: Voice) -> Said:
    told = f"{_so_many(fact)} would be {price(fact.sum_minor, voice)}."
    if fact.with_order_minor is not None:
        total = price(fact.with_order_minor, voice)
        told = join(told, f"With what is in your cart that makes {total}.")
    return Said(told, "I have changed nothing; tell me if you want it.")


@words(SumTold, "sw")
def sum_told_sw(fact: SumTold, voice: Voice) -> Said:
    told = f"{_so_many(fact)} itakuwa {price(fact.sum_minor, voice)}."
    if fact.with_order_minor is not None:
        total = price(fact.with_order_minor, voice)
        told = join(told, f"Pamoja na vilivyo kwenye kikapu chako itakuwa {total}.")
    return Said(told, "Sijabadilisha chochote; niambie ukitaka.")


@words(SumWithoutTold, "en")
def sum_without_en(fact: SumWithoutTold, voice: Voice) -> Said:
    told = f"Without {bold(fact.name)} it would be {price(fact.sum_minor, voice)}."
    return Said(told, "I have changed nothing; tell me if you want it so.")


@words(SumWithoutTold, "sw")
def sum_without_sw(fact: SumWithoutTold, voice: Voice) -> Said:
    told = f"Bila {bold(fact.name)} itakuwa {price(fact.sum_minor, voice)}."
    return Said(told, "Sijabadilisha chochote; niambie ukitaka.")


def _so_many(fact: SumTold) -> str:
    return f"{fact.quantity} × {bold(fact.name)}"


@words(NoDiscount, "en")
def no_discount_en(_fact: NoDiscount, _voice: Voice) -> str:
    return (
        "Our prices are as marked, so I can't lower them myself. "
        "To ask someone at the shop, write *person*."
    )


@words(NoDiscount, "sw")
def no_discount_sw(_fact: NoDiscount, _voice: Voice) -> str:
    return (
        "Bei zetu ni kama zilivyoandikwa, kwa hivyo mimi siwezi kupunguza. "
        "Ukitaka kuuliza mtu wa duka, andika *mhudumu*."
    )
