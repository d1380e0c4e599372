"""Reads for whom one of the units in the order is: of two pairs, "the other is for my sister"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.talk.wearers_found import WearerSaid
from dukani.agent.local_reader.talk.wearers_said import without_wearers
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

_OTHER = frozenset(("other", "second", "nyingine", "ingine", "lingine", "kingine", "pili"))
_ONE = frozenset(("one", "moja", "mojawapo", *_OTHER))
_BESIDE = frozenset((
    "the", "of", "them", "those", "these", "pair", "is", "are", "will", "be", "and", "so", "ok",
    "okay", "actually", "by", "way", "ya", "la", "cha", "yao", "kati", "hapo", "hizo", "hiyo",
    "ile", "ni", "iwe", "na", "sawa",
))  # fmt: skip


def one_of_them_for(
    text: str, said: Sequence[WearerSaid], context: TurnContext
) -> list[a.Act] | None:
    """A SetWearer of one unit of the line changed last, or of the other line; else None."""
    others = [one for one in said if one.act.relation is not None]
    rest, _ = without_wearers(text, said)
    left = set(words_of(rest))
    counted = {word for one in said for word in words_of(one.act.evidence or "")} | left
    cut = all(one.cut for one in said)
    if len(others) != 1 or not cut or context.question or "?" in text or left - _ONE - _BESIDE:
        return None
    lines = [line for line in context.cart if line.number == context.last_line]
    lines = lines or list(context.cart)
    if counted & _ONE and len(lines) == 1 and lines[0].quantity > 1:
        target = a.Target(line=lines[0].number)
        return [others[0].act.model_copy(update={"target": target, "units": 1})]
    if left & _OTHER and len(context.cart) > 1 and len(said) == 1:
        return [others[0].act.model_copy(update={"target": a.Target(pointed="other")})]
    return None
