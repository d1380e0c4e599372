"""Names the colour that "the other colour" is: "kofia weka ile rangi nyingine".

A piece sold in two colours has one other than it is spoken of in.
"""

from __future__ import annotations

import re

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.parsing.message import read_message
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line

NAMING = ("name", "category", "colour", "size")
_SAID = re.compile(
    r"\b(?P<put>(?:i|zi|li)?weka (?:(?:ile|hiyo|kwa) )?)?"
    r"(?:(?:rangi|colou?r) (?:ya |ile )?(?:ny|y)?ingine(?: ile)?|"
    r"(?:other|another|different) (?:rangi|colou?r)(?: one)?)\b",
    re.IGNORECASE,
)


_NOT_OF_AN_EDIT = frozenset((
    "not", "no", "dont", "sitaki", "sio", "si", "siyo", "what", "which", "any", "gani", "zipi",
    "received", "sent", "send", "delivered", "came", "brought", "got", "nimeletewa", "mlinitumia",
    "mmenitumia", "nimepata", "nilipata", "imekuja", "zimekuja", "mlileta", "mmeleta", "note",
    "near", "opposite", "karibu", "nyuma", "house", "nyumba",
))  # fmt: skip
_EDITED = frozenset((
    "products_found", "choosing", "size_recommended", "cart_updated", "awaiting_confirmation",
    "payment_failed",
))  # fmt: skip
_LONGEST = 14  # words; longer ones tell of other things


def with_other_colour_named(text: str, context: TurnContext) -> str:
    """The text with the colour's name in the place of "the other colour", where it is one."""
    if not _may_edit(text, context):
        return text
    said = list(_SAID.finditer(text))
    colour = _other_colour(_SAID.sub(" ", text), context) if len(said) == 1 else None
    if colour is None:
        return text
    named = f"iwe {colour}" if said[0]["put"] else colour  # "put the other colour" puts in no more
    return text[: said[0].start()] + named + text[said[0].end() :]


def _may_edit(text: str, context: TurnContext) -> bool:
    """Whether nothing is complained of, refused, or told of a place: it is stored as written."""
    words = words_of(text)
    return context.step in _EDITED and len(words) <= _LONGEST and _NOT_OF_AN_EDIT.isdisjoint(words)


def _other_colour(text: str, context: TurnContext) -> str | None:
    if line := _line_spoken_of(text, context):
        product, present = line.product_id, line.colour
    elif context.focus is not None and context.spoken_colour is not None:
        product, present = context.focus.product_id, context.spoken_colour
    else:
        return None
    piece = next((p for p in context.sold.pieces if p.product_id == product), None)
    others = [colour for colour in piece.colours if colour != present] if piece else []
    return others[0] if piece and len(others) == 1 == len(piece.colours) - 1 else None


def _line_spoken_of(text: str, context: TurnContext) -> Line | None:
    """The one line that a word of the text calls, else the one changed last or the only one."""
    message = read_message(text, context)
    called = message.lines_said() if any(f.slot in NAMING for f in message.slots.finds) else []
    if not called and context.focus is None:
        last = [line for line in context.cart if line.number == context.last_line]
        called = last or list(context.cart)
    return called[0] if len(called) == 1 else None
