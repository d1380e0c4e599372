"""Reads changes of a quantity: "one more", "punguza mbili", "double it"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.pieces import target, whole
from dukani.agent.local_reader.edits.words import EACH, FEWER, MORE, SET_TO, SET_TO_BEFORE
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import sizes_worn_at
from dukani.domain.steps import CHOOSING

TIMES = {
    "double": 2, "triple": 3, "twice": 2, "maradufu": 2, "doublia": 2, "nidoublie": 2,
    "nidublie": 2, "idouble": 2, "zidouble": 2, "doubleni": 2, "ntriplie": 3, "nitriplie": 3,
}  # fmt: skip
SO_MANY_MORE = frozenset(("more", "zaidi", "tena", "extra"))
PIECE = ("name", "category", "colour", "size")


def counting(clause: Message) -> list[a.Act]:
    """ChangeQuantity acts; nothing where the clause sets an absolute quantity."""
    context = clause.context
    if not context.cart or clause.has("show", "have"):
        return []
    if context.step in CHOOSING and not _more_of_a_line(clause):
        return []
    times = _times(clause)
    doubled = times is not None and _ends_in_times(clause)
    if (_sets(clause) and not doubled) or _takes_the_offer(clause):
        return []
    if times is not None:
        return [a.ChangeQuantity(target=_line(clause, whole(clause)), times=times)]
    sign = _direction(clause)
    if not sign or not _about_the_cart(clause):
        return []
    if sign > 0 and clause.slots.wanted("age") and _is_of_no_line(clause):
        return []  # "and one more white for my other son, he's 7"
    if _of_each_line(clause):
        return [a.ChangeQuantity(target=a.Target(scope="all"), by=sign * _count(whole(clause)))]
    found = groups(clause) or [whole(clause)]
    if len(found) > 1 and not all(_of_a_line(clause, group) for group in found):
        return []  # "green moja na uongeze moja ya black", with no black line in the cart
    return [
        a.ChangeQuantity(target=_line(clause, group), by=sign * _count(group)) for group in found
    ]


def _ends_in_times(clause: Message) -> bool:
    """Whether a verb sets so many times: "make the hoodie double", "fanya sweater mara mbili"."""
    *_, before, last = ("", *(token.text for token in clause.tokens))
    return last in TIMES or before == "mara"


def _more_of_a_line(clause: Message) -> bool:
    """Whether so many more of a piece that one line is of are wanted: "2 more of the scarves"."""
    finds = [find for find in clause.slots.finds if not find.denied]
    more = [f for f in finds if f.slot == "quantity" and _text(clause, f.end) in SO_MANY_MORE]
    heads = [find for find in finds if find.slot in ("name", "category")]
    named = len(more) == 1 and bool(heads) and len(heads) + 1 == len(finds)
    return named and len(clause.lines_said()) == 1


def _text(clause: Message, at: int) -> str:
    return clause.tokens[at].text if at < len(clause.tokens) else ""


def _takes_the_offer(clause: Message) -> bool:
    """Whether a piece that is offered and in no line is to be added: "ok ongeza"."""
    context = clause.context
    if context.focus is None or context.question != "take_it" or clause.slots.finds:
        return False
    offered = context.focus.product_id
    return clause.tagged("~add") and all(line.product_id != offered for line in context.cart)


def _sets(clause: Message) -> bool:
    """Whether an absolute quantity is set: "ongeza ziwe tatu", "reduce the dress to one"."""
    if clause.says_any(SET_TO):
        return True
    reached = [find for find in clause.slots.wanted("quantity") if find.start]
    return any(clause.tokens[find.start - 1].text in SET_TO_BEFORE for find in reached)


def _times(clause: Message) -> int | None:
    if clause.has("payment_done", "complaint") or clause.tagged("@pin", "~fail"):
        return None  # "the money was deducted twice"
    told = any(clause.slots.wanted(slot) for slot in PIECE) or clause.says_any(SET_TO)
    if clause.has("payment_retry") and not told:
        return None  # "nimejaribu mara tatu"; but "ya M mara mbili, kisha tuma tena"
    for at, token in enumerate(clause.tokens):
        if token.text in TIMES:
            return TIMES[token.text]
        following = clause.tokens[at + 1 : at + 2]
        if token.text == "mara" and following and following[0].kind == "number":
            times = int(following[0].value)  # "mara mbili"
            return times if times > 1 else None  # "kulipa mara moja"
    return None


def _direction(clause: Message) -> int:
    """1 for more, -1 for fewer, 0 for neither."""
    counted = clause.slots.wanted("quantity")
    less = [at for at, token in enumerate(clause.tokens) if token.text in FEWER]
    if clause.tagged("~reduce") or (counted and less and not clause.slots.budget):
        return -1
    if _adds(clause) or (clause.has("change_quantity") and _says_more(clause)):
        return 1
    return 0


def _says_more(clause: Message) -> bool:
    """Whether more is wanted; the "tena" of "vans moja tu, jaribu tena" tries again."""
    retried = clause.cues.get("payment_retry")
    tried = range(retried.start, retried.end) if retried else ()
    return any(
        t.text in MORE and at not in tried and not _is_no_longer(clause, at)
        for at, t in enumerate(clause.tokens)
    )


def _is_no_longer(clause: Message, at: int) -> bool:
    """Whether "tena" goes with what is refused: "rafiki hataki tena" wants no more of it."""
    before = clause.tokens[at - 1].tags if at else frozenset[str]()
    return clause.tokens[at].text == "tena" and any(tag.startswith("~!") for tag in before)


def _adds(clause: Message) -> bool:
    """Whether a verb asks for more; what she has done herself does not: "nimeongeza salio"."""
    return any("~add" in token.tags and "~add+" not in token.tags for token in clause.tokens)


def _about_the_cart(clause: Message) -> bool:
    """Whether the clause is about lines of the cart, and names no piece or colour beyond it."""
    slots = clause.slots
    heads = slots.wanted("category") or slots.wanted("name") or slots.wanted("option")
    told = heads or slots.wanted("colour") or slots.wanted("size")
    if slots.wanted("size") and not _size_in_cart(clause):
        return False
    if told and not slots.wanted("option") and not clause.lines_said():
        return False
    if clause.tagged("@garment", "@cart") and not slots.wanted("quantity"):
        return False
    counted = slots.wanted("quantity") or clause.says_any(MORE)
    return bool(counted) and (
        not heads or bool(clause.lines_said()) or bool(slots.wanted("option"))
    )


def _of_each_line(clause: Message) -> bool:
    """Whether so many of each line are meant: "one more of each", "ongeza moja kila moja"."""
    bare = all(find.slot == "quantity" for find in clause.slots.finds)
    return bare and clause.says_any(EACH) and len(clause.context.cart) > 1


def _is_of_no_line(clause: Message) -> bool:
    """Whether no line of the cart is in a size for the age said."""
    age = int(str(clause.slots.first("age")))
    return not sizes_worn_at(age, clause.context.cart)


def _of_a_line(clause: Message, group: Group) -> bool:
    own = clause.only(group.finds)
    return bool(own.lines_said()) or not group.slots & {"colour", "name", "category"}


def _size_in_cart(clause: Message) -> bool:
    sizes = {find.value for find in clause.slots.wanted("size")}
    return any(line.size in sizes for line in clause.lines_said())


def _line(clause: Message, group: Group) -> a.Target:
    return target(clause, group, PIECE, line=True)


def _count(group: Group) -> int:
    count = group.first("quantity")
    return int(count.value) if count else 1
