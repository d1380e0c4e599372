"""Phrases pieces as lines of a message: numbered options, lines of a cart or an order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dukani.agent.facts import Line, Option, Voice
from dukani.agent.wording.markup import MAX_LISTED, bold, clean, price, shorten
from dukani.agent.wording.names import colours_named, size_phrase, sizes_named, variant_phrase
from dukani.agent.wording.relations import for_whom
from dukani.core.languages import Worded
from dukani.core.money import format_money
from dukani.domain.acts import Language
from dukani.domain.sizes import sizes_for_age

# With these limits five options and their prices fit one caption.
MAX_COLOURS = 5
MAX_OPTION_NAME = 45
MAX_DETAIL = 80
VARY: dict[Language, str] = Worded(en="(vary by colour)", sw="(si zote kila rangi)")


def piece(name: str, colour: str | None, size: str | None, language: Language) -> str:
    """A piece in a sentence: `*Amani Wrap Dress* (blue, size M)`."""
    variant = variant_phrase(colour, size, language)
    return f"{bold(name)} ({variant})" if variant else bold(name)


def option_lines(options: Iterable[Option], voice: Voice) -> str:
    """The numbered options, two lines each: number, name and price; colour and sizes."""
    return "\n".join(_option(option, voice) for option in options)


def _option(option: Option, voice: Voice) -> str:
    title = bold(shorten(f"{option.number}. {clean(option.name)}", MAX_OPTION_NAME))
    head = f"{title} – {price(option.price_minor, voice)}"
    detail = shorten(option_detail(option, voice.language), MAX_DETAIL)
    return f"{head}\n{detail}" if detail else head


def option_detail(option: Option, language: Language) -> str:
    """Colours and sizes: `blue · sizes S, M, L`; of a size asked for, the colours that have it."""
    asked = _sizes_asked(option)
    meant = (option.colour,) if option.colour else _colours_in(option, asked)
    colours = ", ".join(colours_named(meant, language)[:MAX_COLOURS])
    sizes = _sizes(asked or option.sizes, language)
    if option.variants and not asked and len(option.sizes) > 1:
        sizes = f"{sizes} {VARY[language]}"
    return " · ".join(part for part in (colours, sizes) if part)


def _sizes_asked(option: Option) -> tuple[str, ...]:
    """The size looked for, or those for the child's age; () where none was said."""
    if option.size is not None:
        return (option.size,)
    return sizes_for_age(option.age, option.sizes, option) if option.age is not None else ()


def _colours_in(option: Option, sizes: Sequence[str]) -> tuple[str, ...]:
    if not sizes or not option.variants:
        return option.colours
    there = {colour for colour, size in option.variants if size in sizes}
    return tuple(colour for colour in option.colours if colour in there)


def _sizes(sizes: Sequence[str], language: Language) -> str:
    if len(sizes) < 2:
        return "".join(size_phrase(size, language) for size in sizes)
    names = ", ".join(sizes_named(sizes, language)[:MAX_LISTED])
    return f"saizi {names}" if language == "sw" else f"sizes {names}"


def order_lines(order: Iterable[Line], voice: Voice, *, to_owner: bool = False) -> str:
    """The lines of a cart or an order, numbered, each with its total and for whom it is."""
    told = (f"{line.number}. {_with_whom(line, voice, to_owner=to_owner)}" for line in order)
    return "\n".join(told)


def _with_whom(line: Line, voice: Voice, *, to_owner: bool) -> str:
    whom = for_whom(line, voice.language, to_owner=to_owner)
    return f"{line_phrase(line, voice)}, {whom}" if whom else line_phrase(line, voice)


def line_phrase(line: Line, voice: Voice) -> str:
    """`*Amani Wrap Dress* (blue, size M) – 2 × KES 4,500 = KES 9,000`."""
    unit = format_money(line.unit_price_minor, voice.currency)
    cost = unit
    if line.quantity != 1:
        together = format_money(line.unit_price_minor * line.quantity, voice.currency)
        cost = f"{line.quantity} × {unit} = {together}"
    return f"{piece(line.name, line.colour, line.size, voice.language)} – {cost}"
