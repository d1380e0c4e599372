"""Keeps what is told of sizes, and recommends one, saying what it rests on."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import Fact, FitOfWhat, SizeNoted, SizeUnknown
from dukani.domain.acts import AskSize, Remark, Target, TellSize, Unclear
from dukani.domain.pieces import Focus
from dukani.domain.resolver import pieces_meant
from dukani.domain.sizing.advice import PieceToFit
from dukani.domain.steps import CHOOSING
from dukani.graph.context import Context
from dukani.graph.hearing.in_view import lines_in_view, view_of
from dukani.graph.looking.offering import offer_of
from dukani.graph.ordering import size_facts
from dukani.graph.ordering.asking import ask
from dukani.graph.ordering.sizes import advised, stocked_sizes, with_proposal
from dukani.graph.state import (
    MOST_QUESTIONS,
    MOST_SIZES_WORN,
    SizeWorn,
    State,
    Task,
    as_plain,
    focus_in,
    questions_in,
    tasks_of,
    tasks_without,
    wearer_in,
    with_facts,
)

CM_PER_INCH = 2.54
TROUSERS = "trousers"  # the one kind whose sizes are inches of a waist


async def recommend_size(state: State, runtime: Runtime[Context]) -> State:
    """Keeps what was told first, so that an advice of the same turn rests on it."""
    context = runtime.context
    if told := tasks_of(state, TellSize):
        return await _note(state, context, told)
    act = tasks_of(state, AskSize)[0]
    return {"acts": tasks_without(state, act), **await _advise(state, context, act)}


async def _note(state: State, context: Context, told: list[TellSize]) -> State:
    """Keeps what was told; answers it if nothing else is to be done."""
    lines = await lines_in_view(state, context)
    last = next((x for x in lines if x.variant_id == state.get("last_variant_id")), None)
    line = last or (lines[0] if len(lines) == 1 else None)
    focus = focus_in(state)
    category = focus.category if focus and focus.category else None
    kept, unknown = await size_facts.keep(
        context, told, line=line, category=category, worn_by=wearer_in(state)
    )
    others: list[Task] = [t for t in state.get("acts", ()) if not isinstance(t, TellSize)]
    update: State = {"acts": others, **_worn(state, told)}
    if any(not isinstance(task, Remark | Unclear) for task in others):
        return update
    update["acts"] = []
    if state.get("facts"):
        return update  # something was answered already: what was told is only kept
    if not kept:
        return {**update, "facts": with_facts(state, *([FitOfWhat()] if unknown else []))}
    noted = [_noted(act) for act in kept]
    if questions_in(state):
        return {**update, **await _ask_again(state, context, noted)}
    if focus is not None:
        answer = await _advise(state, context, AskSize())
        return {**update, **answer}
    return {**update, "facts": with_facts(state, *noted)}


def _worn(state: State, told: list[TellSize]) -> State:
    """The sizes told in this talk, which hold for the pieces for that person."""
    worn_by = wearer_in(state)
    fresh: list[SizeWorn] = []
    for act in told:
        if act.fit is not None:
            continue
        who = worn_by.id if worn_by else "theirs" if act.whose == "theirs" else "mine"
        if act.whose == "mine":
            who = "mine"
        if act.for_whom is not None:
            who = act.for_whom.worn_by.id if act.for_whom.worn_by else who
        if act.size is not None:
            fresh.append({"who": who, "size": act.size, "category": act.target.category})
        waists = [round(one.cm / CM_PER_INCH) for one in act.measures if one.measure == "waist"]
        fresh += [{"who": who, "size": str(inches), "category": TROUSERS} for inches in waists]
    if not fresh:
        return {}
    return {"sizes_worn": [*(state.get("sizes_worn") or []), *fresh][-MOST_SIZES_WORN:]}


def _noted(act: TellSize) -> SizeNoted:
    return SizeNoted(
        size=act.size, category=act.target.category, fit=act.fit, measures=act.measures
    )


async def _ask_again(state: State, context: Context, noted: list[SizeNoted]) -> State:
    """Asks the open question again: for a size, with the one that is advised now."""
    open_ones = questions_in(state)
    fresh = [*open_ones[:-1], open_ones[-1].model_copy(update={"proposed": None})]
    questions, why = await with_proposal(context, fresh, wearer_in(state))
    lines = await lines_in_view(state, context)
    changed, asking = await ask(state, context, questions[-1], lines)
    told: list[Fact] = [*(why or noted), *asking]
    return {**changed, "questions": as_plain(questions), "facts": with_facts(state, *told)}


async def _advise(state: State, context: Context, act: AskSize) -> State:
    """Answers a question for the size; a yes then takes the piece in it, if it is to be had."""
    piece, stocked, name = await _piece(state, context, act.target)
    fact = await advised(context, piece, stocked=stocked, asked=act.size, worn_by=wearer_in(state))
    if fact is None:
        return {"facts": with_facts(state, SizeUnknown(choices=stocked))}
    facts = with_facts(state, fact)
    if not fact.in_stock or piece.product_id is None:
        return {"facts": facts}
    open_ones = questions_in(state)
    asked = open_ones[-1] if open_ones else None
    if asked and asked.field == "size" and asked.product_id == piece.product_id:
        proposed = asked.model_copy(update={"proposed": fact.size})
        return {"facts": facts, "questions": as_plain([*open_ones[:-1], proposed])}
    named = act.target.name is not None or act.target.option is not None
    offering = (*CHOOSING, "start", "size_recommended", "cart_updated")
    if (open_ones and not named) or state.get("step") not in offering:
        return {"facts": facts}
    focus = focus_in(state)
    same = focus is not None and focus.product_id == piece.product_id
    offered = Focus(
        product_id=piece.product_id,
        name=name,
        colour=act.target.colour or (focus.colour if focus and same else None),
        size=fact.size,
    )
    questions = [*open_ones, offer_of(offered)][-MOST_QUESTIONS:]
    told: State = {"facts": facts, "questions": as_plain(questions)}
    return {**told, "focus": offered.model_dump(mode="json")} if named else told


async def _piece(
    state: State, context: Context, target: Target
) -> tuple[PieceToFit, tuple[str, ...], str]:
    """(the piece meant, its sizes in stock, its name)."""
    open_ones = questions_in(state)
    if target.says_nothing and open_ones and open_ones[-1].field == "size":
        asked = open_ones[-1]
        if asked.product_id is not None:
            piece, _ = await stocked_sizes(context, asked.product_id)
            return piece, asked.choices, asked.name
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    view = view_of(state, await lines_in_view(state, context), sold)
    meant = pieces_meant(target, view)
    if len(meant) == 1:
        piece, stocked = await stocked_sizes(context, meant[0].product_id)
        return piece, stocked, meant[0].name
    kinds = {piece.category for piece in meant}
    category = target.category or (kinds.pop() if len(kinds) == 1 else None)
    return PieceToFit(category), (), ""
