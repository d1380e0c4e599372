"""Tells a message in its context as features, for the network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dukani.agent.lexicon.tokens import Token, normalise
from dukani.agent.local_reader.learned.first_reading import places_of
from dukani.agent.local_reader.learned.numbered import Numbered, Weighted
from dukani.agent.local_reader.learned.of_acts import Read
from dukani.agent.local_reader.learned.said_last import QUESTIONS, Said, said_last
from dukani.agent.local_reader.learned.standing_out import (
    by_price,
    by_price_and_size,
)
from dukani.agent.local_reader.learned.values_said import ValuesSaid, by_place, values_said
from dukani.agent.local_reader.learned.vocabulary import (
    FEATURE,
    HIGHEST,
    LINES,
    LONGEST,
    LONGEST_MESSAGE,
    MOST_FEATURES,
    PIECES,
    SYMBOL,
    gram_features,
    person_feature,
    tag_feature,
    word_feature,
)
from dukani.agent.local_reader.learned.whose_line import lines_of_person
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import tokens_as_said
from dukani.agent.local_reader.parsing.slots import find_slots
from dukani.agent.local_reader.talk.relations import relation_named
from dukani.domain.context import TurnContext
from dukani.domain.naming import singulars
from dukani.domain.pieces import Line, SoldPiece
from dukani.domain.sizes import ONE_SIZE, sizes_for_age
from dukani.domain.wearers import sex_said

_LITTLE = frozenset((
    "the", "a", "an", "of", "for", "and", "in", "with", "ya", "za", "la", "wa", "cha", "vya", "na",
    "kwa", "set", "pcs", "2pc", "3pc", "size", "free",
))  # fmt: skip
_NAME_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Told:
    """A message as features, place by place, and the numbers its values have."""

    places: list[Weighted]
    numbered: Numbered
    context: TurnContext
    words: int  # how many are told
    is_cut: bool = False  # the message has more


def told(text: str, context: TurnContext, read: Read) -> Told:
    """The features of a text (≤ 500 characters) in its context, and of what the rules read."""
    whole = tokens_as_said(text, context)
    tokens = whole[:LONGEST_MESSAGE]
    finds = find_slots(tokens, context).finds
    said = said_last(context)
    pieces = {piece.product_id: piece for piece in context.sold.pieces}
    words = [_forms(token.text.split()) for token in tokens]
    kinds = {at: str(find.value) for at, find in by_place(finds, "category")}
    ages = {at: int(find.value) for at, find in by_place(finds, "age")}
    near = _near(context, pieces, words, kinds, said)
    numbered = Numbered(pieces={product: at for at, product in enumerate(near)})
    places = [_of_what_was_said(said, context, numbered), *_of_lines(context, numbered)]
    values = values_said(tokens, finds, context, [pieces[product] for product in near])
    for colour in values.colours.values():
        numbered.colour(colour)
    for size in values.sizes.values():
        numbered.size(size)
    read_places = places_of(read, numbered)
    places += _of_pieces([pieces[product] for product in near], context, numbered)
    named = [
        [product for product in near if words[at] & name_words(pieces[product].name)]
        for at in range(len(tokens))
    ]
    of_kind = [
        [product for product in near if at in kinds and pieces[product].category == kinds[at]]
        for at in range(len(tokens))
    ]
    for at, token in enumerate(tokens):
        features: Weighted = [(FEATURE["word"], 1.0)]
        features += _of_values(at, values, numbered)
        features += _of_names(at, values, named[at], of_kind[at], numbered)
        features += _of_finds([find for find in finds if find.start <= at < find.end])
        features += _of_prices(values.prices.get(at, ()), numbered)
        meant = {*named[at], *of_kind[at], *values.prices.get(at, ())}
        person = lines_of_person(token.text, context.cart[:LINES])
        features += _of_lines_meant(at, values, meant, ages.get(at), context, person)
        features += _of_token(token, at, values)
        places.append(features)
    places = [*places[: LONGEST - len(read_places)], *read_places]
    cut = [features[:MOST_FEATURES] for features in places]
    return Told(cut, numbered, context, len(tokens), is_cut=len(whole) > LONGEST_MESSAGE)


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """The words of a piece's name that tell it apart, in singular and plural."""
    said = _NAME_WORD.findall(normalise(name).replace("-", " "))
    return _forms(word for word in said if word not in _LITTLE and len(word) > 1)


def _forms(words: Iterable[str]) -> frozenset[str]:
    return frozenset(form for word in words for form in (word, *singulars(word)))


def _near(
    context: TurnContext,
    pieces: dict[str, SoldPiece],
    words: Sequence[frozenset[str]],
    kinds: dict[int, str],
    said: Said,
) -> list[str]:
    """The product ids of the pieces a message may be about, the likeliest first."""
    all_words = frozenset[str]().union(*words)
    ordered = {line.product_id for line in context.cart}
    shown = {option.product_id for option in context.options}
    focus = context.focus.product_id if context.focus else None
    scores: dict[str, float] = {}
    for product, piece in pieces.items():
        own = name_words(piece.name)
        matched = len(own & all_words)
        score = 2 * matched / (1 + len(own) ** 0.5)
        if piece.category in kinds.values():
            score += 0.4 if matched else 0.6
        score += 3 * (product in ordered) + 1.5 * (product in shown)
        score += 2.5 * (product in (focus, said.piece))
        if score > 0:
            scores[product] = score
    return sorted(scores, key=lambda product: -scores[product])[:PIECES]


def _of_what_was_said(said: Said, context: TurnContext, numbered: Numbered) -> Weighted:
    features: Weighted = [(FEATURE["said last"], 1.0), (FEATURE[f"last:{said.kind}"], 1.0)]
    if said.piece in numbered.pieces:
        features.append((SYMBOL[f"p{numbered.pieces[said.piece]}"], 1.0))
    features += _value("c", numbered.colour(said.colour)) + _value("s", numbered.size(said.size))
    if context.last_line and context.last_line <= LINES:
        features.append((SYMBOL[f"L{context.last_line - 1}"], 1.0))
    if context.question in QUESTIONS:
        features.append((FEATURE[f"q:{context.question}"], 1.0))
    return features


def _value(kind: str, number: int | None, weight: float = 1.0) -> Weighted:
    return [] if number is None else [(SYMBOL[f"{kind}{number}"], weight)]


def _of_lines(context: TurnContext, numbered: Numbered) -> list[Weighted]:
    places = []
    for at, line in enumerate(context.cart[:LINES]):
        features: Weighted = [(FEATURE["line"], 1.0), (SYMBOL[f"L{at}"], 1.0)]
        features.append((SYMBOL[f"n{min(line.quantity, HIGHEST)}"], 1.0))
        features += _value("p", numbered.pieces.get(line.product_id))
        features += _value("c", numbered.colour(line.colour))
        if line.size != ONE_SIZE:
            features += _value("s", numbered.size(line.size))
        if context.last_line == line.number:
            features.append((FEATURE["spoken of"], 1.0))
        features += by_price_and_size(line, context.cart)
        features += _of_wearer(line)
        places.append(features)
    return places


def _of_wearer(line: Line) -> Weighted:
    if line.worn_by is None:
        return []
    named = [(word_feature(line.worn_by.name.lower()), 1.0)] if line.worn_by.name else []
    return [(person_feature(line.worn_by.relation), 1.0), *named]


def _of_pieces(
    near: Sequence[SoldPiece], context: TurnContext, numbered: Numbered
) -> list[Weighted]:
    shown = {option.product_id: at + 1 for at, option in enumerate(context.options)}
    focus = context.focus.product_id if context.focus else None
    places = []
    for at, piece in enumerate(near):
        features: Weighted = [(FEATURE["piece"], 1.0), (SYMBOL[f"p{at}"], 1.0)]
        if number := shown.get(piece.product_id):
            features += [(FEATURE["shown"], 1.0), (SYMBOL[f"n{min(number, HIGHEST)}"], 0.5)]
        if piece.product_id == focus:
            features.append((FEATURE["spoken of"], 1.0))
        said = [colour for colour in piece.colours if colour in numbered.colours][:8]
        features += [(SYMBOL[f"c{numbered.colours[colour]}"], 0.4) for colour in said]
        told_sizes = [size for size in piece.sizes if size in numbered.sizes][:8]
        features += [(SYMBOL[f"s{numbered.sizes[size]}"], 0.4) for size in told_sizes]
        if len(piece.colours) == 1:
            features.append((FEATURE["colour"], 0.5))
        if piece.sizes == (ONE_SIZE,):
            features.append((FEATURE["size"], 0.5))
        features += _for_whom(piece.name)
        features += by_price(piece, [one for one in near if one.product_id in shown] or near)
        places.append(features)
    return places


def _of_values(at: int, values: ValuesSaid, numbered: Numbered) -> Weighted:
    features: Weighted = []
    if at in values.colours:
        features.append((FEATURE["colour"], 1.0))
        features += _value("c", numbered.colours.get(values.colours[at]))
    if at in values.sizes:
        features.append((FEATURE["size"], 1.0))
        features += _value("s", numbered.sizes.get(values.sizes[at]))
    if at in values.numbers:
        number = values.numbers[at]
        features.append((FEATURE["number" if number <= HIGHEST else "large number"], 1.0))
        features += _value("n", number if number <= HIGHEST else None)
    return features


def _of_names(
    at: int,
    values: ValuesSaid,
    named: Sequence[str],
    of_kind: Sequence[str],
    numbered: Numbered,
) -> Weighted:
    features: Weighted = []
    if named and values.none_at(at):
        features.append((FEATURE["name"], 1.0))
        share = len(named) ** -0.5
        features += [(SYMBOL[f"p{numbered.pieces[product]}"], share) for product in named]
    if of_kind:
        features.append((FEATURE["kind"], 1.0))
        share = 0.7 * len(of_kind) ** -0.5
        others = [product for product in of_kind if product not in named]
        features += [(SYMBOL[f"p{numbered.pieces[product]}"], share) for product in others]
    return features


def _of_prices(costing: Sequence[str], numbered: Numbered) -> Weighted:
    if not costing:
        return []
    share = len(costing) ** -0.5
    priced = [(SYMBOL[f"p{numbered.pieces[product]}"], share) for product in costing]
    return [(FEATURE["price"], 1.0), *priced]


def _for_whom(words: str) -> Weighted:
    """Whether words or a name say "ladies" or "men's"."""
    sex = sex_said(words)
    return [(tag_feature(f"for {sex}"), 1.0)] if sex else []


def _of_finds(finds: Sequence[Find]) -> Weighted:
    features: Weighted = []
    for find in finds[:2]:
        if f"role:{find.slot}" in FEATURE:
            features.append((FEATURE[f"role:{find.slot}"], 1.0))
        if find.denied:
            features.append((FEATURE["denied"], 1.0))
    return features


def _of_lines_meant(
    at: int,
    values: ValuesSaid,
    meant: set[str],
    age: int | None,
    context: TurnContext,
    person: Sequence[int],
) -> Weighted:
    """The lines that the token's value, age or name fits, else those of the `person` said."""
    lines = []
    for number, line in enumerate(context.cart[:LINES]):
        if age is not None and sizes_for_age(age, (line.size,), line):
            lines.append(number)
            continue
        coloured = at in values.colours and line.colour == values.colours[at]
        sized = at in values.sizes and line.size == values.sizes[at]
        if coloured or sized or (values.none_at(at) and line.product_id in meant):
            lines.append(number)
    lines = lines or list(person)
    if not lines:
        return []
    share = len(lines) ** -0.5
    return [(FEATURE["of a line"], 1.0), *((SYMBOL[f"L{number}"], share) for number in lines)]


def _of_token(token: Token, at: int, values: ValuesSaid) -> Weighted:
    features: Weighted = []
    if token.pause:
        features.append((FEATURE[f"pause{token.pause}"], 1.0))
    if token.asked:
        features.append((FEATURE["asked"], 1.0))
    features += [(tag_feature(tag), 0.7) for tag in sorted(token.tags) if tag[0] in "@~"]
    if at in values.colours or at in values.prices or values.numbers.get(at, 0) > HIGHEST:
        return features  # only the value counts
    if relation := relation_named(token.text):
        features.append((person_feature(relation), 1.0))
    features += _for_whom(token.text)
    parts = token.text.split()
    features += [(word_feature(part), len(parts) ** -0.5) for part in parts[:3]]
    grams = gram_features(token.text)
    features += [(gram, 1 / len(grams)) for gram in grams]
    return features
