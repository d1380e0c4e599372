"""Fills the slots of a message: all values in order, wanted and denied.

"Nipe shati jeupe L, sio nyeusi" gives a category, a colour and a size that are wanted, and a colour
that is denied.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.ages import find_ages
from dukani.agent.local_reader.parsing.ages_of_kind import ages_of_kind
from dukani.agent.local_reader.parsing.budget import find_budget
from dukani.agent.local_reader.parsing.children_told import children_told
from dukani.agent.local_reader.parsing.counts_or_sizes import counts_so_many, is_only_a_size
from dukani.agent.local_reader.parsing.figures import Figure, find_figures
from dukani.agent.local_reader.parsing.filing import filed_in
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.genitives import joined
from dukani.agent.local_reader.parsing.kinds_as_names import kinds_as_names
from dukani.agent.local_reader.parsing.kinds_of_a_set import kinds_of_a_set
from dukani.agent.local_reader.parsing.name_finds import (
    absorbed,
    as_name_in_view,
    as_styled,
    kind_of_no_piece,
    out_of_view,
    part_of_sold,
    sold_finds,
)
from dukani.agent.local_reader.parsing.named_by_cloth import named_by_cloth, shown_in_denim
from dukani.agent.local_reader.parsing.named_by_length import named_by_length
from dukani.agent.local_reader.parsing.names_index import Filed, as_in_names
from dukani.agent.local_reader.parsing.negation import deny
from dukani.agent.local_reader.parsing.no_counts import (
    counting_names,
    counts_before_names,
    counts_people,
    counts_the_aged,
    measures_cloth,
    worded_in_a_name,
)
from dukani.agent.local_reader.parsing.no_nouns import tells_of_money
from dukani.agent.local_reader.parsing.numbered_slots import in_the_middle, numbered_slots
from dukani.agent.local_reader.parsing.pieces_of_a_set import kinds_named_by_parts, named_by_parts
from dukani.agent.local_reader.parsing.ranked_several import ranked_several
from dukani.agent.local_reader.parsing.single_words import heads_only, single_words
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
    names_sold,
    numbers_a_name,
    vocabulary,
)
from dukani.agent.local_reader.parsing.watches_and_baskets import baskets, watches
from dukani.domain.context import TurnContext

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
    ages = ages or ages_of_kind(tokens, figures, context)
    aged = {find.start for find in ages} | who
    figures = [f for f in figures if f.start not in aged and not counts_people(tokens, f)]
    figures = [f for f in figures if not is_only_a_size(tokens, f.start, context)]
    figures = [f for f in figures if not counts_the_aged(tokens, f, ages)]
    filed = Filed(context.sold.patterns, context.sold.colours_of_kinds)
    sold = list(sold_names(tokens, names_sold(context), filed))
    figures = [f for f in figures if not worded_in_a_name(f, sold)]
    figures = [f for f in figures if not counts_one_line(tokens, f, context)]
    figures = [f for f in figures if not measures_cloth(tokens, f, names_sold(context))]
    budget, used = find_budget(tokens, figures)
    worded = heads_only(tokens, [find for find in single_words(tokens) if find.start not in who])
    worded = [find for find in worded if not counts_so_many(tokens, find.start, context)]
    words = [filed_in(find, tokens, context.sold) for find in worded]
    words = kinds_named_by_parts(tokens, words, context)
    counted = [figure for figure in figures if figure.start not in used and figure.kind != "money"]
    finds = words + numbered_slots(tokens, counted, context, words)
    taken = {find.start for find in finds if find.slot in ("size", "option", "quantity")}
    elsewhere = out_of_view(sold, context)
    for start, end in name_spans(tokens, vocabulary(context), taken):
        if any(span.start < end and start < span.end for span in elsewhere):
            continue  # "royal" of a Royal Bead Set does not name the Royal Court Heels in view
        if describes_another_kind(tokens, start, end, words, context):
            continue  # "leather belt" does not name the Leather Shoes in view
        said = " ".join(as_styled(token.text, context) for token in tokens[start:end])
        finds = [find for find in finds if not (start <= find.start < end and absorbed(find))]
        finds.append(Find("name", said, start, end))
    finds += [
        Find("name", tokens[figure.start].text, figure.start, figure.end)
        for figure in called
        if not any(f.slot == "name" and f.start <= figure.start < f.end for f in finds)
    ]
    finds += kinds_as_names(tokens, finds, context)
    finds += [name for _, name in parted]
    finds += watches(tokens, finds, context)
    finds += baskets(tokens, finds, context)
    finds += ages
    no_colours = {at for span in sold for at in span.colours}
    finds = [find for find in finds if find.slot != "colour" or find.start not in no_colours]
    finds += sold_finds(sold, elsewhere, finds)
    finds = [find for find in finds if not part_of_sold(find, finds)]
    finds = [find for find in finds if not tells_of_money(tokens, find.end - 1)]
    valued = any(find.slot in ("colour", "size") for find in finds)
    finds = [as_name_in_view(find, tokens, context, valued=valued) for find in finds]
    finds = [find for find in finds if not kind_of_no_piece(find, finds, context)]
    finds = [in_the_middle(find, tokens, context) for find in counting_names(tokens, finds)]
    finds += counts_before_names(tokens, counted, finds)
    finds.sort(key=lambda find: find.start)
    finds = named_by_cloth(tokens, kinds_of_a_set(tokens, finds, context), context)
    finds = named_by_length(tokens, shown_in_denim(tokens, finds, context), context)
    finds = ranked_several(tokens, joined(tokens, finds, context), context)
    finds = [
        replace(find, value=as_in_names(str(find.value), names_sold(context)))
        if find.slot == "name"
        else find
        for find in finds
    ]
    told = _cloth_refused(deny(tokens, _without_each(finds)), context)
    return Slots(tuple(told), budget, tuple(figures))


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


def _sizes_in_view(context: TurnContext) -> tuple[str, ...]:
    pieces = (*context.options, *((context.focus,) if context.focus else ()))
    ordered = (line.size for line in context.cart)
    return (*(size for piece in pieces for size in piece.sizes), *ordered)
