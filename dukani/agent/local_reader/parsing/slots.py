"""Fills the slots of a message: all values in order, wanted and denied."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dukani.agent.lexicon.styles import STYLES
from dukani.agent.lexicon.tokens import Token, normalise, words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.ages import find_ages
from dukani.agent.local_reader.parsing.budget import find_budget
from dukani.agent.local_reader.parsing.children_told import children_told
from dukani.agent.local_reader.parsing.figures import Figure, find_figures
from dukani.agent.local_reader.parsing.filing import filed_in
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.genitives import joined
from dukani.agent.local_reader.parsing.kinds_as_names import kinds_as_names
from dukani.agent.local_reader.parsing.kinds_of_a_set import kinds_of_a_set
from dukani.agent.local_reader.parsing.name_words import NameSpan
from dukani.agent.local_reader.parsing.named_by_cloth import named_by_cloth, shown_in_denim
from dukani.agent.local_reader.parsing.names_index import Filed, as_in_names
from dukani.agent.local_reader.parsing.negation import deny, only_second
from dukani.agent.local_reader.parsing.no_counts import (
    counting_names,
    counts_before_names,
    counts_people,
    counts_the_aged,
    measures_cloth,
    worded_in_a_name,
)
from dukani.agent.local_reader.parsing.no_nouns import is_no_noun, tells_of_money
from dukani.agent.local_reader.parsing.numbers import role_of
from dukani.agent.local_reader.parsing.packs import piece_of_the_pack
from dukani.agent.local_reader.parsing.pieces_of_a_set import kinds_named_by_parts, named_by_parts
from dukani.agent.local_reader.parsing.ranked_several import ranked_several
from dukani.agent.local_reader.parsing.sold_names import sold_names
from dukani.agent.local_reader.parsing.those_counted import (
    counts_all,
    counts_one_line,
    counts_these,
    is_chosen_from,
)
from dukani.agent.local_reader.parsing.view_kinds import describes_another_kind
from dukani.agent.local_reader.parsing.vocabulary import (
    in_a_name,
    name_spans,
    names_in_view,
    names_sold,
    numbers_a_name,
    vocabulary,
)
from dukani.agent.local_reader.parsing.worded_sizes import is_size
from dukani.domain.context import TurnContext
from dukani.domain.naming import singulars, spells

WORDED = {"colour": "colour", "category": "category", "occasion": "occasion", "pattern": "pattern"}
SIZE_KINDS = ("size", "size_word")
MIDDLE = -2  # the ordinal of "the middle one"; -1 is "the last one"
KEEP = word_set("edits", "keep")
ATTENTION = word_set("slots", "attention")
WITH = word_set("slots", "with")
MADE_OF = word_set("slots", "made_of")
ADVERBS = frozenset(("kawaida", "daily", "casual"))
WATCH = ("watch", "watches", "saa")
HOURS = word_set("slots", "hours")
OF = ("ya", "za")
IN_CART = word_set("slots", "in_cart")
MY_CART = word_set("slots", "my_cart")
WORK = "office"
WISHING = word_set("slots", "wishing")
TAKEN = ("~want", "~give", "~take", "~buy", "~show", "~remove", "~add")
EXCLUDED = {"colour": "exclude_colour", "size": "exclude_size"}


@dataclass(frozen=True)
class Slots:
    """The slot values of a message; negation divides `wanted` from `unwanted`."""

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
        """The slots with only the finds from this token on."""
        return Slots(
            tuple(find for find in self.finds if find.start >= position), self.budget, self.figures
        )

    def values(self, *names: str) -> dict[str, object]:
        """The wanted values of these slots that were said, by slot."""
        said = {name: self.first(name) for name in names}
        return {name: value for name, value in said.items() if value is not None}

    def exclusions(self) -> dict[str, object]:
        """exclude_colour and exclude_size, each unless a wanted value is said too."""
        return {
            name: self.unwanted(slot)[0].value
            for slot, name in EXCLUDED.items()
            if self.unwanted(slot) and not self.wanted(slot)
        }


def _worded(tokens: Sequence[Token]) -> list[Find]:
    """The values that single tokens give."""
    finds = (_word_at(tokens, at) for at in range(len(tokens)))
    return [find for find in finds if find is not None]


def _heads_only(tokens: Sequence[Token], finds: Sequence[Find]) -> list[Find]:
    """The finds without categories that only describe another: the jeans of "jaketi la jeans"."""
    kept: list[Find] = []
    for find in finds:
        headed = find.slot == "category" and any(one.slot == "category" for one in kept)
        if headed and _is_detail(tokens, find, kept[-1]):
            continue
        if _is_compound(tokens, kept, find):
            kept.pop()
        kept.append(find)
    return kept


def _is_compound(tokens: Sequence[Token], kept: Sequence[Find], find: Find) -> bool:
    """Whether two categories form a compound, of which the last counts: "shirt set"."""
    if not kept or find.slot != "category" or kept[-1].slot != "category":
        return False
    first, last = tokens[kept[-1].start], tokens[find.start]
    beside = kept[-1].end == find.start and not first.pause
    parted = any(token.text in KEEP for token in tokens) or only_second(tokens, find)
    return beside and not parted and not first.swahili and not last.swahili


def _is_detail(tokens: Sequence[Token], find: Find, before: Find) -> bool:
    if find.start == before.end and before.slot == "category":
        return False  # "shirt set": the first is the detail, not the second
    if any(not token.tags.isdisjoint(("~change", "~return")) for token in tokens[: find.start]):
        return False  # "exchange the belt with a tote"
    near = {token.text for token in tokens[max(0, find.start - 2) : find.start]}
    made_of = before.slot == "category" and find.start - before.end == 1
    return bool(near & WITH) or (made_of and tokens[find.start - 1].text in MADE_OF)


def _word_at(tokens: Sequence[Token], at: int) -> Find | None:
    token = tokens[at]
    if is_no_noun(tokens, at):
        return None
    if token.kind in WORDED and not (_is_adverb(tokens, at) or _calls_attention(tokens, at)):
        return Find(WORDED[token.kind], token.value, at, at + 1)
    if token.kind == "embroidery":
        return Find("embroidery", True, at, at + 1)
    if token.kind in SIZE_KINDS and is_size(tokens, at):
        return Find("size", token.value, at, at + 1)
    return None


def _calls_attention(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word only opens the message: "cheki, jersey iwe M", "cheki nipe ya blue"."""
    if at or tokens[0].text not in ATTENTION or len(tokens) < 2:
        return False
    return bool(tokens[0].pause) or tokens[1].verb is not None or "@stopword" in tokens[1].tags


def _is_adverb(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is an adverb ("usually"), not an occasion: "kawaida navaa 50"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].text in ADVERBS and following is not None and following.verb is not None


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
        others_said = picks + sizes - marked - (figure.kind == "ordinal")
        if number := piece_of_the_pack(tokens, figure, context):
            finds.append(Find("option", number, figure.start, figure.end))
            continue
        role = role_of(tokens, figure, context, others_said)
        if role is not None:
            value = _resolve(tokens, figure, role, context)
            finds.append(Find(role, value, figure.start, figure.end))
    return finds


def _resolve(tokens: Sequence[Token], figure: Figure, role: str, context: TurnContext) -> str | int:
    """The value of a number in its role."""
    if role == "size":
        return str(figure.value)
    if figure.kind != "ordinal":
        return figure.value
    if figure.value == MIDDLE:
        return _middle(context)
    if figure.value < 0:  # "the last one"
        of_order = context.cart and (not context.options or any(map(_is_of_order, tokens)))
        return len(context.cart if of_order else context.options) or 1
    return figure.value


def _is_of_order(token: Token) -> bool:
    """Whether the word is said of what is ordered: "take out the last", "keep only the last"."""
    return "~remove" in token.tags or token.text in KEEP


def _middle(context: TurnContext) -> int:
    return (len(context.options) + 1) // 2 or 1


def _in_the_middle(find: Find, tokens: Sequence[Token], context: TurnContext) -> Find:
    """The find; "ya katikati" (medium) is the middle option while several are shown."""
    word = tokens[find.start].text.split()[-1]
    marked = find.start > 0 and tokens[find.start - 1].kind == "mark"
    several = context.step == "products_found" and len(context.options) > 2
    if find.slot != "size" or word not in ("kati", "katikati") or marked or not several:
        return find
    return replace(find, slot="option", value=_middle(context))


def find_slots(tokens: Sequence[Token], context: TurnContext) -> Slots:
    """Every slot value of the message."""
    figures = [f for f in find_figures(tokens) if not in_a_name(tokens, f.start, context)]
    parted = named_by_parts(tokens, figures, context)
    figures = [figure for figure in figures if figure not in [one for one, _ in parted]]
    called = [f for f in figures if numbers_a_name(tokens, f.start, context)]
    figures = [
        figure
        for figure in figures
        if figure not in called
        and not any(
            told(tokens, figure, context) for told in (counts_these, is_chosen_from, counts_all)
        )
    ]
    sizes = _sizes_in_view(context)
    ages, who = children_told(tokens, figures, sizes)
    ages = ages or find_ages(tokens, figures, sizes, context.sold.sizes)
    aged = {find.start for find in ages} | who
    figures = [f for f in figures if f.start not in aged and not counts_people(tokens, f)]
    figures = [f for f in figures if not counts_the_aged(tokens, f, ages)]
    filed = Filed(context.sold.patterns, context.sold.colours_of_kinds)
    sold = list(sold_names(tokens, names_sold(context), filed))
    figures = [f for f in figures if not worded_in_a_name(f, sold)]
    figures = [f for f in figures if not counts_one_line(tokens, f, context)]
    figures = [f for f in figures if not measures_cloth(tokens, f, names_sold(context))]
    budget, used = find_budget(tokens, figures)
    worded = _heads_only(tokens, [find for find in _worded(tokens) if find.start not in who])
    words = [filed_in(find, tokens, context.sold) for find in worded]
    words = kinds_named_by_parts(tokens, words, context)
    counted = [figure for figure in figures if figure.start not in used and figure.kind != "money"]
    finds = words + _numbered(tokens, counted, context, words)
    taken = {find.start for find in finds if find.slot in ("size", "option", "quantity")}
    elsewhere = _out_of_view(sold, context)
    for start, end in name_spans(tokens, vocabulary(context), taken):
        if any(span.start < end and start < span.end for span in elsewhere):
            continue  # "royal" of a Royal Bead Set does not name the Royal Court Heels in view
        if describes_another_kind(tokens, start, end, words, context):
            continue  # "leather belt" does not name the Leather Shoes in view
        said = " ".join(_as_styled(token.text, context) for token in tokens[start:end])
        finds = [find for find in finds if not (start <= find.start < end and _absorbed(find))]
        finds.append(Find("name", said, start, end))
    finds += [
        Find("name", tokens[figure.start].text, figure.start, figure.end)
        for figure in called
        if not any(f.slot == "name" and f.start <= figure.start < f.end for f in finds)
    ]
    finds += kinds_as_names(tokens, finds, context)
    finds += [name for _, name in parted]
    finds += _watches(tokens, finds, context)
    finds += _baskets(tokens, finds, context)
    finds += ages
    no_colours = {at for span in sold for at in span.colours}
    finds = [find for find in finds if find.slot != "colour" or find.start not in no_colours]
    finds += _sold_finds(sold, elsewhere, finds)
    finds = [find for find in finds if not _part_of_sold(find, finds)]
    finds = [find for find in finds if not tells_of_money(tokens, find.end - 1)]
    valued = any(find.slot in ("colour", "size") for find in finds)
    finds = [_as_name_in_view(find, tokens, context, valued=valued) for find in finds]
    finds = [find for find in finds if not _kind_of_no_piece(find, finds, context)]
    finds = [_in_the_middle(find, tokens, context) for find in counting_names(tokens, finds)]
    finds += counts_before_names(tokens, counted, finds)
    finds.sort(key=lambda find: find.start)
    finds = named_by_cloth(tokens, kinds_of_a_set(tokens, finds, context), context)
    finds = shown_in_denim(tokens, finds, context)
    finds = ranked_several(tokens, joined(tokens, finds, context), context)
    finds = [
        replace(find, value=as_in_names(str(find.value), names_sold(context)))
        if find.slot == "name"
        else find
        for find in finds
    ]
    told = _cloth_refused(deny(tokens, _without_each(finds)), context)
    return Slots(tuple(told), budget, tuple(figures))


def _as_styled(word: str, context: TurnContext) -> str:
    """The style of a word that no sold name has: the "stiletto" of a name is no mere heel."""
    own = any(spells(word, name) for name in names_sold(context))
    return word if own else STYLES.get(word, word)


def _cloth_refused(finds: Sequence[Find], context: TurnContext) -> list[Find]:
    """The finds, with a denied category that is a cloth read as pattern: "lisiwe la kitenge"."""
    cloths = context.sold.patterns
    kinds = [find for find in finds if find.slot == "category" and not find.denied]
    return [
        replace(find, slot="pattern")
        if find.slot == "category" and find.denied and find.value in cloths and kinds
        else find
        for find in finds
    ]


def _without_each(finds: Sequence[Find]) -> list[Find]:
    """The finds without the counts of "moja moja" (one of each)."""
    each = {
        find.start
        for last, find in itertools.pairwise(finds)
        if (last.slot, last.value) == (find.slot, find.value) == ("quantity", 1)
        and last.end == find.start
    }
    return [f for f in finds if f.slot != "quantity" or not {f.start, f.end} & each]


def _watches(tokens: Sequence[Token], finds: list[Find], context: TurnContext) -> list[Find]:
    """The name find for "saa" as a watch, if one is sold; "saa ngapi" and "saa mbili" are hours."""
    if not any(token.text == "saa" for token in tokens):
        return []
    sold = {word for sold_name in names_sold(context) for word in words_of(sold_name)}
    name = next((word for word in WATCH if word in sold), None)
    if name is None or any(find.slot == "name" for find in finds):
        return []
    seen = {word for one in names_in_view(context) for word in words_of(one)}
    for at, token in enumerate(tokens):
        before, after = tokens[max(0, at - 2) : at], tokens[at + 1 : at + 2]
        if token.text != "saa":
            continue
        purposed = _for_purpose(tokens, at) or _of_a_colour(tokens, at)
        if not purposed and any(t.text in HOURS or t.text.isdigit() for t in after):
            continue
        coloured = any(find.slot == "colour" for find in finds)
        counted = any("@number" in t.tags or t.kind == "number" for t in after)
        wished = any(t.text in WISHING or not t.tags.isdisjoint(TAKEN) for t in before)
        if (wished or coloured or len(tokens) == 1) and (coloured or not counted):
            return [Find("name", name, at, at + 1, sold=name not in seen)]
    return []


def _baskets(tokens: Sequence[Token], finds: list[Find], context: TurnContext) -> list[Find]:
    """The name finds for "kikapu" as a basket, if one is sold; "kikapu changu" is the cart."""
    if not any("@cart" in token.tags for token in tokens):
        return []
    sold = {word for name in names_sold(context) for word in words_of(name)}
    seen = {word for one in names_in_view(context) for word in words_of(one)}
    taken = {at for find in finds for at in range(find.start, find.end)}
    found = []
    for at, token in enumerate(tokens):
        word = next((one for one in sorted(singulars(token.text)) if one in sold), None)
        before = tokens[at - 1].text if at else ""
        after = tokens[at + 1].text if at + 1 < len(tokens) else ""
        cart = before in IN_CART or after in MY_CART
        if "@cart" in token.tags and word and not cart and at not in taken:
            found.append(Find("name", word, at, at + 1, sold=word not in seen))
    return found


def _for_purpose(tokens: Sequence[Token], at: int) -> bool:
    """Whether "saa" is a watch for an occasion: "nataka saa ya kazi"; "saa za kazi" are hours."""
    occasion = tokens[at + 2] if at + 2 < len(tokens) and tokens[at + 1].text in OF else None
    if occasion is None or occasion.kind != "occasion":
        return False
    taken = any(not token.tags.isdisjoint(TAKEN) for token in tokens[max(0, at - 2) : at])
    return taken or occasion.value != WORK


def _of_a_colour(tokens: Sequence[Token], at: int) -> bool:
    """Whether "saa" is a watch of a colour: "nataka saa ya dhahabu"."""
    behind = tokens[at + 1 : at + 3]
    return len(behind) > 1 and behind[0].text in OF and behind[1].kind == "colour"


def _sizes_in_view(context: TurnContext) -> tuple[str, ...]:
    pieces = (*context.options, *((context.focus,) if context.focus else ()))
    ordered = (line.size for line in context.cart)
    return (*(size for piece in pieces for size in piece.sizes), *ordered)


def _out_of_view(sold: Sequence[NameSpan], context: TurnContext) -> list[NameSpan]:
    """The spans of several words that no piece in view has all of in its name."""
    in_view = [set(normalise(name).replace("-", " ").split()) for name in names_in_view(context)]
    words_of = {span: set(span.words.split()) for span in sold}
    return [
        span
        for span, words in words_of.items()
        if len(words) > 1 and not any(words <= has for has in in_view)
    ]


def _sold_finds(
    sold: Sequence[NameSpan], elsewhere: Sequence[NameSpan], finds: Sequence[Find]
) -> list[Find]:
    """The name finds of sold pieces; `sold` marks those no piece in view is named by."""
    taken = {at for find in finds if find.slot == "name" for at in range(find.start, find.end)}
    return [
        Find(
            "name",
            span.words,
            span.start,
            span.end,
            sold=len(span.words.split()) < 2 or span in elsewhere,
        )
        for span in sold
        if taken.isdisjoint(range(span.start, span.end))
    ]


def _part_of_sold(find: Find, finds: Sequence[Find]) -> bool:
    """Whether a pattern or occasion is only part of a sold name."""
    if find.slot not in ("pattern", "occasion", "embroidery"):
        return False
    return any(name.sold and name.start <= find.start < name.end for name in finds)


def _as_name_in_view(
    find: Find, tokens: Sequence[Token], context: TurnContext, *, valued: bool
) -> Find:
    """The find, as a name where a category word only occurs in the name of a piece in view."""
    word = tokens[find.start].text
    if find.slot != "category" or " " in word:
        return find
    shown = {option.category for option in context.options}
    shown |= {line.category for line in context.cart}
    shown |= {context.focus.category} if context.focus else set()
    called = any(word in words_of(name) for name in names_in_view(context))
    if not called or find.value in shown:
        return find
    before = tokens[max(0, find.start - 2) : find.start]
    pointed = any("@this" in token.tags or token.text == "the" for token in before)
    unsold = valued and find.value not in context.sold.categories
    return replace(find, slot="name", value=word) if pointed or unsold else find


def _kind_of_no_piece(find: Find, finds: Sequence[Find], context: TurnContext) -> bool:
    """Whether a category inside a name is one that no piece of that name has."""
    if find.slot != "category":
        return False
    names = [f for f in finds if f.slot == "name" and f.start <= find.start < f.end]
    if not names or names[0].end - names[0].start < 2:
        return False
    words = set(str(names[0].value).split())
    kinds = {p.category for p in context.sold.pieces if words <= set(words_of(p.name))}
    kinds |= {o.category for o in context.options if words <= set(words_of(o.name))}
    return bool(kinds) and find.value not in kinds


def _absorbed(find: Find) -> bool:
    """Whether a find inside a product's name is dropped: all but the category."""
    return find.slot in ("pattern", "occasion", "colour")
