"""Reads splits of a line: "let one be white and one pink", "moja iwe nyeusi"."""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.lexicon.tokens import Token, words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.besides import goes_on
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.last_line_anew import last_line_told_anew
from dukani.agent.local_reader.edits.pieces import definite_colour, target, values
from dukani.agent.local_reader.edits.put_on_line import GENITIVES, counts_line
from dukani.agent.local_reader.edits.set_from import is_set_from, two_values
from dukani.agent.local_reader.edits.some_of_value import some_of_value
from dukani.agent.local_reader.edits.swap_parts import SWAP
from dukani.agent.local_reader.edits.words import (
    ANOTHER,
    GOING_ON,
    INSTEAD,
    KEEP,
    ONLY,
    OTHER,
    SET_TO,
    SET_TO_BEFORE,
)
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.domain import acts as a
from dukani.domain.steps import CHOOSING

MEANT = frozenset(("namaanisha", "nilimaanisha", "meant"))
THE_ONE = word_set("edits", "the_one")
REST = word_set("sparing", "rest") | frozenset(("rest",))

VERBS = word_set("splitting", "verbs")
IN = word_set("splitting", "in")
FOR = word_set("splitting", "for")  # "swap one of the greens for an orange"
OF_ONE = word_set("splitting", "of_one")  # "yake iwe navy": in the singular, so of one unit
PERSON = word_set("splitting", "person")
TWIN = frozenset(("twin", "pacha", "doto", "kulwa"))
LETTERS = frozenset(("a", "b", "1", "2"))  # "twin A … twin B …"
LINKS = SET_TO | word_set("splitting", "links")


def splitting(clause: Message) -> list[a.Act]:
    """A Split; nothing where a piece is wanted or changed as a whole."""
    if clause.asks or clause.has("show", "have") or clause.tagged("~remove", "~add"):
        return []
    if clause.says_any(MEANT) or _takes_the_offered(clause):
        return []  # "namaanisha moja ya white" counts anew
    if some := _some_revalued(clause) or some_of_value(clause):
        return some
    parts = [group for group in groups(clause) if group.slots & {"colour", "size"}]
    parts = _one_each(clause, [_counted(clause, group) for group in parts])
    parts = _without_present(clause, parts)
    if not parts or any(group.first("quantity") is None for group in parts):
        return []
    if len(parts) == 1 and (_recounts(clause, parts[0]) or _counts_lines(clause, parts[0])):
        return []
    colours = {find.value for part in parts if (find := part.first("colour"))}
    lined = 1 < len(colours) == len(parts) and all(_is_a_line(clause, part) for part in parts)
    if lined and not last_line_told_anew(clause, parts):
        return []  # "black heels come down to one, nude stays"
    if len(parts) == 1 and _sets_count_too(clause, parts[0]):
        return []
    if len(parts) > 1 and not clause.says_any(VERBS) and _goes_on_first(clause):
        return []  # "na pinki moja na cream moja" are two more
    held = _held(clause)
    if not _told_apart(clause, parts, held):
        return []
    headed = next((group for group in parts if group.heads), parts[0])
    told = target(clause, headed, ("name", "category"), line=True)
    told = told.model_copy(update={"scope": "one", "pointed": None})
    told_apart: tuple[str, ...] = ("colour", "size", "quantity")
    if colour := _colour_of_line(clause, parts):
        told, told_apart = told.model_copy(update={"colour": colour}), ("size", "quantity")
    return [a.Split(target=told, parts=tuple(values(group, told_apart) for group in parts))]


def _goes_on_first(clause: Message) -> bool:
    """Whether the whole message begins with "and", beside the order as it is."""
    opening = words_of(clause.raw)[:1]
    return bool(opening) and opening[0] in GOING_ON and goes_on(clause)


def _takes_the_offered(clause: Message) -> bool:
    """Whether what was just looked at is put in: "basi hilo moja la njano liweke"."""
    pointed = clause.tagged("@this") and clause.tagged("~put") and not clause.says_any(OTHER)
    colours = [str(find.value) for find in clause.slots.wanted("colour")]
    offered = clause.context.question == "take_it" and len(colours) == 1
    held = any(line.colour in colours for line in clause.context.cart)
    return pointed and offered and not held and not clause.says_any(SET_TO)


def _is_a_line(clause: Message, part: Group) -> bool:
    """Whether the colour said is that of a line, and so names it."""
    colour = part.first("colour")
    kinds = [find for find in clause.slots.finds if find.slot in ("name", "category")]
    lines = clause.only(kinds).lines_said()
    return colour is not None and any(line.colour == colour.value for line in lines)


def _sets_count_too(clause: Message, part: Group) -> bool:
    """Whether the count is set, and a value besides: "ziwe mbili na size L"."""
    count = part.first("quantity")
    told = [find for find in part.finds if find.slot in ("colour", "size")]
    if count is None or not _is_set_to(clause, count) or count.end > told[0].start:
        return False
    return clause.tokens[count.end].text in ("na", "and", "pia")


def _counts_lines(clause: Message, part: Group) -> bool:
    """Whether a line named by its value is counted anew: "make the large three"."""
    count = part.first("quantity")
    said = [part.first(slot) for slot in ("colour", "size")]
    return count is not None and any(find and counts_line(clause, find, count) for find in said)


def _some_revalued(clause: Message) -> list[a.Act]:
    """The split of a line named by its value: "one of the red ones should be yellow"."""
    finds = [find for find in clause.slots.finds if not find.denied]
    counts = [find for find in finds if find.slot == "quantity"]
    said = two_values([find for find in finds if find not in counts])
    if said is None or len({find.value for find in counts}) != 1:
        return []  # "one green for one yellow" counts the same units twice
    old, new = said
    count = int(str(counts[0].value))
    if counts[0].start >= new.start or _is_set_to(clause, counts[0]):
        return []
    if clause.says_any(OTHER) and not _keeps_the_rest(clause):
        return []  # "one green and make the other yellow"
    heads = [find for find in finds if find.slot in ("name", "category")]
    fitting = clause.only(heads).lines_said() if heads else clause.context.cart
    lines = [line for line in fitting if getattr(line, old.slot) == old.value]
    if not _becomes(clause, old, new) or any(line.quantity < count for line in lines):
        return []
    if not lines and not _is_one_of(clause, counts[0], old):
        return []
    told = target(clause, Group((*heads, old), 0, old.end), line=True)
    told = told.model_copy(update={"scope": "one", "pointed": None})
    to_be: dict[str, object] = {new.slot: new.value}
    if all(line.quantity == count for line in lines):
        return [a.Set(target=told, values=a.Values(**to_be), change=True)]
    return [a.Split(target=told, parts=(a.Values(**to_be, quantity=count),))]


def _is_one_of(clause: Message, count: Find, old: Find) -> bool:
    """Whether the count is of what has the value: "moja ya 40 ifanye 44"."""
    between = clause.tokens[count.end : old.start]
    return bool(clause.context.cart) and bool(between) and between[0].text in GENITIVES


def _becomes(clause: Message, old: Find, new: Find) -> bool:
    """Whether the first value is to become the second: "… iwe …", "swap … for …"."""
    between = clause.tokens[old.end : new.start]
    changed = clause.tagged(*SWAP) and any(t.text in SET_TO_BEFORE | FOR for t in between)
    return changed or is_set_from(clause, old, new)


def _is_set_to(clause: Message, count: Find) -> bool:
    """Whether the count itself is set: "red iwe moja, …"."""
    return count.start > 0 and clause.tokens[count.start - 1].text in SET_TO - {"make", "fanya"}


def _without_present(clause: Message, parts: list[Group]) -> list[Group]:
    """The one counted part, where the others only name what the line is: "not pink, hers white"."""
    counted = [part for part in parts if part.first("quantity")]
    rest = [part for part in parts if part not in counted]
    present = all(
        any(getattr(line, find.slot) == find.value for line in clause.context.cart)
        for part in rest
        for find in part.finds
        if find.slot in ("colour", "size")
    )
    alone = len(counted) == 1 or all(_is_of_the_rest(clause, part) for part in rest)
    return counted if counted and rest and present and alone else parts


def _is_of_the_rest(clause: Message, part: Group) -> bool:
    """Whether the part tells of the units not counted: "one in M, two in XL, the rest L"."""
    before = clause.tokens[max(0, part.start - 2) : part.finds[0].start]
    return any(token.text in REST for token in before)


def _colour_of_line(clause: Message, parts: list[Group]) -> str | None:
    """The colour that names the line whose units get other sizes: "za bluu moja iwe M"."""
    colours = {str(find.value) for part in parts for find in part.finds if find.slot == "colour"}
    sized = all({"colour", "size"} <= part.slots for part in parts)
    several = any(line.colour in colours and line.quantity > 1 for line in clause.context.cart)
    if len(colours) != 1 or not sized or not several:
        return None
    colour = next(find for part in parts for find in part.finds if find.slot == "colour")
    before = clause.tokens[colour.start - 1 : colour.start] if colour.start else ()
    pointed = any(_points(token) or token.text in IN for token in before)
    return colours.pop() if pointed or definite_colour(clause, parts[0]) else None


def _recounts(clause: Message, part: Group) -> bool:
    """Whether the colour names a line whose quantity is set, not a part.

    "za black ziwe mbili", "make the purple one 3".
    """
    count = part.first("quantity")
    told = [find for find in part.finds if find.slot in ("colour", "size")]
    if count is None or any(find.start > count.start for find in told):
        return False
    between = clause.tokens[max(find.end for find in told) : count.start]
    if any(token.text in SET_TO for token in between):
        return True
    first = min(find.start for find in told)
    pointed = first > 0 and _points(clause.tokens[first - 1])
    return pointed and any(token.text in ("one", "ones") for token in between)


def _points(token: Token) -> bool:
    return token.text == "the" or "@this" in token.tags


def _counted(clause: Message, group: Group) -> Group:
    """The group, counted as one where "other" is said: "the other pink", "ingine 6-7Y"."""
    own = [find.start for find in group.finds if group.start <= find.start < group.end]
    first = min(own, default=min(find.start for find in group.finds))
    at = first
    while at and clause.tokens[at - 1].text in LINKS | KEEP:
        at -= 1  # "kingine kiwe cha machungwa", "nyingine ibaki L"
    before = clause.tokens[max(0, min(at - 1, first - 2)) : first]
    counted = before[-1:] and before[-1].text in THE_ONE  # "so one 54 and the other 56"
    counted = counted or _one_of_them(clause, at) or _one_persons(clause, group, at)
    if group.first("quantity") or not (counted or any(t.text in OTHER for t in before)):
        return group
    one = Find("quantity", 1, group.start, group.start)
    return replace(group, finds=(*group.finds, one))


def _one_of_them(clause: Message, at: int) -> bool:
    """Whether "that one" before this place is one unit of the only line: "hiyo moja iwe navy"."""
    if len(clause.context.cart) != 1:
        return False
    said = [token.text for token in clause.tokens[max(0, at - 2) : at]]
    pointed = len(said) == 2 and "@this" in clause.tokens[at - 2].tags and said[1] in THE_ONE
    return pointed or said[-1:] in (["that one"], ["this one"])


def _one_persons(clause: Message, group: Group, at: int) -> bool:
    """Whether the words before this place name the unit of one person: "yake iwe navy".

    "Yeye anavaa 38" tells of one unit as well. A line that is for somebody is theirs as a whole.
    """
    if clause.slots.wanted("age") or any(line.worn_by for line in clause.context.cart):
        return False
    while at and ("~try_on" in clause.tokens[at - 1].tags or clause.tokens[at - 1].text in LETTERS):
        at -= 1
    before = clause.tokens[at - 1] if at else None
    if before is None or before.pause:
        return False
    return before.text in OF_ONE | TWIN or (before.text in PERSON and "size" in group.slots)


def _one_each(clause: Message, parts: list[Group]) -> list[Group]:
    """The groups, counted as one each where they make up a total: "fanya mbili, pink na nyeupe"."""
    counted = any(group.first("quantity") for group in parts)
    if counted or not _states_total(clause, parts, len(parts)):
        return parts
    return [
        replace(group, finds=(*group.finds, Find("quantity", 1, group.start, group.start)))
        for group in parts
    ]


def _held(clause: Message) -> int | None:
    """The quantity of the line to split; None: the piece is not in the cart yet."""
    context = clause.context
    if not context.cart or (context.step in CHOOSING and not context.last_line):
        return None
    heads = [find for find in clause.slots.finds if find.slot in ("name", "category")]
    lines = clause.only(heads).lines_said() if heads else list(context.cart)
    last = [line for line in lines if line.number == context.last_line]
    several = [line for line in lines if line.quantity > 1]
    line = next(iter(last or several or lines), None)
    return line.quantity if line else None


def _told_apart(clause: Message, parts: list[Group], held: int | None) -> bool:
    counts = [int(group.first("quantity").value) for group in parts]  # type: ignore[union-attr]
    verb = clause.says_any(VERBS)
    if held is None:
        return verb and len(parts) > 1 and clause.context.focus is not None
    if (held < 2 or sum(counts) > held) and not _states_total(clause, parts, sum(counts)):
        return False
    if len(parts) == 1 and _so_many_become(clause, parts[0]):
        return sum(counts) < held  # "moja iwe brown tena"
    rest = _keeps_the_rest(clause)
    another = clause.says_any(ANOTHER) and not rest
    if clause.says_any(ANOTHER - OTHER) or (len(parts) == 1 and another):
        return False
    if sum(counts) >= held and len(parts) > 1:
        return True
    of_them = len(parts) == 1 and _of_them(clause, parts[0])
    return sum(counts) < held and (verb or rest or of_them)


def _so_many_become(clause: Message, part: Group) -> bool:
    """Whether a count, a verb and a value follow one another: "moja ifanye white", "let one be L".

    So many of the line's units become so, whatever is said besides; "only one" would be all.
    """
    count = part.first("quantity")
    told = [find for find in part.finds if find.slot in ("colour", "size")]
    if count is None or not told or count.end > told[0].start or clause.says_any(ONLY):
        return False
    between = [token.text for token in clause.tokens[count.end : told[0].start]]
    return not SET_TO.isdisjoint(between) and SET_TO_BEFORE.isdisjoint(between)


def _keeps_the_rest(clause: Message) -> bool:
    """Whether the other units stay: "nyingine zibaki", "keep the rest", "the other two stay"."""
    for at, token in enumerate(clause.tokens):
        if token.text not in OTHER | REST:
            continue
        ahead = clause.tokens[max(0, at - 2) : at]
        kept = bool(ahead) and (ahead[-1].text in KEEP or [t.text for t in ahead[1:]] == ["the"])
        kept = kept and any(one.text in KEEP for one in ahead)
        behind = clause.tokens[at + 1 : at + 3]
        present = token.text not in OTHER and any(_has_now(clause, at + 1 + i) for i in (0, 1))
        if kept or present or any(one.text in KEEP for one in behind):
            return True
    return False


def _has_now(clause: Message, at: int) -> bool:
    """Whether a line has the value said at this place already."""
    return any(
        find.start == at and getattr(line, find.slot) == find.value
        for find in clause.slots.finds
        if find.slot in ("colour", "size")
        for line in clause.context.cart
    )


def _of_them(clause: Message, part: Group) -> bool:
    """Whether a part of the line is meant, and no further piece: "one in red"."""
    count = part.first("quantity")
    after = clause.tokens[count.end].text if count and count.end < len(clause.tokens) else ""
    wished = clause.has("want", "add_to_cart") or goes_on(clause)  # "na moja ya bluu"
    ahead = clause.tokens[count.start - 1].text if count and count.start else ""
    persons = ahead in ("kwa", "for") and not clause.tagged("~pay")  # "size 6-7 kwa mmoja tu"
    return (after in IN or persons) and not wished


def _states_total(clause: Message, parts: list[Group], total: int) -> bool:
    """Whether the line is to have as many units as its parts: "make it 2, one 36 and one 38"."""
    if len(parts) < 2:
        return False
    told = [find for part in parts for find in part.finds if find.slot in ("colour", "size")]
    first = min(find.start for find in told)
    counted = clause.slots.wanted("quantity")
    stated = any(int(str(find.value)) == total and find.start <= first for find in counted)
    if not stated or clause.says_any(SET_TO | INSTEAD):
        return stated
    return total > 1 and _makes_up_line(clause, parts, total)


def _makes_up_line(clause: Message, parts: list[Group], total: int) -> bool:
    """Whether the parts are the units of the one piece ordered: "kikapu mbili, cream na brown".

    They are as many as the line has, or some are as it is now; nothing else is looked at.
    """
    if clause.says_any(ANOTHER - OTHER) or goes_on(clause) or something_shown(clause):
        return False
    heads = [find for part in parts for find in part.finds if find.slot in ("name", "category")]
    lines = clause.only(heads).lines_said() if heads else list(clause.context.cart)
    if len(lines) != 1 or clause.context.focus is not None:
        return False
    told = [find for part in parts for find in part.finds if find.slot in ("colour", "size")]
    present = any(getattr(lines[0], find.slot) == find.value for find in told)
    return present or lines[0].quantity == total
