"""Leaving, coming back, and asking for a person: heard at every step before anything else."""

from __future__ import annotations

from dukani.agent.understanding.acts_of import Acts, act
from dukani.agent.understanding.message import Message

# "don't stop", "never stop", "usiache": the stop is denied
KEEP_GOING = frozenset(("dont", "never", "usiache", "msiache", "not", "cant", "usisitishe"))
SHOPPING_STOP = frozenset(("~show", "~give", "showing"))


def commands(message: Message) -> Acts:
    """The act of a command, or nothing."""
    if _leaves(message):
        return [act("opt_out")]
    if message.has("opt_in") and _returns(message):
        return [act("opt_in")]
    if message.has("topic.assistant") and not message.has("search"):
        return _assistant(message)
    if message.has("handoff") and _wants_person(message):
        return [*_asked_before(message), act("handoff")]
    return []


def _asked_before(message: Message) -> Acts:
    """ "iko wapi oda yangu? niongee na mtu": what she asks first has an answer of its own."""
    cue = message.cues.get("order_status")
    asked = cue is not None and cue.length > 1 and cue.end <= message.cues["handoff"].start
    return [act("order_status")] if asked else []


def _leaves(message: Message) -> bool:
    """An opt-out command: not "stop showing blue", not "don't stop"."""
    if not message.has("opt_out") or (message.has("opt_in") and not _denied_sending(message)):
        return False
    cue = message.cues["opt_out"]
    if cue.start and cue.length == 1 and message.has("deny"):
        return False  # "hapana, acha": a no to what was asked
    before = {token.text for token in message.tokens[max(0, cue.start - 2) : cue.start]}
    if before & KEEP_GOING and message.tokens[cue.start].text not in ("send", "message", "text"):
        return False
    shopping = any(
        not token.tags.isdisjoint(SHOPPING_STOP) for token in message.tokens[cue.start : cue.end]
    )
    shopping = shopping or _stops_a_look(message)
    only_removing = message.tokens[cue.start].text == "ondoa" and bool(message.context.cart)
    return not shopping and not only_removing


def _stops_a_look(message: Message) -> bool:
    """ "stop sending red ones": those, and not the messages."""
    end = message.cues["opt_out"].end
    looks = any(f.slot in ("colour", "pattern") and f.start == end for f in message.slots.finds)
    return looks and not message.tagged("@msg")


def _denied_sending(message: Message) -> bool:
    denied = message.tagged("~!send", "~stop", "~!want", "~!disturb")
    return denied or message.says("dont", "not", "no")


def _returns(message: Message) -> bool:
    """ "anza" and "start" alone come back only where nothing else is under way."""
    return not message.has("start_over") or message.context.step == "opted_out"


def _assistant(message: Message) -> Acts:
    """ "are you a robot?"; with "I want a person" beside it, the person counts."""
    handoff = message.cues.get("handoff")
    asked = message.cues["topic.assistant"]
    if handoff and not (handoff.start < asked.end and asked.start < handoff.end):
        return [act("handoff")]
    return [act("ask_shop", topic="assistant")]


def _wants_person(message: Message) -> bool:
    """Not "don't call me", and not a payment prompt that should be sent to someone."""
    cue = message.cues["handoff"]
    before = {token.text for token in message.tokens[max(0, cue.start - 2) : cue.start]}
    return not before & {"dont", "usinipigie", "never"}
