"""Tells a clause that cancels from one that only refuses: "cancel the order", "karafuu sitaki"."""

from __future__ import annotations

import itertools
import re

from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.hesitating import thinks_it_over, too_dear
from dukani.domain.steps import PAYING, SHOWN_A_TOTAL

# "nilicancel", "nikaghairi": the past and the narrative tense; "nimeghairi" cancels now
I_DID = re.compile(r"(?:ni|tu)(?:li|ka)[a-z]+")
I_HAVE = re.compile(r"(?:ni|tu)me[a-z]+")
PRESSED = re.compile(
    r"(?:(?:ni|tu)(?:li|me|ka)(?:bony?ez|press|click|finy|gus|tap|chagu|tum|hit)[a-z]*"
    r"|pressed|clicked|tapped|hit|chose|touched)"
)
LEAVING = frozenset(("wacha", "acha", "wachana", "achana"))
NOT_CHARGED = frozenset(("charge", "pay", "process", "proceed", "continue"))
WISHED = ("option", "size", "category", "quantity", "name", "occasion", "pattern")


def cancels(clause: Message) -> bool:
    """Whether the clause cancels; not where it says what is wanted instead."""
    slots = clause.slots
    if (thinks_it_over(clause) or _lets_pay(clause)) and not clause.tagged("~cancel"):
        return False  # "acha nifikirie"
    if _lets_it_be(clause):
        return False
    cue = clause.cues["cancel"]
    if any(token.text == "delivery" for token in clause.tokens[cue.start : cue.end]):
        return False  # "sitaki delivery ya leo"
    if _refuses_shown(clause):
        return False  # "karafuu sitaki", beside others of the list
    if clause.context.step in SHOWN_A_TOTAL | PAYING and tells_of_prompt(clause):
        return False  # "i cancelled that one" is about the last prompt
    if _changed_her_mind(clause):
        return False  # "hapana, nimeghairi": the pieces are kept for her
    gives_up = clause.tagged("~cancel") or too_dear(clause) or _gives_up(clause)
    answers = clause.has("deny") and not gives_up
    if answers and (clause.cues["cancel"].length == 1 or _refuses_total(clause)):
        return False  # "hapana, sitaki" answers a question
    of_order = clause.tagged("@order") and clause.tagged("~cancel", "~erase")
    wished = WISHED[1:] if of_order else WISHED  # "ile order ya kwanza ifutwe"
    wanted = any(slots.wanted(slot) for slot in wished)
    return not (wanted or slots.exclusions() or slots.budget)


def _lets_it_be(clause: Message) -> bool:
    """Whether a value is let be the piece's: "ama wacha iwe grey", "acha ikuwe M"."""
    pairs = itertools.pairwise(token.text for token in clause.tokens)
    told = any(clause.slots.wanted(slot) for slot in ("colour", "size"))
    return told and any(one in LEAVING and other in SET_TO for one, other in pairs)


def tells_of_prompt(clause: Message) -> bool:
    """Whether what was done to a prompt is told: "nilicancel", "i pressed cancel"."""
    if clause.tagged("~cancel+") or clause.says("cancelled", "canceled"):
        return True
    at = next((i for i, token in enumerate(clause.tokens) if "~cancel" in token.tags), None)
    if at is None:
        return False
    if clause.tagged("~!want") or clause.says("dont"):
        return False  # "i clicked cancel, i dont want it"
    pressed = any(PRESSED.fullmatch(token.text) for token in clause.tokens[:at])
    return pressed or I_DID.fullmatch(clause.tokens[at].text) is not None


def _refuses_shown(clause: Message) -> bool:
    """Whether a piece of the list is refused by its name, which is in no line of the order."""
    context = clause.context
    refused = any(find.slot == "name" and find.denied for find in clause.slots.finds)
    return refused and len(context.options) > 1 and not context.cart


def only_for_now(clause: Message) -> bool:
    """Whether the total is only not paid yet, or not so: "don't charge me yet", "wacha kwanza".

    Where the order itself is said, it is cancelled: "don't process the order".
    """
    if clause.tagged("~cancel", "@order", "@cart"):
        return False
    cue = clause.cues["cancel"]
    said = [token.text for token in clause.tokens[cue.start : cue.end]]
    if said and said[0] in LEAVING and said[-1] == "kwanza":
        return True
    if clause.context.step != "awaiting_confirmation":
        return False
    return said[:1] == ["dont"] and not NOT_CHARGED.isdisjoint(said)


def refuses_proposal(clause: Message) -> bool:
    """Whether a proposal is refused, and no order cancelled: "wacha hiyo story bana"."""
    if _leaves_it_so(clause):
        return True
    cue = clause.cues["cancel"]
    said = [token.text for token in clause.tokens[cue.start : cue.end]]
    leaves = bool(said) and said[0] in LEAVING and not too_dear(clause)
    whole = clause.tagged("~cancel", "@order", "@all", "@cart") or not clause.tagged("@this")
    return leaves and not whole and bool(clause.context.cart or clause.context.has_order)


def _leaves_it_so(clause: Message) -> bool:
    """Whether a line is left in the colour or size it has: "its okay, leave it grey"."""
    told = [find for find in clause.slots.finds if not find.denied]
    if not told or any(find.slot not in ("colour", "size") for find in told):
        return False
    leaves = clause.says_any(LEAVING | {"leave"}) and not clause.tagged("~cancel", "~remove")
    return leaves and any(
        all(getattr(line, find.slot) == find.value for find in told) for line in clause.context.cart
    )


def _lets_pay(clause: Message) -> bool:
    """Whether "acha" means "let me": "acha tu nilipe" (let me just pay)."""
    behind = clause.tokens[clause.cues["cancel"].start :][:3]
    return any("~pay" in token.tags for token in behind) and clause.says("acha", "wacha")


def _refuses_total(clause: Message) -> bool:
    """Whether the total is refused and the order stays: "nah leave it"."""
    asked = clause.context.step == "awaiting_confirmation"
    return asked and clause.at("deny") == 0 and not clause.says("order", "oda")


def _changed_her_mind(clause: Message) -> bool:
    """Whether a no to the total is only told once more: "la, acha tu, sitaki kununua leo".

    Of an order or a cart it says no word, and a cancelling is told, not ordered: "nimeghairi".
    """
    if clause.context.step != "awaiting_confirmation" or clause.at("deny") != 0:
        return False
    if clause.tagged("@order", "@cart", "@all") or not clause.tagged("@no") or too_dear(clause):
        return False
    orders = ("~cancel" in t.tags and not I_HAVE.fullmatch(t.text) for t in clause.tokens)
    return not any(orders)


def _gives_up(clause: Message) -> bool:
    """Whether the words give up, more than a no does: "wacha tu, sitaki"."""
    return clause.says_any(LEAVING) and clause.tagged("~!want")
