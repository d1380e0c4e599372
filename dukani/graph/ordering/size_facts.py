"""Keeps what the customer tells of sizes, with the piece it was said of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from dukani.core.store import purchases, size_facts
from dukani.core.store.size_facts import SizeFact
from dukani.core.store.wearers import WornBy
from dukani.domain.acts import TellSize
from dukani.domain.pieces import Line
from dukani.domain.sizes import ONE_SIZE, same_size
from dukani.graph.context import Context

SHOES = range(35, 47)  # European sizes that clothes are rarely told in


async def keep(
    context: Context,
    told: Sequence[TellSize],
    *,
    line: Line | None,
    category: str | None,
    worn_by: WornBy | None,
) -> tuple[list[TellSize], list[TellSize]]:
    """(what was kept, with its size and category; what no size is known of).

    `line` is the line of the order spoken of, `category` that of the piece looked at, `worn_by` the
    person spoken of; None: the customer herself.
    """
    message = context.heard[-1]
    words = " ".join(one.body for one in context.heard)[:300]
    kept: list[TellSize] = []
    unknown: list[TellSize] = []
    position = 0
    for act in told:
        person = act.for_whom.worn_by if act.for_whom else worn_by
        if act.whose == "theirs" and person is None:
            continue  # of a person who is not known here: never among the customer's own sizes
        wearer_id = person.id if person and act.whose != "mine" else None
        known = (
            await _of_a_piece(context, act, line, category, wearer_id)
            if act.fit
            else _with_kind(act, category)
        )
        if known is None:
            unknown.append(act)
            continue
        kept.append(known)
        for fact in _facts(known, words):
            await size_facts.add(
                context.conn,
                replace(fact, wearer_id=wearer_id),
                customer_id=context.customer.id,
                message_id=message.id,
                position=position,
            )
            position += 1
    return kept, unknown


def _with_kind(act: TellSize, looked_at: str | None) -> TellSize:
    """A bare size of shoes said of nothing in particular is of shoes: "I wear 39"."""
    bare = act.size is not None and act.size.isdecimal() and int(act.size) in SHOES
    if act.target.category is not None or not bare or looked_at not in (None, "shoes"):
        return act
    return act.model_copy(update={"target": act.target.model_copy(update={"category": "shoes"})})


def _facts(act: TellSize, words: str) -> list[SizeFact]:
    now = datetime.now(UTC)
    category = act.target.category
    found = [
        SizeFact(kind="measured", said_at=now, measure=one.measure, cm=one.cm, words=words)
        for one in act.measures
    ]
    if act.size is not None:
        found.append(
            SizeFact(
                kind="fit" if act.fit else "stated",
                said_at=now,
                category=category,
                size=act.size,
                fit=act.fit,
                words=words,
            )
        )
    return found


async def _of_a_piece(
    context: Context,
    act: TellSize,
    line: Line | None,
    category: str | None,
    wearer_id: str | None,
) -> TellSize | None:
    """How a piece fitted, with its size and kind: of the order's line, else the last bought."""
    said = act.target.category
    if line is not None and not act.before and _is_of(line.category, line.size, act):
        return _told_of(act, line.size, line.category)
    bought = await purchases.of_wearer(
        context.conn, customer_id=context.customer.id, wearer_id=wearer_id
    )
    found = next((one for one in bought if _is_of(one.category, one.size, act)), None)
    if found is not None:
        return _told_of(act, found.size, found.category)
    return _told_of(act, act.size, said or category) if act.size else None


def _is_of(category: str, size: str, act: TellSize) -> bool:
    """Whether a piece of this kind and size may be the one that fitted so."""
    if size == ONE_SIZE or act.target.category not in (None, category):
        return False
    return act.size is None or same_size(act.size, size)


def _told_of(act: TellSize, size: str, category: str | None) -> TellSize:
    target = act.target.model_copy(update={"category": category})
    return act.model_copy(update={"size": size, "target": target})
