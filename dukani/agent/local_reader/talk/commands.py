"""Reads consent, complaints and the wish for a person, at every step before other rules."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.consent import ACT_OF, consent
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.steps import AGREEING

SUPPOSING = word_set("commands", "supposing")
BOUGHT = word_set("commands", "bought")
DENIED_CALL = frozenset(("dont", "usinipigie", "never"))


def commands(message: Message) -> list[a.Act]:
    """The acts of a command; nothing where the message is none."""
    said = consent(message.tokens, message.cues, message.context)
    if said is not None:
        return [ACT_OF[said]]
    if (message.has("complaint") and _complains(message)) or _got_wrong_piece(message):
        return [a.Complaint(), *([a.Handoff()] if _asks_for_person(message) else [])]
    if message.has("topic.assistant") and not message.has("search"):
        return _assistant(message)
    if _asks_for_person(message):
        return [*_asked_before(message), a.Handoff()]
    return []


def _complains(message: Message) -> bool:
    """Whether a purchase is complained about; "what if it is torn" is no complaint."""
    if message.says_any(SUPPOSING) or message.context.step in AGREEING:
        return False
    bought = message.tagged("~buy", "@order", "~arrive", "@garment") or message.says_any(BOUGHT)
    about = bought or any(message.slots.wanted(slot) for slot in ("category", "name"))
    return message.cues["complaint"].length > 1 or message.context.has_order or about


def _got_wrong_piece(message: Message) -> bool:
    """Whether what came is not what was ordered: "you sent 34, I asked for 36"."""
    came = message.context.step == "order_completed" or not message.context.cart
    return came and message.has("wrong_piece") and not message.says_any(SUPPOSING)


def _asks_for_person(message: Message) -> bool:
    return message.has("handoff") and not _counts_wearers(message) and _wants_person(message)


def _counts_wearers(message: Message) -> bool:
    """Whether people are only counted, for whom pieces are: "belts for two people"."""
    cue = message.cues["handoff"]
    counted = message.tokens[cue.end - 2 : cue.end - 1] if cue.end > 1 else ()
    heads = message.slots.wanted("category") or message.slots.wanted("name")
    return bool(heads) and any(t.kind == "number" or t.text.isdigit() for t in counted)


def _asked_before(message: Message) -> list[a.Act]:
    """The question asked before the wish for a person: "iko wapi oda yangu? niongee na mtu"."""
    cue = message.cues.get("order_status")
    asked = cue is not None and cue.length > 1 and cue.end <= message.cues["handoff"].start
    return [a.OrderStatus()] if asked else []


def _assistant(message: Message) -> list[a.Act]:
    """The answer to "are you a robot?"; a Handoff where a person is asked for too."""
    handoff = message.cues.get("handoff")
    asked = message.cues["topic.assistant"]
    if handoff and not (handoff.start < asked.end and asked.start < handoff.end):
        return [a.Handoff()]
    return [a.AskShop(topic="assistant")]


def _wants_person(message: Message) -> bool:
    """Whether a person is wanted: not "don't call me", not "call me when you arrive"."""
    cue = message.cues["handoff"]
    before = {token.text for token in message.tokens[max(0, cue.start - 2) : cue.start]}
    return not before & DENIED_CALL and not message.has("note")
