"""Reads parts of a message by the rules, to confirm one of the network's guesses about it.

A story around an edit leads the rules astray where they read the edit alone rightly: "M-Pesa iko
na 1500 tu, wacha nibaki na ya blue peke yake". Neither source is sure then; where a part, read by
the rules, and a guess about the whole tell one effect, it is what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dukani.agent.local_reader.edits.words import KEEP
from dukani.agent.local_reader.learned.effect import Lines, effect_of
from dukani.agent.local_reader.learned.of_acts import read_of
from dukani.agent.local_reader.learned.operations import NotReadable
from dukani.agent.local_reader.learned.opinion import Opinion
from dukani.agent.local_reader.learned.sureness import is_sound
from dukani.agent.local_reader.parsing.message import read_message
from dukani.agent.local_reader.understand import understand
from dukani.domain.context import TurnContext

_CUT = re.compile(
    r"[,.!?;…\n]+|\b(?:and|na|but|lakini|so|wacha|acha|then|alafu|halafu|because|coz|cause|juu|"
    r"maana|instead|actually|sorry|hapana|no)\b",
    re.IGNORECASE,
)
_MOST_CUTS = 5
_FEWEST_WORDS = 2


def confirmed(
    text: str, context: TurnContext, opinions: Sequence[Opinion], least: float
) -> Opinion | None:
    """The likeliest opinion, of at least that probability, that the rules read in a part."""
    present = effect_of((), context)
    likely = {
        _key(one.lines): one
        for one in reversed(opinions)
        if one.lines != present and one.probability >= least and is_sound(one.meant, context)
    }
    read = ((part, _effect(part, context)) for part in _parts(text)) if likely else ()
    found = [
        likely[_key(lines)]
        for part, lines in read
        if lines and _key(lines) in likely and not _takes_what_is_kept(text, part, lines, context)
    ]
    return max(found, key=lambda one: one.probability, default=None)


def _takes_what_is_kept(text: str, part: str, lines: Lines, context: TurnContext) -> bool:
    """Whether a line goes that is kept outside of the part: "keep the hat and | bag, only 1"."""
    beside = read_message(text.replace(part, " . ", 1), context)
    if not beside.says_any(KEEP):
        return False
    gone = effect_of((), context).keys() - lines.keys()
    said = {line.number for line in beside.lines_said()}
    kept = [line for line in context.cart if line.number in said]
    return any((line.product_id, line.colour, line.size) in gone for line in kept)


def _key(lines: Lines) -> frozenset[object]:
    return frozenset(lines.items())


def _effect(part: str, context: TurnContext) -> Lines | None:
    try:
        return effect_of(read_of(understand(part, context).acts, context).operations(), context)
    except NotReadable:
        return None


def _parts(text: str) -> Iterator[str]:
    """The stretches between pauses and joining words, longer ones first, but not the whole."""
    cuts = [found.start() for found in _CUT.finditer(text) if found.start()][:_MOST_CUTS]
    places = [0, *cuts, len(text)]
    last = len(places) - 1
    for length in range(last - 1, 0, -1):
        for at in range(last - length + 1):
            part = text[places[at] : places[at + length]].strip(" ,.;!?…\n")
            if len(part.split()) >= _FEWEST_WORDS:
                yield part
