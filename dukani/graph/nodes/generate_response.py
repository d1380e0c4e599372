"""Words the turn's facts as replies and queues them in the outbox (response generation)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from langgraph.runtime import Runtime

from dukani.agent.facts import Fact, Introduced, Reply
from dukani.agent.outcomes import outcome_of
from dukani.agent.wording.open_to_rewording import open_wording
from dukani.agent.wording.rows import SECTION_TITLE
from dukani.core.store.messages import Message
from dukani.domain.acts import Language
from dukani.graph.context import Context
from dukani.graph.handoff import handed_off
from dukani.graph.looking.waiting import with_waits
from dukani.graph.loop_guard import Judged, Loop, judge
from dukani.graph.money.owner_notes import loop_note
from dukani.graph.never_twice import asked_to_repeat, fingerprints_of, word_without_repeating
from dukani.graph.state import PAYMENT_RECEIPTS, State
from dukani.tools import messaging, product_messages
from dukani.tools.collage import known_picture

_DESPITE_STOP = ("opted_out", *PAYMENT_RECEIPTS)


async def generate_response(state: State, runtime: Runtime[Context]) -> State:
    """Queues the replies; a turn without facts queues none."""
    context = runtime.context
    facts = _allowed_facts(state, context)
    judged = _judged(state, context, facts)
    if judged.quiet:
        facts = []
    if judged.tell:
        await loop_note(context, context.heard[-1].body)
    facts = await with_waits(context, facts) if context.heard else facts
    words = " ".join(message.body for message in context.heard)
    context.outcomes.append(outcome_of(facts, words=words, by_person=handed_off(context)))
    language = context.language(state)
    introduced = state.get("introduced", False)
    replies: list[Reply] = []
    if facts:
        if not introduced:
            facts = [Introduced(), *facts]
        despite_stop = any(fact.kind in _DESPITE_STOP for fact in facts)
        replies = word_without_repeating(
            facts,
            context.voice(language),
            last=state.get("last_said") or [],
            asked_to_repeat=asked_to_repeat(state.get("understanding")),
        )
        for reply in replies:
            context.replies.extend(
                await _queue(context, facts, reply, language=language, despite_stop=despite_stop)
            )
    understood = all(fact.kind not in ("unclear", "ask_person") for fact in facts)
    return {
        "loop": judged.loop,
        "introduced": introduced or bool(facts),
        "last_said": fingerprints_of(replies) or state.get("last_said") or [],
        "misunderstood": 0 if understood and facts else state.get("misunderstood", 0),
    }


async def _queue(
    context: Context, facts: Sequence[Fact], reply: Reply, *, language: Language, despite_stop: bool
) -> list[Message]:
    """Queues a reply; pieces that Meta's catalogue has are shown from there."""
    shown = await product_messages.reply_as_products(
        context.conn,
        context.conversation,
        reply,
        header=context.boutique.name,
        title=SECTION_TITLE[language],
        claim=context.may_claim,
        reference=_reference(facts),
    )
    if shown is not None:
        return [shown]
    return await messaging.queue_reply(
        context.conn,
        context.conversation,
        reply,
        language=language,
        despite_stop=despite_stop,
        picture=known_picture(context.services, context.boutique, reply.options),
        wording=None if despite_stop else _wording(context, facts, reply, language),
        claim=context.may_claim,
        reference=_reference(facts),
    )


def _wording(
    context: Context, facts: Sequence[Fact], reply: Reply, language: Language
) -> dict[str, Any] | None:
    """The reply's facts, kept for a model to reword after the turn; None without a reworder."""
    if context.services.reworder is None:
        return None
    return open_wording(facts, reply, context.voice(language))


def _reference(facts: Sequence[Fact]) -> str | None:
    """The order that the reply is about, for the order's timeline; None with several orders."""
    numbers = {number for fact in facts if (number := getattr(fact, "order_number", None))}
    return f"order:{numbers.pop()}" if len(numbers) == 1 else None


def _judged(state: State, context: Context, facts: list[Fact]) -> Judged:
    """Whether the customer is answered; turns with other events than messages always are."""
    loop = state.get("loop") or Loop()
    only_words = all(event.kind == "message" for event in context.events)
    if not context.heard or not only_words or context.opted_out or handed_off(context):
        return Judged(loop)
    return judge(
        loop,
        facts=[fact.kind for fact in facts],
        words=" ".join(message.body for message in context.heard),
        now=int(time.time()),
    )


def _allowed_facts(state: State, context: Context) -> list[Fact]:
    """The facts that may be told: after "stop" only receipts of payments."""
    facts = list(state.get("facts", ()))
    step = state.get("step")
    stopped = step == "opted_out" or (step == "human_handoff" and context.opted_out)
    return [fact for fact in facts if fact.kind in _DESPITE_STOP] if stopped else facts
