"""Turns what happened into tasks: words are read into acts, other events are taken as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from langgraph.runtime import Runtime

from dukani.agent.facts import Fact, NotAllRead
from dukani.agent.local_reader import ACT_OF, Consent, asks_for_assistant
from dukani.agent.wording.shop import BACK_TO_ASSISTANT
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
from dukani.graph.hearing.brought import Brought, what_was_brought
from dukani.graph.hearing.for_brought import meant_of_brought, with_brought
from dukani.graph.hearing.in_the_light import in_the_light
from dukani.graph.hearing.in_time import quote_to_agree_to
from dukani.graph.hearing.in_view import lines_in_view, view_of
from dukani.graph.hearing.normalise import asked_now, normalise
from dukani.graph.hearing.photos import counted, photos_of, with_photos
from dukani.graph.hearing.pins import grounded
from dukani.graph.hearing.reading import NotRead, captions_of, context_of, read_all
from dukani.graph.hearing.shared_cards import holds_card, with_cards
from dukani.graph.hearing.texts import consent_among, in_parts, shown_in, tapped_rows
from dukani.graph.perceived import ToPerceive
from dukani.graph.state import MOST_LISTS, State, Task, as_plain, questions_in
from dukani.tools import cart

# What she is told that it cannot be opened.
_EXCUSED = (Decision.EXCUSE, Decision.EXCUSE_ONCE, Decision.SEND_AGAIN)
_OF_CONSENT = (OptOut, OptIn, StopPromotions, WantPromotions)
# What still counts while a person has taken over, or after "stop".
_ALWAYS = (PaymentResult, HoldOver, HandoffOver, StaffMessage, HandBack)
_WHILE_HANDED_OFF = (*_ALWAYS, OptOut, OptIn, StopPromotions, WantPromotions)
_WHILE_OPTED_OUT = (*_ALWAYS, OptIn, StopPromotions, WantPromotions)


async def perceive(state: State, runtime: Runtime[Context]) -> State:
    """Reads the turn's messages as one, in the light of what was said before.

    Nothing is waited for here: what a mind is still to read or an eye to see is named, and the
    turn is left and begun again with it.
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
    return update


def _unseen(context: Context, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key not in context.perceived.analyses)


async def _perceive(state: State, context: Context) -> State:
    written = context.heard
    update: State = {
        "step": _step(state, context),
        "facts": [],
        # The quote of the turn before is what her words may say yes to; only showing makes one.
        "agreed": await quote_to_agree_to(state, context, written),
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
        brought = await what_was_brought(context, written)
        update = {**update, **_in_focus(state, brought)}
        words, understanding = await _read({**state, **update}, context, written, brought)
        tasks += words
        if not context.opted_out and not _others_answer(context, tasks):
            update["facts"] = _told_first(context, written, brought)
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


def _in_focus(state: State, brought: Brought) -> State:
    """The piece asked about, advertised or ordered is the one spoken of; an offer before it is not.

    What is wanted of other pieces stays open.
    """
    if brought.about is None:
        return {}
    return {
        "focus": brought.about.model_dump(mode="json"),
        "last_product_id": brought.about.product_id,
        "questions": as_plain(still_wanted(questions_in(state))),
    }


def _told_first(context: Context, written: list[Message], brought: Brought) -> list[Fact]:
    """What is said of the messages themselves, whatever becomes of their words."""
    photos = photos_of(written, context.photos)
    long = [] if in_parts(written).whole else [NotAllRead()]
    return [*brought.facts, *counted(photos), *long]


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
    state: State, context: Context, written: list[Message], brought: Brought
) -> tuple[list[Task], Understanding]:
    photos = photos_of(written, context.photos)
    seen = [photo for photo in photos if photo.key in context.photos]
    texts = in_parts(written)
    understanding = Understanding(acts=(), language=context.language(state))
    heard_in = None
    if texts.parts or not (photos or brought.adds or tapped_rows(written)):
        asking = state if brought.about is None else {**state, "questions": [], "lists": []}
        heard_in = await context_of(asking, context, written, with_image=bool(seen))
        understanding = await read_all(context, texts, heard_in)
    empty = not await cart.current_items(context.conn, customer_id=context.customer.id)
    said = grounded(_with_tapped(understanding, written), written)
    told = in_the_light(said, await _in_view(state, context), asked_now(state))
    told = meant_of_brought(told, brought)
    acts = normalise(told, state, empty_cart=empty)
    acts = _with_consent(acts, consent_among(written, state), context)
    silent = _unheard(context, written, photos)
    if (silent or seen) and not texts.parts:
        acts = [act for act in acts if not isinstance(act, Unclear)]
    captions = await captions_of(context, written, photos, heard_in)
    tasks = with_photos(with_cards(context, written, acts), photos, captions)
    return [*silent, *await with_brought(context, tasks, brought, heard_in, written)], understanding


async def _in_view(state: State, context: Context) -> View:
    """What she has before her, without the rest of the shop."""
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    view = view_of(state, await lines_in_view(state, context), sold)
    near = {id_ for circle in list(view.circles())[:-1] for id_ in circle}
    return replace(view, pieces=tuple(p for p in view.pieces if p.product_id in near))


def _with_consent(acts: list[Act], said: Consent | None, context: Context) -> list[Act]:
    """Her last word on being written to, in place of what several messages read as one say.

    "Start" counts where there is a stop to take back: elsewhere it begins something else.
    """
    stopped = context.opted_out or any(isinstance(act, OptOut) for act in acts)
    if said is None or (said == "opt_in" and not stopped):
        return acts
    others = [act for act in acts if not isinstance(act, _OF_CONSENT)]
    return [ACT_OF[said], *others]


def _with_tapped(understanding: Understanding, written: list[Message]) -> Understanding:
    """A tapped row is that option, whatever is asked now and whatever was written beside it."""
    taken = {act.target.option for act in understanding.acts if isinstance(act, Add | Set)}
    acts = [Add(target=Target(option=n)) for n in tapped_rows(written) if n not in taken]
    if not acts:
        return understanding
    words = [act for act in understanding.acts if not isinstance(act, Unclear)]
    return understanding.model_copy(update={"acts": (*acts, *words)})


def _unheard(context: Context, written: list[Message], photos: list[Attachment]) -> list[Task]:
    """Kinds that cannot be taken in, each said once; cards and photos are tasks of their own."""
    pictured = {photo.message_id for photo in photos}
    excused = [m for m in written if decision_on(m.kind) in _EXCUSED and not holds_card(m)]
    kinds = [m.kind for m in excused if m.id not in pictured]
    return [Unheard(kind) for kind in dict.fromkeys(kinds)]


def _allowed(context: Context, tasks: list[Task]) -> list[Task]:
    if context.opted_out:
        return [task for task in tasks if isinstance(task, _WHILE_OPTED_OUT)]
    if _others_answer(context, tasks):
        return [task for task in tasks if isinstance(task, _WHILE_HANDED_OFF)]
    return tasks


def _others_answer(context: Context, tasks: list[Task]) -> bool:
    """A person of the shop does, and is not told to stop in this very turn."""
    if any(isinstance(task, HandBack) for task in tasks):
        return False
    return handed_off(context) or any(isinstance(task, StaffMessage) for task in tasks)


def _after_a_silence(context: Context) -> list[Task]:
    """Nobody wrote for hours: the conversation is the assistant's again."""
    forgotten = context.conversation.handed_off_at is not None and not handed_off(context)
    return [HandBack()] if forgotten else []
