"""Turns what happened into tasks: words are read into acts, other events are taken as they are."""

from __future__ import annotations

from dataclasses import replace

from langgraph.runtime import Runtime

from dukani.agent.local_reader import asks_for_assistant
from dukani.agent.wording.shop import BACK_TO_ASSISTANT
from dukani.core.store.messages import Message
from dukani.domain.acts import (
    Act,
    Add,
    AskPrice,
    AskStock,
    Greeting,
    More,
    OptIn,
    OptOut,
    Search,
    Set,
    SetAddress,
    Target,
    Unclear,
    Understanding,
)
from dukani.domain.message_kinds import Decision, decision_on
from dukani.domain.steps import Step
from dukani.domain.view import View
from dukani.graph.context import Context
from dukani.graph.handoff import handed_off, to_pass_on
from dukani.graph.happenings import (
    HandBack,
    HandoffOver,
    HoldOver,
    Look,
    PassOn,
    PaymentResult,
    StaffMessage,
    Unheard,
    happening,
)
from dukani.graph.hearing.history import history_for_mind
from dukani.graph.hearing.in_the_light import in_the_light
from dukani.graph.hearing.in_view import lines_in_view, reader_context, view_of
from dukani.graph.hearing.normalise import asked_now, normalise
from dukani.graph.hearing.texts import as_one_text, consent_among, shown_in, tapped_rows
from dukani.graph.state import MOST_LISTS, State, Task
from dukani.tools import cart

# What she is told that it cannot be opened: pieces and numbers in a form no station takes yet.
_EXCUSED = (Decision.EXCUSE, Decision.EXCUSE_ONCE, Decision.PIECES, Decision.NUMBER)
# What still counts while a person has taken over, or after "stop".
_ALWAYS = (PaymentResult, HoldOver, HandoffOver, StaffMessage, HandBack)
_WHILE_HANDED_OFF = (*_ALWAYS, OptOut, OptIn)
_WHILE_OPTED_OUT = (*_ALWAYS, OptIn)
_OF_A_PHOTO = (Search, AskStock, AskPrice, Add, Set, Greeting, Unclear, More)


async def perceive(state: State, runtime: Runtime[Context]) -> State:
    """Reads the turn's messages as one, in the light of what was said before."""
    context = runtime.context
    written = context.heard
    update: State = {
        "step": _step(state, context),
        "facts": [],
        # The quote of the turn before is what her words may say yes to; only showing makes one.
        "agreed": state.get("quote"),
        "quote": state.get("quote") if not written else None,
        "heard": bool(written),
    }
    # Before her words: an act of hers may end the turn, and money that came in must count.
    tasks: list[Task] = [
        happening(event.kind, event.payload) for event in context.events if event.kind != "message"
    ]
    back = _calls_back(context)
    tasks += [HandBack(asked=True)] if back else []
    written = [message for message in written if message not in back]
    if written:
        if shown := await shown_in(context.conn, written[-1]):
            update["lists"] = [shown, *(state.get("lists") or [])][:MOST_LISTS]
            update["step"] = _choosing_again(update["step"])
        words, understanding = await _read({**state, **update}, context, written)
        tasks += words
        update["language"] = understanding.language
        update["understanding"] = understanding.model_dump(mode="json", exclude_none=True)
    tasks = _allowed(context, [*_after_a_silence(context), *tasks])
    if not back and (unread := to_pass_on(context)):
        tasks.append(PassOn(unread))
    update["heard"] = update["heard"] and any(not isinstance(task, PassOn) for task in tasks)
    return {**update, "acts": tasks}


def _calls_back(context: Context) -> list[Message]:
    """Her words for the assistant where a person answers, and its button anywhere."""
    absent = context.conversation.handed_off_at is not None
    return [
        message
        for message in context.heard
        if message.payload.get("row_id") == BACK_TO_ASSISTANT
        or (absent and asks_for_assistant(message.body))
    ]


def _step(state: State, context: Context) -> Step:
    """The step, with the ledger's word on whether she said stop."""
    step = state.get("step", "start")
    if context.opted_out:
        return "human_handoff" if step == "human_handoff" else "opted_out"
    return "start" if step == "opted_out" else step


def _choosing_again(step: Step) -> Step:
    """A reply to a picture chooses from it, wherever the conversation had gone since."""
    return "products_found" if step in ("start", "cart_updated", "size_recommended") else step


async def _read(
    state: State, context: Context, written: list[Message]
) -> tuple[list[Task], Understanding]:
    photos = [message for message in written if message.id in context.photos]
    text = as_one_text(written)
    understanding = Understanding(acts=(), language=context.language(state))
    if text or not photos:
        sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
        lines = await lines_in_view(state, context)
        heard_in = reader_context(
            state, context, lines, written, with_image=bool(photos), sold=sold
        )
        if history := await history_for_mind(context, written):
            heard_in = heard_in.model_copy(update={"history": history})
        if text or not tapped_rows(written):
            understanding = await context.senses.reader.read(text, heard_in)
    empty = not await cart.current_items(context.conn, customer_id=context.customer.id)
    said = _grounded(_with_tapped(understanding, written), written)
    told = in_the_light(said, await _in_view(state, context), asked_now(state))
    acts = normalise(told, state, empty_cart=empty)
    acts = _with_consent(acts, consent_among(written, state), context)
    unheard = _unheard(context, written)
    if unheard and not text:
        acts = [act for act in acts if not isinstance(act, Unclear)]
    tasks: list[Task] = [*(unheard if not text else []), *acts]
    return _with_photos(tasks, photos), understanding


async def _in_view(state: State, context: Context) -> View:
    """What she has before her, without the rest of the shop."""
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    view = view_of(state, await lines_in_view(state, context), sold)
    near = {id_ for circle in list(view.circles())[:-1] for id_ in circle}
    return replace(view, pieces=tuple(p for p in view.pieces if p.product_id in near))


def _with_consent(acts: list[Act], said: str | None, context: Context) -> list[Act]:
    """Her last word on being written to, in place of what several messages read as one say.

    "Start" counts where there is a stop to take back: elsewhere it begins something else.
    """
    stopped = context.opted_out or any(isinstance(act, OptOut) for act in acts)
    if said is None or (said == "opt_in" and not stopped):
        return acts
    others = [act for act in acts if not isinstance(act, OptOut | OptIn)]
    return [OptOut() if said == "opt_out" else OptIn(), *others]


def _with_tapped(understanding: Understanding, written: list[Message]) -> Understanding:
    """A tapped row is that option, whatever is asked now and whatever was written beside it."""
    taken = {act.target.option for act in understanding.acts if isinstance(act, Add | Set)}
    acts = [Add(target=Target(option=n)) for n in tapped_rows(written) if n not in taken]
    if not acts:
        return understanding
    words = [act for act in understanding.acts if not isinstance(act, Unclear)]
    return understanding.model_copy(update={"acts": (*acts, *words)})


def _grounded(understanding: Understanding, written: list[Message]) -> list[Act]:
    """The mind's acts, with a pin on the map as the address it is."""
    pins = [message for message in written if _is_pin(message)]
    if not pins:
        return list(understanding.acts)
    said = [act for act in understanding.acts if isinstance(act, SetAddress)]
    others = [act for act in understanding.acts if not isinstance(act, Unclear | SetAddress)]
    return [*others, _address_of(pins[-1], said[-1].text if said else None)]


def _is_pin(message: Message) -> bool:
    where = message.payload.get("location", message.payload)
    return message.kind == "location" and {"latitude", "longitude"} <= where.keys()


def _address_of(pin: Message, words: str | None) -> SetAddress:
    """Where the pin stands, with the words said beside it: the gate, the floor."""
    place = pin.payload.get("location", pin.payload)
    latitude, longitude = float(place["latitude"]), float(place["longitude"])
    named = str(place.get("place") or f"📍 {latitude},{longitude}")
    text = f"{named}, {words}" if words else named
    return SetAddress(text=text, latitude=latitude, longitude=longitude)


def _unheard(context: Context, written: list[Message]) -> list[Task]:
    unseen = [m for m in written if m.kind == "image" and m.id not in context.photos]
    if unseen:
        return [Look()]
    unheard = [m for m in written if decision_on(m.kind) in _EXCUSED]
    return [Unheard(unheard[0].kind)] if unheard else []


def _with_photos(tasks: list[Task], photos: list[Message]) -> list[Task]:
    """A photo is looked at first; what is said of it ("in blue?") narrows what it shows."""
    if not photos:
        return tasks
    said = Search()
    for task in tasks:
        said = said.model_copy(update=_told(task))
    others = [task for task in tasks if not isinstance(task, _OF_A_PHOTO)]
    return [Look(photos[-1].id, said), *others]


def _told(task: Task) -> dict[str, object]:
    """What is said of a photo's piece, as parts of a search."""
    if isinstance(task, Search):
        return task.model_dump(exclude_none=True, exclude={"kind", "text", "cheaper"})
    if isinstance(task, AskStock | AskPrice | Add | Set):
        told = task.target.model_dump(include={"name", "category", "colour", "size"})
        if not isinstance(task, AskPrice):
            values = {"colour", "size", "quantity", "age"}
            told |= task.values.model_dump(include=values, exclude_none=True)
        return {key: value for key, value in told.items() if value is not None}
    return {}


def _allowed(context: Context, tasks: list[Task]) -> list[Task]:
    if context.opted_out:
        return [task for task in tasks if isinstance(task, _WHILE_OPTED_OUT)]
    if any(isinstance(task, HandBack) for task in tasks):
        return tasks
    staff_wrote = any(isinstance(task, StaffMessage) for task in tasks)
    if staff_wrote or handed_off(context):
        return [task for task in tasks if isinstance(task, _WHILE_HANDED_OFF)]
    return tasks


def _after_a_silence(context: Context) -> list[Task]:
    """Nobody wrote for hours: the conversation is the assistant's again."""
    forgotten = context.conversation.handed_off_at is not None and not handed_off(context)
    return [HandBack()] if forgotten else []
