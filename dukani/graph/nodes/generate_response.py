"""Facts become words, words become queued messages; the turn's own state is emptied."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from langgraph.runtime import Runtime

from dukani.agent.facts import Fact, Introduced, Reply
from dukani.agent.wording.open_to_rewording import open_wording
from dukani.domain.acts import Language
from dukani.graph.context import Context
from dukani.graph.handoff import handed_off
from dukani.graph.loop_guard import Judged, Loop, judge
from dukani.graph.money.owner_notes import loop_note
from dukani.graph.never_twice import asked_to_repeat, marks_of, worded_anew
from dukani.graph.state import ABOUT_HER_MONEY, State
from dukani.tools import messaging
from dukani.tools.collage import known_picture

_DESPITE_STOP = ("opted_out", *ABOUT_HER_MONEY)


async def generate_response(state: State, runtime: Runtime[Context]) -> State:
    """Says nothing when there is nothing to say: a silent turn is a turn."""
    context = runtime.context
    facts = _sayable(state, context)
    judged = _judged(state, context, facts)
    if judged.quiet:
        facts = []
    if judged.tell:
        await loop_note(context, context.heard[-1].body)
    language = context.language(state)
    introduced = state.get("introduced", False)
    replies: list[Reply] = []
    if facts:
        if not introduced:
            facts = [Introduced(), *facts]
        despite_stop = any(fact.kind in _DESPITE_STOP for fact in facts)
        replies = worded_anew(
            facts,
            context.voice(language),
            last=state.get("last_said") or [],
            asked_to_repeat=asked_to_repeat(state.get("understanding")),
        )
        for reply in replies:
            context.said.extend(
                await messaging.queue_reply(
                    context.conn,
                    context.conversation,
                    reply,
                    language=language,
                    despite_stop=despite_stop,
                    picture=known_picture(context.services, context.boutique, reply.options),
                    wording=None if despite_stop else _wording(context, facts, reply, language),
                    take=context.may_take,
                )
            )
    understood = all(fact.kind != "unclear" for fact in facts)
    return {
        "loop": judged.loop,
        "introduced": introduced or bool(facts),
        "last_said": marks_of(replies) or state.get("last_said") or [],
        "misunderstood": 0 if understood and facts else state.get("misunderstood", 0),
    }


def _wording(
    context: Context, facts: Sequence[Fact], reply: Reply, language: Language
) -> dict[str, Any] | None:
    """What the reply keeps to be worded anew after the turn, where someone can."""
    if context.services.reworder is None:
        return None
    return open_wording(facts, reply, context.voice(language))


def _judged(state: State, context: Context, facts: list[Fact]) -> Judged:
    """Whether she is answered; what happens besides her words is always told."""
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


def _sayable(state: State, context: Context) -> list[Fact]:
    """After "stop" she is told of money that came in, and nothing else."""
    facts = list(state.get("facts", ()))
    step = state.get("step")
    stopped = step == "opted_out" or (step == "human_handoff" and context.opted_out)
    return [fact for fact in facts if fact.kind in _DESPITE_STOP] if stopped else facts
