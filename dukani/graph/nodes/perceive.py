"""Turns a turn's events into tasks: reads words as dialogue acts, and adds other events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from langgraph.runtime import Runtime

from dukani.agent.facts import Fact, NotAllRead, ShopPaused
from dukani.agent.local_reader import ACT_OF, Consent, ages_of_children, asks_for_assistant
from dukani.agent.wording.people import BACK_TO_ASSISTANT
from dukani.core.store.messages import Message
from dukani.domain.acts import (
    Act,
    Add,
    OptIn,
    OptOut,
    Set,
    StopPromotions,
    Target,
    Unclear,
    Understanding,
    WantPromotions,
)
from dukani.domain.attachments import Attachment
from dukani.domain.message_kinds import Decision, decision_on
from dukani.domain.offers import still_wanted
from dukani.domain.steps import Step
from dukani.domain.view import View
from dukani.graph.context import Context
from dukani.graph.handoff import at_handoff_step, handed_off, waits_in_vain, words_to_forward
from dukani.graph.happenings import (
    HandBack,
    HandoffTimer,
    Look,
    OrderNews,
    PassOn,
    PaymentResult,
    RemindOfWayBack,
    ReservationTimer,
    StaffMessage,
    Unheard,
    happening,
)
from dukani.graph.hearing.acts_for_brought import acts_about_brought, with_tasks_for_brought
from dukani.graph.hearing.brought import Brought, what_was_brought
from dukani.graph.hearing.confirmable import confirmable_quote
from dukani.graph.hearing.in_view import lines_in_view, view_of
from dukani.graph.hearing.normalise import asked_now, normalise
from dukani.graph.hearing.person_offer import answer_to_offer
from dukani.graph.hearing.photos import photo_count_facts, photos_of, with_photos
from dukani.graph.hearing.pins import with_pin_as_address
from dukani.graph.hearing.reading import NotRead, captions_of, context_of, read_all
from dukani.graph.hearing.readings_asked import without_passed_over, without_readings
from dukani.graph.hearing.recovery import Recovery, outside_the_talk
from dukani.graph.hearing.reinterpret import reinterpret
from dukani.graph.hearing.shared_cards import holds_card, with_cards
from dukani.graph.hearing.texts import (
    consent_among,
    in_parts,
    tapped_rows,
)
from dukani.graph.hearing.window_carts import taken_from
from dukani.graph.ordering.taking_up import Taken, answered, as_asked, came_by
from dukani.graph.perceived import ToPerceive
from dukani.graph.state import MOST_LISTS, State, Task, as_plain, questions_in
from dukani.tools import cart

# Decisions on kinds of messages for which the customer is told that they cannot be opened.
_EXCUSED = (Decision.EXCUSE, Decision.EXCUSE_ONCE, Decision.SEND_AGAIN)
_OF_CONSENT = (OptOut, OptIn, StopPromotions, WantPromotions)
# Tasks that count even while a person answers, or after "stop".
_ALWAYS = (PaymentResult, ReservationTimer, OrderNews, HandoffTimer, StaffMessage, HandBack)
_WHILE_HANDED_OFF = (*_ALWAYS, OptOut, OptIn, StopPromotions, WantPromotions)
_WHILE_OPTED_OUT = (*_ALWAYS, OptIn, StopPromotions, WantPromotions)


async def perceive(state: State, runtime: Runtime[Context]) -> State:
    """Reads the turn's messages as one, in their dialogue context.

    The node never waits for mind or eye. It returns the words and photos they must process in
    `lacking`; the turn then ends, and is tried again with their answers. A turn begun ahead ends
    here in any case: the customer may still write on, so the rest would be done in vain.
    """
    context = runtime.context
    try:
        update = await _perceive(state, context)
    except NotRead as not_read:
        unseen = _unseen(context, context.photos)
        return {"lacking": ToPerceive(context.heard[-1].id, not_read.words, unseen)}
    looks = [task.key for task in update["acts"] if isinstance(task, Look)]
    if unseen := _unseen(context, [key for key in looks if key in context.photos]):
        return {"lacking": ToPerceive(context.heard[-1].id, photos=unseen)}
    if context.ahead:
        return {"lacking": ToPerceive(context.heard[-1].id)}
    return update


def _unseen(context: Context, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key not in context.perceived.analyses)


async def _perceive(state: State, context: Context) -> State:
    written = context.heard
    update: State = {
        **_step(state, context),
        "facts": [],
        # A yes agrees to the previous turn's quote; this turn has one only if it shows the total.
        "agreed": await confirmable_quote(state, context, written),
        "quote": state.get("quote") if not written else None,
        "heard": bool(written),
    }
    # Events precede words, because an act such as OptOut drops the remaining tasks.
    tasks: list[Task] = [
        happening(event.kind, event.payload) for event in context.events if event.kind != "message"
    ]
    back = _calls_back(context)
    tasks += [HandBack(asked=True)] if back else []
    written = [message for message in written if message not in back]
    if written:
        outside = await outside_the_talk(state, context, written[-1])
        if outside.options:
            update["lists"] = [outside.options, *(state.get("lists") or [])][:MOST_LISTS]
            update["step"] = _choosing_again(update["step"])
        carts = await taken_from(context, written)
        written = carts.written
        brought = await what_was_brought(context, written, carts.orders)
        update = {**update, **_in_focus(state, brought)}
        recovery = None if carts.found or brought.adds else outside.recovery
        if context.opted_out or _person_answers(context, tasks):
            recovery = None
        words, understanding, taken = await _read(
            {**state, **update}, context, written, brought, only_carts=carts.found, left=recovery
        )
        tasks += words
        open_ones = questions_in({**state, **update})
        if (kept := without_passed_over(open_ones, words)) != open_ones:
            update["questions"] = as_plain(kept)
        update = {**update, **taken.update, "person_offered": False}
        if carts.message is not None:
            update["came_by"] = came_by(carts.message)
        if not context.opted_out and not _person_answers(context, tasks):
            about_messages = _facts_about_messages(context, written, brought)
            update["facts"] = [*carts.facts, *about_messages, *taken.facts]
        update = {**update, **_told_of_pause(state, context)}
        if children := ages_of_children("\n".join(message.body for message in written)):
            update["children"] = children
        update["language"] = understanding.language
        update["understanding"] = understanding.model_dump(mode="json", exclude_none=True)
    tasks = _allowed(context, [*_hand_back_if_silent(context), *tasks])
    if not back and (unread := words_to_forward(context)):
        tasks.append(PassOn(unread))
    others = [task for task in tasks if not isinstance(task, PassOn)]
    update["heard"] = update["heard"] and bool(others)
    if not others and await waits_in_vain(state, context):
        tasks.append(RemindOfWayBack())
    return {**update, "acts": tasks}


def _calls_back(context: Context) -> list[Message]:
    """Messages that call the assistant back: words during a handoff, or the button at any time."""
    if context.paused_since is not None:
        return []
    absent = context.conversation.handed_off_at is not None
    return [
        message
        for message in context.heard
        if message.payload.get("row_id") == BACK_TO_ASSISTANT
        or (absent and asks_for_assistant(message.body))
    ]


def _in_focus(state: State, brought: Brought) -> State:
    """Puts the piece asked about, advertised or ordered in focus, and drops open mere offers.

    Questions about wanted pieces stay open.
    """
    if brought.about is None:
        return {}
    return {
        "focus": brought.about.model_dump(mode="json"),
        "last_product_id": brought.about.product_id,
        "questions": as_plain(still_wanted(questions_in(state))),
    }


def _facts_about_messages(context: Context, written: list[Message], brought: Brought) -> list[Fact]:
    """Facts about the messages themselves: unknown items, too many photos, text not read."""
    photos = photos_of(written, context.photos)
    long = [] if in_parts(written).whole else [NotAllRead()]
    return [*brought.facts, *photo_count_facts(photos), *long]


def _step(state: State, context: Context) -> State:
    """The remembered step, corrected by the consent ledger and by who answers.

    A dead letter hands over outside the graph, where the state cannot be written.
    """
    step = state.get("step", "start")
    if context.opted_out:
        return {"step": "human_handoff" if step == "human_handoff" else "opted_out"}
    step = "start" if step == "opted_out" else step
    if context.conversation.handed_off_at is None:
        return {"step": step}
    return {"step": step, **at_handoff_step({"step": step})}


def _choosing_again(step: Step) -> Step:
    """The step for a reply to a picture of options, which chooses from that picture."""
    return "products_found" if step in ("start", "cart_updated", "size_recommended") else step


async def _read(
    state: State,
    context: Context,
    written: list[Message],
    brought: Brought,
    *,
    only_carts: bool = False,
    left: Recovery | None = None,
) -> tuple[list[Task], Understanding, Taken]:
    """`only_carts`: a code was written; without other words nothing is asked.

    `left`: what she may take up again.
    """
    photos = photos_of(written, context.photos)
    seen = [photo for photo in photos if photo.key in context.photos]
    texts = in_parts(written)
    if tapped_rows(written):  # of a list of pieces
        state = {**state, "questions": as_plain(without_readings(questions_in(state)))}
    understanding = Understanding(acts=(), language=context.language(state))
    turn_context = None
    if texts.parts or not (photos or brought.adds or tapped_rows(written) or only_carts):
        asking = state if brought.about is None else {**state, "questions": [], "lists": []}
        asking = asking if left is None else as_asked(asking, left)
        turn_context = await context_of(asking, context, written, with_image=bool(seen))
        understanding = await read_all(context, texts, turn_context)
    taken = Taken(None, {})
    if left is not None and not photos:
        taken = await answered(context, left, understanding.acts, written)
        if taken.tasks is not None:
            return taken.tasks, understanding, taken
        state = {**state, **taken.update}
    empty = not await cart.current_items(context.conn, customer_id=context.customer.id)
    said = with_pin_as_address(_with_tapped(understanding, written), written)
    told = reinterpret(said, await _in_view(state, context), asked_now(state))
    told = acts_about_brought(told, brought)
    offered = state.get("person_offered", False) and not photos
    if answer := answer_to_offer(told, written, offered=offered):
        return [answer], understanding, taken
    acts = normalise(told, state, empty_cart=empty)
    acts = _with_consent(acts, consent_among(written, state), context)
    silent = _unheard(context, written, photos)
    if (silent or seen) and not texts.parts:
        acts = [act for act in acts if not isinstance(act, Unclear)]
    captions = await captions_of(context, written, photos, turn_context)
    tasks = with_photos(with_cards(context, written, acts), photos, captions)
    told_of = await with_tasks_for_brought(context, tasks, brought, turn_context, written)
    return [*silent, *told_of], understanding, taken


async def _in_view(state: State, context: Context) -> View:
    """The view of what the customer has seen, without the rest of the shop."""
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    view = view_of(state, await lines_in_view(state, context), sold)
    near = {id_ for group in list(view.by_salience())[:-1] for id_ in group}
    return replace(view, pieces=tuple(p for p in view.pieces if p.product_id in near))


def _with_consent(acts: list[Act], said: Consent | None, context: Context) -> list[Act]:
    """The acts with consent replaced by `said`, the last consent word of several messages.

    "Start" is an opt-in only if there is a "stop" to take back.
    """
    stopped = context.opted_out or any(isinstance(act, OptOut) for act in acts)
    if said is None or (said == "opt_in" and not stopped):
        return acts
    others = [act for act in acts if not isinstance(act, _OF_CONSENT)]
    return [ACT_OF[said], *others]


def _with_tapped(understanding: Understanding, written: list[Message]) -> Understanding:
    """The understanding with an Add for each list row tapped, whatever question is open."""
    taken = {act.target.option for act in understanding.acts if isinstance(act, Add | Set)}
    acts = [Add(target=Target(option=n)) for n in tapped_rows(written) if n not in taken]
    if not acts:
        return understanding
    words = [act for act in understanding.acts if not isinstance(act, Unclear)]
    return understanding.model_copy(update={"acts": (*acts, *words)})


def _unheard(context: Context, written: list[Message], photos: list[Attachment]) -> list[Task]:
    """A task for each kind of message that cannot be understood; cards and photos have others."""
    pictured = {photo.message_id for photo in photos}
    excused = [m for m in written if decision_on(m.kind) in _EXCUSED and not holds_card(m)]
    kinds = [m.kind for m in excused if m.id not in pictured]
    return [Unheard(kind) for kind in dict.fromkeys(kinds)]


def _allowed(context: Context, tasks: list[Task]) -> list[Task]:
    if context.opted_out:
        return [task for task in tasks if isinstance(task, _WHILE_OPTED_OUT)]
    if _person_answers(context, tasks):
        return [task for task in tasks if isinstance(task, _WHILE_HANDED_OFF)]
    return tasks


def _person_answers(context: Context, tasks: list[Task]) -> bool:
    """Whether a person of the shop answers, and does not hand back in this turn."""
    if context.paused_since is not None:
        return True
    if any(isinstance(task, HandBack) for task in tasks):
        return False
    return handed_off(context) or any(isinstance(task, StaffMessage) for task in tasks)


def _told_of_pause(state: State, context: Context) -> State:
    """Tells a customer once for each pause of the shop that a person answers.

    Not one who stopped, or whom a person answers already.
    """
    since, conversation = context.paused_since, context.conversation
    if since is None or context.opted_out or conversation.handed_off_at is not None:
        return {}
    told = state.get("told_of_pause")
    if told and datetime.fromisoformat(told) >= since:
        return {}
    stopped = context.boutique.stopped_since(conversation.provider) is not None
    return {"told_of_pause": since.isoformat(), "facts": [ShopPaused(by_platform=stopped)]}


def _hand_back_if_silent(context: Context) -> list[Task]:
    """A HandBack if staff have been silent for hours."""
    forgotten = context.conversation.handed_off_at is not None and not handed_off(context)
    return [HandBack(late=True)] if forgotten else []
