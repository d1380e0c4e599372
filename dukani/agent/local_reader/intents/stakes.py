"""Sets the probability an intent needs to overrule the rules, by what is at stake.

Each guard covers one kind of clause and returns the probability needed there; the first guard
that answers counts. `NEVER` leaves the clause to the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.besides import says_another
from dukani.agent.local_reader.edits.emphasis import stays
from dukani.agent.local_reader.edits.leaving import LEAVE
from dukani.agent.local_reader.edits.next_one import next_one
from dukani.agent.local_reader.edits.other_of_them import other_of_them
from dukani.agent.local_reader.edits.reminding import reminds
from dukani.agent.local_reader.edits.words import KEEP, ONLY
from dukani.agent.local_reader.intents.labels import Label
from dukani.agent.local_reader.parsing.addresses import PLACE_WORDS
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.hesitating import keeps_order, thinks_it_over
from dukani.agent.local_reader.talk.payments import NOT_DONE
from dukani.domain.steps import PAYING, SHOWN_A_TOTAL

RAINING = word_set("shopping", "raining")
GOODS = word_set("shopping", "goods")
LIKELY = 0.35  # where the rules did not understand the clause
SURE = 0.6  # where the rules read a question or a wish
CERTAIN = 0.75  # where the rules read an edit, or the intent would undo one
AGREED = 0.8  # to agree to a total
SUREST = 0.9  # to cancel, or where the rules read a yes
NEARLY_CERTAIN = 0.95  # to take an order the rules read for a mere remark
NEVER = 1.01

# Kinds of the rules' acts.
LOST = frozenset(("unclear", "ask_shop other", "greeting", "remark"))
TELLING = frozenset((
    "add", "set", "change_quantity", "remove", "substitute", "split", "clear", "undo", "address",
    "note", "payer", "cancel", "decline", "checkout", "claim_paid", "handoff", "complaint",
    "opt_out",
))  # fmt: skip
AGREES = frozenset(("confirm", "checkout", "pay_again"))

# Labels of the model.
AGREEING: frozenset[Label] = frozenset(("yes", "checkout", "pay_again"))
ASKING: frozenset[Label] = frozenset((
    "price", "stock", "size_help", "hours", "location", "returns", "payment_methods",
))  # fmt: skip
DELIVERY: frozenset[Label] = frozenset(("delivery_fee", "delivery_time"))
EDITING: frozenset[Label] = frozenset((
    "add", "remove", "change", "more_of", "fewer", "swap", "split",
))  # fmt: skip
# Intents about no piece: less likely where a piece or a value is said.
BARE: frozenset[Label] = frozenset((
    "no", "greeting", "thanks", "repeat", "complaint", "person", "remark", "wait", "back",
))  # fmt: skip
TOLD_BY = frozenset((
    "told", "recommended", "referred", "heard", "aliniambia", "ameniambia", "walinambia",
    "waliniambia", "alinionyesha", "nilisikia", "nimesikia",
))  # fmt: skip
VALUES = ("colour", "size", "quantity", "age")


@dataclass(frozen=True)
class Case:
    """An intent and the kinds of the rules' acts of the same clause, to decide between."""

    label: Label
    kinds: Sequence[str]
    clause: Message

    @property
    def told(self) -> bool:
        """Whether the rules read an edit or another act with consequences."""
        return not TELLING.isdisjoint(self.kinds)

    @property
    def lost(self) -> bool:
        return LOST.issuperset(self.kinds)

    @property
    def valued(self) -> bool:
        return any(find.slot in VALUES for find in self.clause.slots.finds)


Guard = Callable[[Case], float | None]


def share_needed(label: Label, kinds: Sequence[str], clause: Message) -> float:
    """The probability an intent needs to overrule the rules."""
    case = Case(label, kinds, clause)
    answers = (guard(case) for guard in GUARDS)
    return next((share for share in answers if share is not None), _usual(case))


def _agreeing(case: Case) -> float | None:
    """Agreement to a total needs plain words; without one shown, "I'll pay" only goes on."""
    clause = case.clause
    if case.label not in AGREEING:
        return None
    shown = clause.context.step in SHOWN_A_TOTAL | PAYING
    if case.label == "yes" and not case.kinds and not shown:
        return NEVER  # "yes add it"
    if clause.has("browse"):
        return NEVER  # "ok just checking"
    pointing = not case.kinds and not clause.has("deny")  # "poa rusha prompt ya zote"
    qualified = clause.has("affirm", "deny") and not pointing
    doubtful = qualified or clause.asks or len(clause.tokens) < 2 or clause.has("complaint")
    doubtful |= case.label == "yes" and not all(known(t.text) or t.entry for t in clause.tokens)
    if case.told or clause.slots.finds or (shown and doubtful):
        return NEVER
    if shown:
        return AGREED
    if clause.asks:
        return SUREST
    return LIKELY if case.lost else SURE


def _paying_for_lines(case: Case) -> float | None:
    """Paying for named lines of the order is left to the rules: "I'll pay for the dress"."""
    pays = AGREES.issuperset(case.kinds) and case.clause.slots.finds
    return NEVER if pays and case.clause.lines_said() else None


def _answering(case: Case) -> float | None:
    """Acts that may answer an open question are left to the rules."""
    asked = case.clause.context.question
    if case.told:
        return NEVER if asked in ("which", "which_line") else None
    return NEVER if asked is not None and not case.lost and case.label in BARE else None


def _staying(case: Case) -> float | None:
    """Words that keep a line are no edit: "za kijani zibaki hivyo hivyo", "don't forget it"."""
    if stays(case.clause) or keeps_order(case.clause):
        return NEVER  # "hoodie ndio nachukua", "don't cancel it"
    kept = case.lost and case.clause.says_any(KEEP)
    return NEVER if (kept or reminds(case.clause)) and case.label in EDITING else None


def _putting_back(case: Case) -> float | None:
    """An undo the rules read is left to them: "rudi kwa kile kikapu, mkoba sitaki"."""
    return NEVER if "undo" in case.kinds and case.label in EDITING else None


def _one_more_told_apart(case: Case) -> float | None:
    """A further unit in other values is no change of the line: "ziwe mbili, ingine iwe black"."""
    return NEVER if case.label in EDITING and other_of_them(case.clause) else None


def _ordering(case: Case) -> float | None:
    """A piece ordered by its kind and values is no address: "nataka abaya ya jersey 56 …"."""
    named = case.clause.slots.wanted("category") or case.clause.slots.wanted("name")
    orders = case.label == "address" and "add" in case.kinds and bool(named) and case.valued
    return NEVER if orders else None


def _noting(case: Case) -> float | None:
    """When to bring it is no address: "deliver after 5pm, I am at work"."""
    noted = "note" in case.kinds and not case.clause.tagged("@place")
    told = noted and PLACE_WORDS.isdisjoint(token.text for token in case.clause.tokens)
    called = (
        case.label in ("person", "status") and "note" in case.kinds
    )  # "call me when you get here"
    return NEVER if (case.label == "address" and told) or called else None


def _going_back(case: Case) -> float | None:
    """A wish to go back overrules an address that names no place."""
    placed = "address" in case.kinds and _may_be_a_place(case.clause)
    return CERTAIN if case.label == "back" and "address" in case.kinds and not placed else None


def _asking(case: Case) -> float | None:
    """An edit the rules read from words that ask nothing is no question."""
    return NEVER if case.label in ASKING and case.told and not case.clause.asks else None


def _wanting(case: Case) -> float | None:
    """A piece wanted is no question about delivery: "nahitaji makubadhi, anasafiri kesho"."""
    named = case.clause.slots.wanted("category") or case.clause.slots.wanted("name")
    wants = case.told and bool(named) and case.clause.has("want") and not case.clause.asks
    return NEVER if wants and case.label in DELIVERY else None


def _remarking(case: Case) -> float | None:
    """A remark with values needs more: "my dress is grey", but not "he wants black, not grey"."""
    taken_back = any(find.denied for find in case.clause.slots.finds)
    if case.label != "remark" or not case.valued or "address" in case.kinds or taken_back:
        return None
    return NEARLY_CERTAIN if case.told else SUREST


def _undoing(case: Case) -> float | None:
    clause, label = case.clause, case.label
    if label == "undo" and case.lost:
        return NEVER if clause.says_any(KEEP) else CERTAIN
    if label == "undo" and case.told and _is_gone(clause):
        return CERTAIN
    if label in ("cancel", "clear", "undo"):
        return NEVER if case.told or clause.says_any(KEEP) else SUREST
    return None


def _of_no_piece(case: Case) -> float | None:
    finds = case.clause.slots.finds
    placed_or_told = case.told and ("address" in case.kinds or finds)
    if case.label in BARE and (case.valued or placed_or_told):
        return NEVER
    return NEVER if case.label in ("greeting", "thanks") and finds else None


def _cancelling(case: Case) -> float | None:
    cancels = "cancel" in case.kinds
    return NEVER if cancels and (case.clause.tagged("~cancel") or case.label == "paid") else None


def _clearing(case: Case) -> float | None:
    """Emptying the order in so many words is no remark: "sina pesa mwezi huu, futa kila kitu"."""
    clause = case.clause
    plain = clause.has("clear_cart") and clause.cues["clear_cart"].length > 1 and not clause.asks
    return NEVER if plain and "clear" in case.kinds and case.label in BARE else None


def _thinking_it_over(case: Case) -> float | None:
    """A no to a total with time to think is left to the rules: "bado kwanza, ngoja nifikirie"."""
    clause = case.clause
    if case.label not in ("remark", "wait") or "decline" not in case.kinds:
        return None
    puts_off = thinks_it_over(clause) or clause.tagged("~wait")  # "hold on, not yet"
    puts_off |= clause.at("deny") == 0  # "not now, my salary comes on friday"
    return NEVER if puts_off and clause.context.step in SHOWN_A_TOTAL else None


def _refusing(case: Case) -> float | None:
    """No refusal beside a wish: "hapana, ile ingine", "sitaki gauni, nataka sketi"."""
    if case.label != "no":
        return None
    if (case.told and "cancel" not in case.kinds) or case.clause.slots.finds:
        return NEVER
    if "cancel" not in case.kinds:
        return None
    leaves = case.clause.says_any(LEAVE) and case.clause.tagged("~!want")  # "wacha tu, sitaki"
    return NEVER if leaves or case.clause.context.step == "payment_failed" else SUREST


def _confusable(case: Case) -> float | None:
    """Pairs of intents the model confuses and certain words tell apart."""
    clause, label = case.clause, case.label
    if label == "complaint" and "order_status" in case.kinds:
        return SUREST  # "mbona imechelewa"
    if label == "complaint" and clause.says_any(RAINING) and not _came_wet(clause):
        return NEVER  # "it has rained nonstop this week"
    if label == "paid" and "pay_again" in case.kinds and clause.says_any(NOT_DONE):
        return NEVER  # "i havent got the mpesa message"
    if clause.has("why_failed") and case.label in BARE:
        return NEVER
    if label == "price" and clause.slots.budget:
        return NEVER
    if label == "change" and (says_another(clause) or other_of_them(clause) or next_one(clause)):
        return NEVER
    if label == "search" and clause.has("topic.other") and not clause.slots.finds:
        return NEVER  # "what's the weather like"
    if label == "total" and clause.tagged("~add"):
        return NEVER  # "can I add something to my order"
    return None


def _came_wet(clause: Message) -> bool:
    """Whether the rain came over what is ordered: "parcel got rained on, box is wet"."""
    goods = clause.says_any(GOODS) or clause.tagged("@order", "@garment") or clause.slots.finds
    return clause.context.has_order and bool(goods)


def _read_clearly(case: Case) -> float | None:
    """A yes or a place the rules read, and questions read as edits, need the surest intent."""
    asked = case.clause.asks and not case.told and case.label in EDITING
    placed = "address" in case.kinds and _may_be_a_place(case.clause)
    return SUREST if AGREES.issuperset(case.kinds) or placed or asked else None


def _not_understood(case: Case) -> float | None:
    """A clause the rules did not understand needs little."""
    clause, finds = case.clause, case.clause.slots.finds
    if not case.lost or clause.has("topic.other") or (case.label in BARE and finds):
        return None
    if case.label == "search" and not finds:
        return SURE if clause.has("want", "show", "have") else NEVER
    return SURE if case.label == "back" or len(clause.tokens) < 2 else LIKELY


def _usual(case: Case) -> float:
    taken = (case.label == "add" and "search" in case.kinds) or case.label == "shop_other"
    return CERTAIN if case.told or taken or case.label in BARE else SURE


def _told_of_the_shop(case: Case) -> float | None:
    """Who told of the shop is nobody to be called: "dada yangu aliniambia kuhusu duka lenu"."""
    return NEVER if case.label == "person" and case.clause.says_any(TOLD_BY) else None


def _letting_go(case: Case) -> float | None:
    """The ordered colour is kept and the other let go: "just the blue one then"."""
    clause = case.clause
    kept = clause.says_any(ONLY | KEEP) and bool(clause.slots.finds)
    lets_go = "decline" in case.kinds and kept
    return NEVER if lets_go and clause.lines_said() else None


def _within_budget(case: Case) -> float | None:
    """A piece is looked for within a budget: "my budget is 2500 for everything, any skirt"."""
    looks = "search" in case.kinds and bool(case.clause.slots.budget)
    kind = bool(case.clause.slots.wanted("category"))
    return NEARLY_CERTAIN if case.label in BARE and looks and kind else None


def _asking_for_a_piece(case: Case) -> float | None:
    """A piece asked for or ordered amid a story is no remark: "nina harusi …, mnazo gauni la …"."""
    named = case.clause.slots.wanted("category") or case.clause.slots.wanted("name")
    wished = case.clause.has("have", "want", "show") and bool(named)
    asked = wished and not {"search", "add"}.isdisjoint(case.kinds)
    return NEVER if case.label in ("remark", "wait") and asked else None


def _of_how_it_is_made(case: Case) -> float | None:
    """How a piece is made is asked in words of its own: "hiyo blauzi ni ya kitambaa gani?"."""
    return NEVER if "ask_shop quality" in case.kinds else None


GUARDS: tuple[Guard, ...] = (
    _of_how_it_is_made,
    _told_of_the_shop, _letting_go, _within_budget, _asking_for_a_piece,
    _agreeing, _paying_for_lines, _answering, _staying, _putting_back,
    _one_more_told_apart, _ordering, _noting, _going_back,
    _asking, _wanting, _remarking, _cancelling, _clearing, _thinking_it_over, _undoing,
    _of_no_piece, _refusing,
    _confusable, _read_clearly, _not_understood,
)  # fmt: skip


def _is_gone(clause: Message) -> bool:
    """Whether a colour and size are said that no line has: "go back to the red 6-7Y"."""
    said = clause.slots.values("colour", "size")
    lines = clause.context.cart
    return len(said) == 2 and not any(
        (line.colour, line.size) == (said["colour"], said["size"]) for line in lines
    )


def _may_be_a_place(clause: Message) -> bool:
    """Whether a word may name a place: a place word, or a number or unknown word of no piece."""
    of_pieces = {at for find in clause.slots.finds for at in range(find.start, find.end)}
    return any(
        "@place" in token.tags
        or token.text in PLACE_WORDS
        or (at not in of_pieces and _may_name_a_place(token))
        for at, token in enumerate(clause.tokens)
    )


def _may_name_a_place(token: Token) -> bool:
    return token.text[0].isdigit() or not (known(token.text) or token.entry)
