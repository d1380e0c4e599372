"""Answers questions and small talk that change nothing: prices, stock, the shop, greetings."""

from __future__ import annotations

import time
from dataclasses import replace

from langgraph.runtime import Runtime

from dukani.agent.facts import (
    Acknowledged,
    AskPerson,
    Fact,
    Greeted,
    NoDiscount,
    PersonDeclined,
    PriceTold,
    Thanked,
    Unclear,
    VoiceNotHeard,
)
from dukani.core.store import orders
from dukani.domain.acts import (
    AskPrice,
    AskShop,
    AskStock,
    Greeting,
    Remark,
    Repeat,
    Search,
    Thanks,
    ViewOrder,
    WaitForStock,
)
from dukani.domain.acts import Unclear as Doubt
from dukani.domain.message_kinds import Decision, decision_on
from dukani.domain.offers import still_wanted
from dukani.domain.pieces import Focus, Option
from dukani.domain.shades import shades_of
from dukani.domain.sizes import size_said
from dukani.domain.steps import SHOWN_A_TOTAL
from dukani.domain.view import View
from dukani.graph.context import Context
from dukani.graph.happenings import GoOn, ShowTotal, Unheard
from dukani.graph.hearing.in_view import asked_about, lines_in_view, view_of
from dukani.graph.looking.offering import offer_of
from dukani.graph.looking.prices import is_of_what_was_ordered, price_asked
from dukani.graph.looking.quality import answer_quality
from dukani.graph.looking.shop import answer_shop, own_answer
from dukani.graph.looking.stock import answer_availability
from dukani.graph.looking.sums import sum_supposed, sum_without
from dukani.graph.looking.waiting import wait_for
from dukani.graph.money.owner_notes import unheard_note
from dukani.graph.ordering.asking import ask
from dukani.graph.ordering.giving_up import with_one_more_attempt
from dukani.graph.ordering.missing import with_words, words_heard
from dukani.graph.ordering.readings import ask_reading
from dukani.graph.routes import TAKES
from dukani.graph.state import (
    State,
    Task,
    as_plain,
    focus_in,
    newest_list,
    questions_in,
    tasks_without,
    with_facts,
    with_list,
)

OFFERED_AFTER = 3  # messages in a row that were not understood
_EXCUSED_FOR_S = 24 * 3600.0


async def answer_question(state: State, runtime: Runtime[Context]) -> State:
    """Answers one question; the router returns here for further ones."""
    context = runtime.context
    task = next(t for t in state["acts"] if isinstance(t, TAKES["answer_question"]))
    others: list[Task] = tasks_without(state, task)
    state = {**state, "acts": others}
    return {"acts": others, **await _answer(state, context, task)}


async def _answer(state: State, context: Context, task: Task) -> State:
    match task:
        case AskStock():
            view = _with_asked_about(await _view(state, context), state)
            return await answer_availability(state, context, task, view)
        case WaitForStock():
            return await wait_for(state, context, task, await _view(state, context))
        case AskPrice():
            return await _price(state, context, task)
        case AskShop(topic="quality"):
            return await answer_quality(state, context, task, await _view(state, context))
        case AskShop():
            return await answer_shop(state, context, task)
        case Greeting():
            return {"facts": with_facts(state, await _greeting(context))}
        case Thanks():
            return {"facts": with_facts(state, Thanked())}
        case Unheard():
            return await _excuse(state, context, task)
        case Remark():
            return await _acknowledge(state, context)
        case GoOn():
            return await _go_on(state, context)
        case Repeat():
            return await _ask_again(state, context) or {"facts": with_facts(state, Acknowledged())}
        case _:
            return await _unclear(state, context, task)


async def _excuse(state: State, context: Context, task: Unheard) -> State:
    """Tells that a message cannot be opened; for unknown kinds of messages once a day only.

    The owner gets a voice note to listen to.
    """
    if task.message_kind == "audio":
        await unheard_note(context)
    fact = VoiceNotHeard(message_kind=task.message_kind)
    if decision_on(task.message_kind) is not Decision.EXCUSE_ONCE:
        return {"facts": with_facts(state, fact)}
    now = time.time()
    if now - (state.get("excused_at") or 0.0) < _EXCUSED_FOR_S:
        return {"heard": False}  # nothing is left to answer in this turn
    return {"facts": with_facts(state, fact), "excused_at": now}


async def _view(state: State, context: Context) -> View:
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    return view_of(state, await lines_in_view(state, context), sold)


def _with_asked_about(view: View, state: State) -> View:
    """The view, with the piece whose size is asked for in focus: "and is it there in red?"."""
    return view if view.focus is not None else replace(view, focus=asked_about(state))


async def _greeting(context: Context) -> Greeted:
    bought = await orders.latest(context.conn, customer_id=context.customer.id)
    return Greeted(name=context.customer.name, returning=bought is not None)


async def _price(state: State, context: Context, act: AskPrice) -> State:
    if act.discount:
        return {"facts": with_facts(state, NoDiscount())}
    view = await _view(state, context)
    if act.without and (told_less := sum_without(act, view)) is not None:
        return {"agreed": None, "facts": with_facts(state, told_less)}
    if is_of_what_was_ordered(act, _with_asked_about(view, state)):
        return {"acts": [ViewOrder(), *state.get("acts", ())]}
    asked = await price_asked(state, context, act, view)
    if not asked:
        # No piece is in view: a search for the kind of piece shows prices.
        target = act.target
        search = Search(
            name=target.name, category=target.category, colour=target.colour, size=target.size
        )
        return {"acts": [search, *state.get("acts", ())]}
    lines = await lines_in_view(state, context)
    if (told_sum := sum_supposed(act, asked, lines)) is not None:
        # A yes to this sum is none to the total shown before it.
        totalled = act.besides and state.get("step") in SHOWN_A_TOTAL
        new = all(line.product_id != asked[0].product_id for line in lines)
        offered = _offered(state, asked[0], act) if new and not totalled else {}
        return {"agreed": None, "facts": with_facts(state, told_sum), **offered}
    asked, others = await _priced_together(state, context, asked)
    state = {**state, "acts": others}
    told: State = {"acts": others, "facts": with_facts(state, PriceTold(options=tuple(asked)))}
    listed = {option.product_id for option in newest_list(state)}
    if not listed >= {option.product_id for option in asked}:
        # The options told have numbers of their own, so they become the newest list.
        told |= {"lists": with_list(state, asked)}
    return {**told, **(_offered(state, asked[0], act) if len(asked) == 1 else {})}


async def _priced_together(
    state: State, context: Context, asked: list[Option]
) -> tuple[list[Option], list[Task]]:
    """(the pieces whose prices are asked in this turn, in one list; the tasks without those)."""
    others: list[Task] = []
    view = await _view(state, context)
    together = list(asked)
    for task in state.get("acts", ()):
        more = []
        if isinstance(task, AskPrice) and not task.discount:
            more = await price_asked(state, context, task, view)
        if not more:
            others.append(task)
        together += [o for o in more if all(o.product_id != x.product_id for x in together)]
    if len(together) == len(asked):
        return asked, others
    numbered = [o.model_copy(update={"number": n}) for n, o in enumerate(together, start=1)]
    return numbered, others


def _offered(state: State, option: Option, act: AskPrice) -> State:
    """Puts the piece priced in focus, in the size said, and offers it: "I'll take it" means it."""
    open_ones = questions_in(state)
    focus = focus_in(state)
    known = focus if focus and focus.product_id == option.product_id else None
    colour = _colour_priced(option, act)
    if any(question.product_id == option.product_id for question in still_wanted(open_ones)):
        return {}
    size = size_said(act.target.size, option.sizes) if act.target.size else None
    if known is not None:
        said = {"colour": colour, "size": size}
        known = known.model_copy(update={k: v for k, v in said.items() if v is not None})
    spoken_of = known or Focus(
        product_id=option.product_id,
        sku=option.sku,
        name=option.name,
        category=option.category,
        colour=colour,
        size=size,
    )
    return {
        "focus": spoken_of.model_dump(mode="json"),
        "last_product_id": option.product_id,
        "questions": as_plain([*still_wanted(open_ones), offer_of(_so_many(spoken_of, act))]),
    }


def _so_many(spoken_of: Focus, act: AskPrice) -> Focus:
    """The piece offered in the quantity whose sum was asked for."""
    return spoken_of.model_copy(update={"quantity": act.quantity}) if act.quantity else spoken_of


def _colour_priced(option: Option, act: AskPrice) -> str | None:
    """The one colour the piece comes in, or that the price was asked of: "navy 28 ni ngapi"."""
    if len(option.colours) == 1:
        return option.colours[0]
    shades = shades_of(act.target.colour, option.colours) if act.target.colour else ()
    return shades[0] if len(shades) == 1 else None


async def _ask_again(state: State, context: Context) -> State | None:
    """Asks the open question again, or shows the total again; None if neither is open."""
    open_ones = questions_in(state)
    readings = bool(open_ones) and open_ones[-1].field == "reading"
    if state.get("step") == "awaiting_confirmation" and not readings:
        return {"acts": [*state.get("acts", ()), ShowTotal()]}
    if not open_ones:
        return None
    asked = open_ones[-1]
    lines = await lines_in_view(state, context)
    changed, facts = await ask(state, context, asked, lines, again=readings)
    if not facts:
        return None
    if readings:  # with it no total is shown: a yes has one meaning
        changed = {**changed, "heard": False}
    again = as_plain([*open_ones[:-1], with_one_more_attempt(asked)])
    return {**changed, "questions": again, "facts": with_facts(state, *facts)}


async def _acknowledge(state: State, context: Context) -> State:
    """Acknowledges a remark, then repeats the open question."""
    again = await _ask_again(state, context) or {}
    return {**again, "facts": with_facts(state, Acknowledged(), *again.get("facts", ()))}


async def _go_on(state: State, context: Context) -> State:
    """Goes on after a person was offered and not wanted: the open question is asked again."""
    again = await _ask_again(state, context) or {}
    told = PersonDeclined(step=state.get("step", "start"))
    return {**again, "facts": with_facts(state, told, *again.get("facts", ()))}


async def _unclear(state: State, context: Context, task: Task) -> State:
    """Gives the shop's own answer to these words, else tells that they were not understood.

    Where it is in doubt which edits they mean, that is asked.

    Every third such turn in a row offers a person. With the offer nothing else is asked, above all
    no total is shown: a yes has one meaning.
    """
    if own := await own_answer(context, context.language(state)):
        return {"facts": with_facts(state, own)}
    if isinstance(task, Doubt) and (asked := await ask_reading(state, context, task)):
        return asked
    missed = state.get("misunderstood", 0) + 1
    if missed % OFFERED_AFTER == 0:
        return {
            "facts": with_facts(state, AskPerson()),
            "misunderstood": missed,
            "person_offered": True,
            "heard": False,
        }
    names: tuple[str, ...] = ()
    if focus_in(state) is None:
        names = tuple(option.name for option in newest_list(state))
    second = missed % OFFERED_AFTER == 2
    fact: Fact = Unclear(step=state.get("step", "start"), choices=names, again=second)
    again = await _ask_again(state, context)
    if again is not None and again.get("facts"):
        return {**again, "facts": with_facts(state, fact, *again["facts"]), "misunderstood": missed}
    told: State = {"facts": with_facts(state, fact), "misunderstood": missed}
    if again is None and await lines_in_view(state, context):
        # Perhaps they meant the order: she is asked once more before its total.
        told["without_effect"] = with_words(state.get("without_effect") or (), words_heard(context))
    return told
