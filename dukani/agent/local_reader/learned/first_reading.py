"""Tells the network what the rules read, place by place."""

from __future__ import annotations

from dukani.agent.local_reader.learned.numbered import Numbered, Weighted
from dukani.agent.local_reader.learned.of_acts import Read
from dukani.agent.local_reader.learned.symbols import symbols_of
from dukani.agent.local_reader.learned.vocabulary import FEATURE, MOST_READ, SYMBOL, person_feature
from dukani.domain import acts as a
from dukani.domain.questions import Question


def places_of(read: Read, numbered: Numbered) -> list[Weighted]:
    """One place for the kinds of the acts, and one for each operation and question."""
    kinds: Weighted = [(FEATURE["read"], 1.0)]
    kinds += [(FEATURE[f"act:{kind}"], 1.0) for kind in sorted({act.kind for act in read.acts})]
    wearers = [act for act in read.acts if isinstance(act, a.SetWearer) and act.relation]
    kinds += [(person_feature(act.relation or ""), 1.0) for act in wearers[:4]]
    if read.missing:
        kinds.append((FEATURE["read:missing"], 1.0))
    places = [kinds]
    for done in read.done:
        symbols = symbols_of(done, numbered)
        places.append([(FEATURE["read:done"], 1.0), *_weighted(symbols)])
    places += [_of_question(question, numbered) for question in read.asked]
    return places[:MOST_READ]


def _of_question(question: Question, numbered: Numbered) -> Weighted:
    features: Weighted = [(FEATURE["read:asked"], 1.0)]
    if f"q:{question.field}" in FEATURE:
        features.append((FEATURE[f"q:{question.field}"], 1.0))
    if question.product_id in numbered.pieces:
        features.append((SYMBOL[f"p{numbered.pieces[question.product_id]}"], 1.0))
    if isinstance(question.completes, (a.Add, a.Set, a.Substitute)):
        colour = numbered.colours.get(question.completes.values.colour or "")
        size = numbered.sizes.get(question.completes.values.size or "")
        told = (f"c{colour}" if colour is not None else "", f"s{size}" if size is not None else "")
        features += _weighted([symbol for symbol in told if symbol])
    return features


def _weighted(symbols: list[str]) -> Weighted:
    return [(SYMBOL[symbol], 1.0) for symbol in symbols]
