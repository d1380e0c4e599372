"""All slot values of a message, in order, each once, with what the customer does not want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dukani.agent.acts import TurnContext
from dukani.agent.lexicon.styles import STYLES
from dukani.agent.lexicon.tokens import Token, normalise
from dukani.agent.understanding.budget import find_budget
from dukani.agent.understanding.figures import Figure, find_figures
from dukani.agent.understanding.finds import Find
from dukani.agent.understanding.negation import deny
from dukani.agent.understanding.numbers import role_of
from dukani.agent.understanding.own_words import as_filed
from dukani.agent.understanding.sold_names import NameSpan, sold_names
from dukani.agent.understanding.vocabulary import (
    in_a_name,
    name_spans,
    names_in_view,
    vocabulary,
)

WORDED = {"colour": "colour", "category": "category", "occasion": "occasion", "pattern": "pattern"}
SIZE_KINDS = ("size", "size_word")
MIDDLE = -2  # beside -1, the last
SIZED_BY = frozenset(("zaidi", "than", "kuliko"))
ADVERBS = frozenset(("kawaida", "daily", "casual"))
EXCLUDED = {"colour": "exclude_colour", "size": "exclude_size"}


@dataclass(frozen=True)
class Slots:
    """What was found; `wanted` and `unwanted` are parted by negation."""

    finds: tuple[Find, ...]
    budget: dict[str, int]
    figures: tuple[Figure, ...]

    def wanted(self, slot: str) -> list[Find]:
        return [find for find in self.finds if find.slot == slot and not find.denied]

    def unwanted(self, slot: str) -> list[Find]:
        return [find for find in self.finds if find.slot == slot and find.denied]

    def first(self, slot: str) -> object | None:
        found = self.wanted(slot)
        return found[0].value if found else None

    def after(self, position: int) -> Slots:
        """Only what was said from this token on."""
        return Slots(
            tuple(find for find in self.finds if find.start >= position), self.budget, self.figures
        )

    def values(self, *names: str) -> dict[str, object]:
        """The wanted values of these slots that were said, by slot."""
        said = {name: self.first(name) for name in names}
        return {name: value for name, value in said.items() if value is not None}

    def exclusions(self) -> dict[str, object]:
        """exclude_colour and exclude_size, unless the customer also says what she wants."""
        return {
            name: self.unwanted(slot)[0].value
            for slot, name in EXCLUDED.items()
            if self.unwanted(slot) and not self.wanted(slot)
        }


def _worded(tokens: Sequence[Token]) -> list[Find]:
    """The slots that one word tells."""
    finds = (_word_at(tokens, at) for at in range(len(tokens)))
    return [find for find in finds if find is not None]


def _word_at(tokens: Sequence[Token], at: int) -> Find | None:
    token = tokens[at]
    if token.kind in WORDED and not _is_adverb(tokens, at):
        return Find(WORDED[token.kind], token.value, at, at + 1)
    if token.kind == "embroidery":
        return Find("embroidery", True, at, at + 1)
    if token.kind in SIZE_KINDS and _is_size(tokens, at):
        return Find("size", token.value, at, at + 1)
    return None


def _is_adverb(tokens: Sequence[Token], at: int) -> bool:
    """ "kawaida navaa 50": usually, and no everyday dress."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].text in ADVERBS and following is not None and following.verb is not None


def _is_size(tokens: Sequence[Token], at: int) -> bool:
    """A size, and not "kubwa zaidi" (bigger) or the "s" of a misspelt word."""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return after not in SIZED_BY


def _numbered(
    tokens: Sequence[Token], figures: Sequence[Figure], context: TurnContext, words: list[Find]
) -> list[Find]:
    """Options, sizes and quantities said as numbers."""
    picks = sum(figure.kind == "ordinal" for figure in figures)
    sizes = sum(find.slot == "size" for find in words) + sum(
        figure.start > 0 and tokens[figure.start - 1].kind == "mark" for figure in figures
    )
    finds: list[Find] = []
    for figure in figures:
        marked = figure.start > 0 and tokens[figure.start - 1].kind == "mark"
        crowd = picks + sizes - marked - (figure.kind == "ordinal")
        role = role_of(tokens, figure, context, crowd)
        if role is not None:
            value = _resolve(figure, role, context)
            finds.append(Find(role, value, figure.start, figure.end))
    return finds


def _resolve(figure: Figure, role: str, context: TurnContext) -> str | int:
    if role == "size":
        return str(figure.value)
    if figure.value == MIDDLE:
        return _middle(context)
    if figure.value < 0:  # "the last one"
        return len(context.options) or 1
    return figure.value


def _middle(context: TurnContext) -> int:
    return (len(context.options) + 1) // 2 or 1


def _in_the_middle(find: Find, tokens: Sequence[Token], context: TurnContext) -> Find:
    """ "ya katikati": a medium, but the piece in the middle while several are shown."""
    word = tokens[find.start].text.split()[-1]
    marked = find.start > 0 and tokens[find.start - 1].kind == "mark"
    several = context.step == "products_found" and len(context.options) > 2
    if find.slot != "size" or word not in ("kati", "katikati") or marked or not several:
        return find
    return replace(find, slot="option", value=_middle(context))


def find_slots(tokens: Sequence[Token], context: TurnContext) -> Slots:
    """Every slot value of the message."""
    figures = [
        f for f in find_figures(tokens) if not (f.word and in_a_name(tokens, f.start, context))
    ]
    budget, used = find_budget(tokens, figures)
    words = [as_filed(find, context.sold) for find in _worded(tokens)]
    counted = [figure for figure in figures if figure.start not in used and figure.kind != "money"]
    finds = words + _numbered(tokens, counted, context, words)
    taken = {find.start for find in finds if find.slot in ("size", "option", "quantity")}
    sold = list(sold_names(tokens, context.sold.names))
    elsewhere = _out_of_view(sold, context)
    for start, end in name_spans(tokens, vocabulary(context), taken):
        if any(span.start < end and start < span.end for span in elsewhere):
            continue  # the Royal of a Royal Bead Set is no Royal Court Heels
        said = " ".join(STYLES.get(token.text, token.text) for token in tokens[start:end])
        finds = [find for find in finds if not (start <= find.start < end and _absorbed(find))]
        finds.append(Find("name", said, start, end))
    finds += _sold_finds(sold, finds)
    finds = [find for find in finds if not _part_of_sold(find, finds)]
    finds = [_in_the_middle(find, tokens, context) for find in finds]
    finds.sort(key=lambda find: find.start)
    return Slots(tuple(deny(tokens, finds)), budget, tuple(figures))


def _out_of_view(sold: Sequence[NameSpan], context: TurnContext) -> list[NameSpan]:
    """Names of several words that no piece in view has all of."""
    in_view = [set(normalise(name).replace("-", " ").split()) for name in names_in_view(context)]
    words_of = {span: set(span.words.split()) for span in sold}
    return [
        span
        for span, words in words_of.items()
        if len(words) > 1 and not any(words <= has for has in in_view)
    ]


def _sold_finds(sold: Sequence[NameSpan], finds: Sequence[Find]) -> list[Find]:
    """Names of pieces that are sold but not in view; what is in view is named first."""
    taken = {at for find in finds if find.slot == "name" for at in range(find.start, find.end)}
    return [
        Find("name", span.words, span.start, span.end, sold=True)
        for span in sold
        if taken.isdisjoint(range(span.start, span.end))
    ]


def _part_of_sold(find: Find, finds: Sequence[Find]) -> bool:
    """The pattern or occasion in a piece's name; its kind stays said."""
    if find.slot not in ("pattern", "occasion", "embroidery"):
        return False
    return any(name.sold and name.start <= find.start < name.end for name in finds)


def _absorbed(find: Find) -> bool:
    """Words of a product's name say nothing more than the name, but for the kind of piece."""
    return find.slot in ("pattern", "occasion", "colour")
