"""Puts wearers beside the acts: "two black M, for me and for sis" is a piece for each of them.

One person is of all that is wished, several are of a piece each, in their order. "The red one is
for my sister" gives a line a wearer, and looks for no red piece.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import STOP
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.each_for_one import each_for_one
from dukani.agent.local_reader.talk.wearers_found import WearerSaid
from dukani.domain import acts as a
from dukani.domain.context import TurnContext


def beside_wearers(
    acts: Sequence[a.Act], said: Sequence[WearerSaid], rest: Message, places: Sequence[int]
) -> list[a.Act]:
    """The acts with the wearer of each: one for all of them, or one each, in their order.

    `rest`: the message without the words for the wearers, which stood at `places`. The size told
    alters nothing unless a change is asked for: "my husband wears 42, change it".
    """
    context = rest.context
    at_place = [(one.act, at) for one, at in zip(said, places, strict=True)]
    if len(said) > 1 and (each := each_for_one(acts, at_place, rest)) is not None:
        return each
    told = list(dict.fromkeys(one.act for one in said))
    if any(isinstance(act, a.AskShop) and act.topic == "gift_wrap" for act in acts):
        told = [act for act in told if act.relation != "someone"]  # "wrap it as a gift"
    sized = any(isinstance(act, a.TellSize) for act in acts)
    sized &= context.question != "size" and not (context.cart and rest.tagged("~change"))
    others = [act for act in acts if not _says_nothing_more(act, sized=sized)]
    if len(said) == 1 and len(others) == 1 and (lines := _lines_given(others[0], said[0], context)):
        return [said[0].act.model_copy(update={"target": lines})]
    if _counts_one_line(others):
        told = [act for act in told if act.relation is not None] or told
    if len(told) == len(said) and (each := _one_for_each(others, told)):
        return each
    if len(told) < 2:
        own = _taken_first(others, rest, places) or _recounted(others)
        return [*others[:own], *told, *others[own:]]
    mixed: list[a.Act] = []
    for at, act in enumerate(others):
        if at < len(told):
            mixed.append(told[at])
        mixed.append(act)
    return [*mixed, *told[len(others) :]]


def _one_for_each(acts: Sequence[a.Act], told: Sequence[a.SetWearer]) -> list[a.Act]:
    """One piece for each of the persons where as many are wanted: "two black M, for me and sis"."""
    add = acts[0] if len(acts) == 1 and len(told) > 1 else None
    if not isinstance(add, a.Add) or add.values.quantity != len(told):
        return []
    if not (add.values.colour and add.values.size):
        return []  # what is asked of it is asked once
    values = add.values.model_copy(update={"quantity": 1})
    one = add.model_copy(update={"values": values, "another": True})
    return [act for person in told for act in (person, one)]


def _taken_first(acts: Sequence[a.Act], rest: Message, places: Sequence[int]) -> int:
    """How many acts first take what was offered: "that's fine, and the jordans for my dad".

    Or what was shown, in a sentence of its own: "black. And flats for my mum".
    """
    pieces = [find.start for find in rest.slots.finds if find.slot in ("name", "category")]
    behind = len(places) == 1 and bool(pieces) and places[0] > max(pieces)
    both = len(acts) == 2 and all(isinstance(act, a.Add | a.Set | a.Search) for act in acts)
    if not (behind and both):
        return 0
    apart = any(t.pause == STOP for t in rest.tokens[: min(pieces)])
    return 1 if rest.context.question == "take_it" or apart else 0


def _recounted(acts: Sequence[a.Act]) -> int:
    """How many acts first only count a line anew: "make it one, and add an M for my friend"."""
    added = next((at for at, act in enumerate(acts) if isinstance(act, a.Add)), 0)
    before = acts[:added]
    counted = all(isinstance(act, a.Set) and _only_counts(act.values) for act in before)
    return added if counted else 0


def _counts_one_line(acts: Sequence[a.Act]) -> bool:
    """Whether a line is only counted anew: in "make it two, one for me, one for sis" one is new."""
    edits = [act for act in acts if isinstance(act, a.EDITS)]
    return len(edits) == 1 and isinstance(edits[0], a.Set) and _only_counts(edits[0].values)


def _only_counts(values: a.Values) -> bool:
    return values == a.Values(quantity=values.quantity)


def _says_nothing_more(act: a.Act, *, sized: bool) -> bool:
    """Whether the act only comes of the words for a person: "my sister wears XL" looks for none."""
    if isinstance(act, a.Remark | a.Unclear):
        return True
    if sized and isinstance(act, a.Search):
        return act.model_copy(update={"size": None, "evidence": None}) == a.Search()
    if sized and isinstance(act, a.Set):
        return act.target.says_nothing and act.values == a.Values(size=act.values.size)
    return act.model_copy(update={"evidence": None}) == a.AskShop()


def _lines_given(act: a.Act, said: WearerSaid, context: TurnContext) -> a.Target | None:
    """The lines that are for somebody: "the red one is for my sister"."""
    is_of = re.match(r"(?:one )?(?:is|are|ni|ziwe|iwe)\b", said.act.evidence or "", re.IGNORECASE)
    if not context.cart or not is_of:
        return None
    if isinstance(act, a.Search):
        return a.Target(name=act.name, category=act.category, colour=act.colour, size=act.size)
    if not isinstance(act, a.Add | a.Set):
        return None
    target, values = act.target, act.values
    if values.quantity is not None or target.option is not None:
        return None
    return target.model_copy(
        update={"colour": target.colour or values.colour, "size": target.size or values.size}
    )
