"""The rules' acts of a clause, or those of what it is for where the two do not fit.

The model is told what the rules made of the clause, so it has learned when they are right.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.words import known
from dukani.agent.local_reader.edits.besides import says_another
from dukani.agent.local_reader.edits.words import KEEP
from dukani.agent.local_reader.intents.fitting import fits, kinds_of
from dukani.agent.local_reader.intents.labels import Label
from dukani.agent.local_reader.intents.meant import acts_meant
from dukani.agent.local_reader.intents.model import Intent, intent_of
from dukani.agent.local_reader.parsing.addresses import PLACE_WORDS
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.hesitating import thinks_it_over
from dukani.domain import acts as a
from dukani.domain.steps import PAYING, SHOWN_A_TOTAL

KEPT = 0.3  # the rules' acts stand where intents they fit have so much together
LIKELY = 0.35  # what an intent needs where the rules made nothing of the clause
SURE = 0.6  # … where they made a question or a wish of it
CERTAIN = 0.75  # … where they changed the order with it, or it would undo something
AGREED = 0.8  # … to agree to a sum
SUREST = 0.9  # … to cancel, or where the rules heard a yes
NEARLY_CERTAIN = 0.95  # … where what was read as an order is only told
NEVER = 1.01

LOST = frozenset(("unclear", "ask_shop other", "greeting", "remark"))
TELLING = frozenset((
    "add", "set", "change_quantity", "remove", "substitute", "split", "clear", "undo", "address",
    "note", "payer", "cancel", "decline", "checkout", "claim_paid", "handoff", "complaint",
    "opt_out",
))  # fmt: skip
AGREEING: frozenset[Label] = frozenset(("yes", "checkout", "pay_again"))
AGREES = frozenset(("confirm", "checkout", "pay_again"))
UNDOING: frozenset[Label] = frozenset(("cancel", "clear", "undo"))
# Intents that are of no piece: with a piece or a value said they are less likely.
BARE: frozenset[Label] = frozenset((
    "no", "greeting", "thanks", "repeat", "complaint", "person", "remark", "wait", "back",
))  # fmt: skip
SAID_BESIDE: frozenset[Label] = frozenset(("remark", "wait"))
ASKING: frozenset[Label] = frozenset((
    "price", "stock", "size_help", "hours", "location", "returns", "payment_methods",
))  # fmt: skip
EDITING: frozenset[Label] = frozenset((
    "add", "remove", "change", "more_of", "fewer", "swap", "split",
))  # fmt: skip
VALUES = ("colour", "size", "quantity", "age")


def settled(clause: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """What the clause asks for."""
    if not clause.tokens:
        return list(acts)
    kinds = kinds_of(act for act in acts if not _says_little(clause, act))
    intent = intent_of(clause, kinds_of(acts))
    if _is_fixed(acts) or stands(intent, kinds, clause) or _is_noise(clause):
        return list(acts)
    return acts_meant(clause, intent.label) or list(acts)


def _says_little(clause: Message, act: a.Act) -> bool:
    """ "Hizo", "zote": pointing alone; "nalipia hizo" pays for them."""
    if isinstance(act, a.Add | a.Set):
        said = clause.slots.finds or clause.slots.budget
        return act.values.says_nothing and not said
    return act == a.SetPayer()


def _is_fixed(acts: Sequence[a.Act]) -> bool:
    """Consent is never read from likeness, and a number that was given is not lost."""
    return any(
        isinstance(act, a.OptOut | a.OptIn) or (isinstance(act, a.SetPayer) and act.phone)
        for act in acts
    )


def _is_noise(clause: Message) -> bool:
    """ "asdkjh qwe": not one word of it is known."""
    return not any(known(token.text) or token.entry for token in clause.tokens)


def stands(intent: Intent, kinds: Sequence[str], clause: Message) -> bool:
    """Whether what the rules made of a clause stands, acts of these kinds."""
    return fitting_share(intent, kinds) >= KEPT or intent.share < _needed(intent, kinds, clause)


def _needed(intent: Intent, kinds: Sequence[str], clause: Message) -> float:
    """The share an intent needs against acts of these kinds."""
    told, label = not TELLING.isdisjoint(kinds), intent.label
    if label in AGREEING:
        return _needed_to_agree(label, told, kinds, clause)
    if AGREES.issuperset(kinds) and clause.slots.finds and clause.lines_said():
        return NEVER  # "I'll pay for the dress and the belt", which are what is ordered
    if _may_answer(clause, kinds, told) and (told or label in BARE):
        return NEVER
    valued = any(find.slot in VALUES for find in clause.slots.finds)
    if label == "back" and "address" in kinds and not _may_be_a_place(clause):
        return CERTAIN  # "go back, I want to change something first"
    if label in ASKING and told and not clause.asks:
        return NEVER  # what orders something without asking is no question
    taken_back = any(find.denied for find in clause.slots.finds)
    if label == "remark" and valued and "address" not in kinds and not taken_back:
        return NEARLY_CERTAIN if told else SUREST  # "my dress is grey"
    if label == "undo" and LOST.issuperset(kinds):
        return NEVER if clause.says_any(KEEP) else CERTAIN
    if label in BARE and (valued or (told and ("address" in kinds or clause.slots.finds))):
        return NEVER
    if "cancel" in kinds and (clause.tagged("~cancel") or label == "paid"):
        return NEVER
    if label in SAID_BESIDE and "decline" in kinds and _first_says_no(clause):
        return NEVER  # "bado kwanza, ngoja nifikirie", to the total shown
    if label == "undo" and told and _is_gone(clause):
        return CERTAIN
    if label in UNDOING:
        return NEVER if told or clause.says_any(KEEP) else SUREST
    if label == "no" and ((told and "cancel" not in kinds) or clause.slots.finds):
        return NEVER  # "ni hayo tu", "hapana, ile ingine", "sitaki gauni, nataka sketi"
    if label == "no" and "cancel" in kinds:
        return NEVER if clause.context.step == "payment_failed" else SUREST
    if label == "complaint" and "order_status" in kinds:
        return SUREST  # "mbona imechelewa"
    if label in ("greeting", "thanks") and clause.slots.finds:
        return NEVER
    if (label == "price" and clause.slots.budget) or (label == "change" and says_another(clause)):
        return NEVER
    if label == "search" and clause.has("topic.other") and not clause.slots.finds:
        return NEVER  # "what's the weather like"
    if label == "total" and clause.tagged("~add"):
        return NEVER  # "can I add something to my order"
    asked = clause.asks and not told and label in EDITING  # a question changes nothing
    placed = "address" in kinds and _may_be_a_place(clause)
    if AGREES.issuperset(kinds) or placed or asked:
        return SUREST
    lost = LOST.issuperset(kinds) and not clause.has("topic.other")
    if lost and not (label in BARE and clause.slots.finds):
        if label == "search" and not clause.slots.finds:
            return SURE if clause.has("want", "show", "have") else NEVER
        if label == "back":
            return SURE
        return SURE if len(clause.tokens) < 2 else LIKELY
    taken = (label == "add" and "search" in kinds) or label == "shop_other"
    return CERTAIN if told or taken or label in BARE else SURE


def _first_says_no(clause: Message) -> bool:
    """A no to the sum, and that it is thought over."""
    first = clause.tokens[0]
    shown = clause.context.step in SHOWN_A_TOTAL and thinks_it_over(clause)
    return shown and ("@no" in first.tags or first.text.split()[0] in ("bado", "not"))


def _is_gone(clause: Message) -> bool:
    """ "Go back to the red 6-7Y": no line is so; one was."""
    said = clause.slots.values("colour", "size")
    lines = clause.context.cart
    return len(said) == 2 and not any(
        (line.colour, line.size) == (said["colour"], said["size"]) for line in lines
    )


def _may_be_a_place(clause: Message) -> bool:
    """A word of places, a number, or one that is not known."""
    return any(
        "@place" in token.tags
        or token.text in PLACE_WORDS
        or token.text[0].isdigit()
        or not (known(token.text) or token.entry)
        for token in clause.tokens
    )


def _may_answer(clause: Message, kinds: Sequence[str], told: bool) -> bool:
    """A question is open, and the rules made something of the clause that may answer it."""
    asked = clause.context.question
    if told:
        return asked in ("which", "which_line")
    return asked is not None and not LOST.issuperset(kinds)


def _needed_to_agree(label: Label, told: bool, kinds: Sequence[str], clause: Message) -> float:
    """A sum is agreed to by a plain word; before it is shown "I'll pay" only goes on."""
    shown = clause.context.step in SHOWN_A_TOTAL | PAYING
    if label == "yes" and not kinds and not shown:
        return NEVER  # "yes add it"
    pointing = not kinds and not clause.has("deny")  # "poa rusha prompt ya zote"
    qualified = clause.has("affirm", "deny") and not pointing
    doubtful = qualified or clause.asks or len(clause.tokens) < 2
    if told or clause.slots.finds or (shown and doubtful):
        return NEVER
    if shown:
        return AGREED
    if clause.asks:
        return SUREST
    return LIKELY if LOST.issuperset(kinds) else SURE


def fitting_share(intent: Intent, kinds: Sequence[str]) -> float:
    """The probability of all intents that these acts fit."""
    return sum(share for label, share in intent.shares.items() if fits(label, kinds))
