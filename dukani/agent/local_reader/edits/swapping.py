"""Reads substitutions: "swap the hoodie for the jacket", "sketi badala ya gauni"."""

from __future__ import annotations

import itertools
from dataclasses import replace

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.as_before import as_the_line_that_goes
from dukani.agent.local_reader.edits.groups import HEADS, Group
from dukani.agent.local_reader.edits.leaving import LEAVE
from dukani.agent.local_reader.edits.pieces import (
    definite_colour,
    name_said,
    pointed_at,
    target,
    values,
    whole,
)
from dukani.agent.local_reader.edits.set_from import (
    counts_each,
    is_otherwise,
    set_in_place,
    value_in_place,
)
from dukani.agent.local_reader.edits.swapping_all import all_swapped, swaps_all
from dukani.agent.local_reader.edits.words import ALL, BOTH, INSTEAD, JOINERS
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

CONNECTORS = word_set("swapping", "connectors")
FOR_ANOTHER = frozenset(("for", "to", "into", "with", "by", "kwa", "iwe"))
SWAP = ("~change", "~return")
BECOMES = ("iwe", "ziwe", "liwe", "kiwe", "viwe", "yawe")
PLACES = {("badala", "ya"), ("badala", "za"), ("instead", "of"), ("place", "of")}
IN_ITS_PLACE = {("its", "place"), ("their", "place"), ("mahali", "pake"), ("nafasi", "yake")}
INSTEAD_OF_IT = {("badala", "yake"), ("badala", "zake"), ("badala", "yao")}
DEAR = frozenset(("ghali", "expensive", "pricey", "much", "dear", "juu", "costly"))
GENITIVE = frozenset(("ya", "za", "la", "cha", "vya", "wa"))
GONE = ("name", "category", "colour", "size")


def swapping(clause: Message) -> list[a.Act]:
    """A Substitute; nothing where no piece replaces another."""
    return [as_the_line_that_goes(clause, act) for act in _swapped(clause)]


def _swapped(clause: Message) -> list[a.Act]:
    if clause.asks or clause.has("show", "have"):
        return []
    if revalued := _revalued(clause) or value_in_place(clause):
        return revalued
    if some := _all_exchanged(clause) or _some_exchanged(clause):
        return some
    if in_hand := _that_one_instead(clause) or _other_instead(clause):
        return in_hand
    parts = _exchanged(clause) or _denied(clause) or _in_place_of(clause) or _instead(clause)
    if parts is None:
        return set_in_place(clause)
    gone, wanted = parts
    if gone is not None and _is_of_all(clause, gone):
        return _all_for_one(clause, gone, wanted)
    piece_slots = ("name", "category", "colour") if definite_colour(clause, wanted) else HEADS
    taken = clause.only(wanted.finds)
    return [
        a.Substitute(
            target=_gone(clause, gone),
            piece=_of_same_kind(clause, gone, _single(target(taken, wanted, piece_slots))),
            values=values(wanted),
        )
    ]


def _is_of_all(clause: Message, gone: Group) -> bool:
    """Whether several lines are replaced: "badala ya masweta yote mawili"."""
    near = clause.tokens[gone.start : max(f.end for f in gone.finds) + 1] if gone.finds else ()
    told = any(token.text in ALL | BOTH for token in near)
    return told and len(clause.only(gone.finds).lines_said()) > 1


def _all_for_one(clause: Message, gone: Group, wanted: Group) -> list[a.Act]:
    """A Remove of each line of that kind, and an Add of the new piece."""
    lines = clause.only(gone.finds).lines_said()
    piece = _single(target(clause.only(wanted.finds), wanted, HEADS))
    removed = [a.Remove(target=a.Target(line=line.number)) for line in lines]
    return [*removed, a.Add(target=piece, values=values(wanted))]


def _of_same_kind(clause: Message, gone: Group | None, piece: a.Target) -> a.Target:
    """The new piece with the old line's category, where its name fits pieces of several."""
    if gone is None or piece.name is None or piece.category is not None:
        return piece
    lines = clause.only(gone.finds).lines_said()
    called = set(piece.name.split()) - GENITIVE
    pieces = clause.context.sold.pieces
    kinds = {sold.category for sold in pieces if called <= set(words_of(sold.name))}
    same = {line.category for line in lines} & kinds
    if len(kinds) < 2 or len(same) != 1:
        return piece
    return piece.model_copy(update={"category": same.pop()})


def _single(told: a.Target) -> a.Target:
    return told.model_copy(update={"scope": "one", "pointed": None})


def _gone(clause: Message, gone: Group | None) -> a.Target:
    if gone is None:
        return a.Target(pointed="it")
    return _single(target(clause.only(gone.finds), gone, GONE, line=bool(clause.context.cart)))


def _part(clause: Message, start: int, end: int, *, denied: bool = False) -> Group:
    finds = tuple(
        replace(find, denied=False)
        for find in clause.slots.finds
        if start <= find.start < end and find.denied == denied
    )
    return Group(finds, start, end)


def _exchanged(clause: Message) -> tuple[Group | None, Group] | None:
    """The old and the new piece: "swap the hoodie for the jacket", "badilisha gauni iwe sketi"."""
    verb = _swap_verb(clause)
    connectors = CONNECTORS if verb is not None else BECOMES
    start = verb or 0
    for at in range(start + 1, len(clause.tokens)):
        if clause.tokens[at].text not in connectors:
            continue
        end = _end_of(clause, at) if verb is not None else _end_of_words(clause, at)
        gone, wanted = _part(clause, start, at), _part(clause, at, end)
        if verb is not None and not gone.finds and wanted.heads:
            gone = _line_before(clause, verb) or gone
            if gone.finds and not gone.heads and not _is_line(clause, wanted):
                return gone, wanted
        told = bool(gone.heads and wanted.heads)
        if told and (_differ(gone, wanted) or _of_other_kinds(clause, gone, wanted)):
            return gone, wanted
        if wanted.heads and not gone.finds and not _is_line(clause, wanted):
            return None, wanted
    return None


def _line_before(clause: Message, verb: int) -> Group | None:
    """The line named before the verb: "hiyo abaya ibadilishe uweke Iliki"."""
    before = _part(clause, 0, verb)
    if not before.heads:
        return before if _tells_one_line(clause, before) else None
    named = bool(before.heads) and len(clause.only(before.finds).lines_said()) == 1
    return before if named and not before.slots & {"quantity", "option"} else None


def _tells_one_line(clause: Message, part: Group) -> bool:
    """Whether colour and size name one line: "hiyo white 58 badilisha iwe …"."""
    said = {find.slot: find.value for find in part.finds}
    if len(said) < 2 or not set(said) <= {"colour", "size"}:
        return False
    lines = clause.context.cart
    fitting = [x for x in lines if all(getattr(x, slot) == value for slot, value in said.items())]
    return len(fitting) == 1


def _all_exchanged(clause: Message) -> list[a.Act]:
    """The swap of all lines for a piece named: "swap both for the tote"."""
    verb = _swap_verb(clause)
    for at in range(verb + 1 if verb is not None else len(clause.tokens), len(clause.tokens)):
        if clause.tokens[at].text not in CONNECTORS or not swaps_all(clause, verb or 0, at):
            continue
        wanted = _part(clause, at, len(clause.tokens))
        called = (name_said(clause.only(wanted.finds), wanted) or "").split()
        ordered = any(_mostly_called(line.name.lower(), called) for line in clause.context.cart)
        if wanted.heads and not (_is_line(clause, wanted) and ordered):
            return all_swapped(clause, wanted)
    return []


def _some_exchanged(clause: Message) -> list[a.Act]:
    """The swap of a line or some units named by colour or size: "swap one lilac for a tote"."""
    verb = _swap_verb(clause)
    if verb is None or not clause.context.cart:
        return []
    for at in range(verb + 1, len(clause.tokens)):
        if clause.tokens[at].text not in CONNECTORS and not _puts_in(clause, at):
            continue
        gone, wanted = _part(clause, verb, at), _part(clause, at, len(clause.tokens))
        count = gone.first("quantity")
        pointed = (
            count is not None or definite_colour(clause, gone) or _is_of_it(clause, verb, gone)
        )
        if not pointed or not gone.slots & {"colour", "size"} or not wanted.heads or gone.heads:
            continue
        if _is_line(clause, wanted) or not clause.only(gone.finds).lines_said():
            continue
        piece = _single(target(clause.only(wanted.finds), wanted, HEADS))
        which = _gone(clause, gone)
        if count is None:
            return [a.Substitute(target=which, piece=piece, values=values(wanted))]
        return [
            a.Remove(target=which, quantity=int(str(count.value))),
            a.Add(target=piece, values=values(wanted)),
        ]
    return []


def _is_of_it(clause: Message, verb: int, gone: Group) -> bool:
    """Whether the value alone stands behind the verb: "badilisha ya beige", "rudisha ya 40"."""
    said = gone.finds[0].start if gone.finds else 0
    return said == verb + 2 and clause.tokens[verb + 1].text in GENITIVE


def _puts_in(clause: Message, at: int) -> bool:
    """Whether what comes in the place follows here: "badilisha ya grey (na) unipe vans"."""
    return not clause.tokens[at].tags.isdisjoint(("~put", "~give"))


def _end_of(clause: Message, at: int) -> int:
    """The end of the words behind "for": the next joint."""
    for here in range(at + 1, len(clause.tokens)):
        token = clause.tokens[here]
        trails = token.text == "then" and bool(token.pause)  # "… for the dress then, red M"
        if token.text in JOINERS and here > at + 1 and not trails:
            return here
    return len(clause.tokens)


def _end_of_words(clause: Message, at: int) -> int:
    """The end of the words behind "iwe": the next comma or joint."""
    pauses = (here + 1 for here in range(at, len(clause.tokens)) if clause.tokens[here].pause)
    return min(_end_of(clause, at), next(pauses, len(clause.tokens)))


def _swap_verb(clause: Message) -> int | None:
    return next((i for i, t in enumerate(clause.tokens) if not t.tags.isdisjoint(SWAP)), None)


def _revalued(clause: Message) -> list[a.Act]:
    """A Set that replaces one value by another: "swap brown for black", "badilisha XL iwe L"."""
    verb = _swap_verb(clause)
    if verb is None or not clause.context.cart:
        return []
    for at in range(verb + 1, len(clause.tokens)):
        if clause.tokens[at].text not in CONNECTORS:
            continue
        old, new = _part(clause, verb, at), _part(clause, at, len(clause.tokens))
        old = old if old.finds else _part(clause, 0, verb)  # "hoodie ya grey ibadilishe iwe …"
        if _names_some(clause, old):
            return []
        before = {find.slot: find.value for find in old.finds if find.slot in ("colour", "size")}
        same = [find for find in new.finds if before.get(find.slot, find.value) != find.value]
        anew = same or (clause.tokens[at].text in FOR_ANOTHER and is_otherwise(clause, old, new))
        if anew and not new.heads and not counts_each(clause, at, old, new):
            told = _single(target(clause.only(old.finds), old, GONE, line=True))
            return [a.Set(target=told, values=values(new), change=True)]
    return []


def _names_some(clause: Message, old: Group) -> bool:
    """Whether only some units of a line are named: "change one of the red ones to blue"."""
    count = old.first("quantity")
    lines = clause.only(old.finds).lines_said() if count else []
    return count is not None and any(line.quantity > int(str(count.value)) for line in lines)


def _denied(clause: Message) -> tuple[Group | None, Group] | None:
    """The denied and the wanted piece: "the vans instead of the air force", "skirt not dress"."""
    end = len(clause.tokens)
    gone, wanted = _part(clause, 0, end, denied=True), _part(clause, 0, end)
    if not gone.heads or not wanted.heads:
        return None
    if not (_differ(gone, wanted) or _of_other_kinds(clause, gone, wanted)):
        return None
    if not clause.context.cart and clause.context.focus is None:
        return None
    start = min(find.start for find in gone.finds)
    reach = max(find.end for find in gone.finds)
    return Group(gone.finds, start, reach), _beside(clause, wanted, start, reach)


def _that_one_instead(clause: Message) -> list[a.Act]:
    """The swap of a line for the piece in focus: "take that one instead of the Pelican"."""
    if pointed := _swapped_for_shown(clause):
        return pointed
    texts = [token.text for token in clause.tokens]
    at = next((i for i in range(len(texts) - 1) if (texts[i], texts[i + 1]) in PLACES), None)
    focus = clause.context.focus
    if at is None or focus is None or not clause.context.cart:
        return []
    heads = [find for find in clause.slots.finds if find.slot in HEADS]
    if len(heads) != 1 or heads[0].start < at or not clause.only(_undenied(heads)).lines_said():
        return []
    gone = _part(clause, at, len(texts), denied=heads[0].denied)
    wanted = a.Target(name=focus.name)
    return [a.Substitute(target=_gone(clause, gone), piece=wanted, values=a.Values())]


def _other_instead(clause: Message) -> list[a.Act]:
    """The swap for the other piece shown: "nipe ile nyingine badala yake, navy 14"."""
    shown = {option.product_id for option in clause.context.options}
    told = clause.says_any(INSTEAD) and pointed_at(clause) == "other"
    heads = any(find.slot in HEADS or find.denied for find in clause.slots.finds)
    if not told or heads or len(shown) != 2 or not clause.context.cart:
        return []
    wanted = _part(clause, 0, len(clause.tokens))
    ordered = [line for line in clause.context.cart if line.product_id in shown]
    if len(ordered) != 1:
        return []
    gone = a.Target(line=ordered[0].number)
    return [a.Substitute(target=gone, piece=a.Target(pointed="other"), values=values(wanted))]


def _swapped_for_shown(clause: Message) -> list[a.Act]:
    """The swap for the only piece shown, which no line is: "swap it for that one"."""
    verb, shown = _swap_verb(clause), {option.name: option for option in clause.in_view}
    if verb is None or len(shown) != 1 or not clause.context.cart:
        return []
    behind = clause.tokens[verb + 1 :]
    at = next((i for i, token in enumerate(behind) if token.text in CONNECTORS), len(behind))
    told = any("@this" in token.tags for token in behind[at + 1 :])
    (piece,) = shown.values()
    cart = clause.context.cart
    if not told or piece.name in {line.name for line in cart}:
        return []
    if (finds := clause.slots.finds) and (not _names_line(clause) or finds[-1].start > verb + at):
        return []
    if finds:
        named = _part(clause, 0, len(clause.tokens))
        return [a.Substitute(target=_gone(clause, named), piece=a.Target(name=piece.name))]
    alike = [line for line in cart if line.category == piece.category]
    line = alike[0] if len(alike) == 1 else cart[0] if len(cart) == 1 else None
    gone = a.Target(line=line.number) if line else a.Target(pointed="it")
    return [a.Substitute(target=gone, piece=a.Target(name=piece.name), values=a.Values())]


def _names_line(clause: Message) -> bool:
    """Whether all that is said names one line: the tote of "swap the tote for that one"."""
    finds = clause.slots.finds
    told = all(find.slot in ("name", "category", "colour") and not find.denied for find in finds)
    return told and len(clause.only(finds).lines_said()) == 1


def _undenied(finds: list[Find]) -> list[Find]:
    return [replace(find, denied=False) for find in finds]


def _in_place_of(clause: Message) -> tuple[Group | None, Group] | None:
    """The two pieces of "badala ya handbag niwekee clutch", which may be of one kind."""
    texts = [token.text for token in clause.tokens]
    at = next((i for i in range(len(texts) - 2) if (texts[i], texts[i + 1]) in PLACES), None)
    if at is None or not clause.context.cart:
        return _before_value_left(clause)
    heads = [find for find in clause.slots.finds if find.slot in HEADS and find.start > at]
    if not heads:
        return _before_value_left(clause)
    if heads and (those := _gone_by_value(clause, at, heads[0])):
        return those
    if len(heads) < 2:
        return None
    gone = _part(clause, at, heads[0].end, denied=heads[0].denied)
    wanted = _wanted_from(clause, heads[1])
    apart = texts[heads[0].start] != texts[heads[1].start]
    ordered = gone.finds and clause.only(gone.finds).lines_said()
    return (gone, wanted) if apart and ordered and wanted.heads else None


def _before_value_left(clause: Message) -> tuple[Group | None, Group] | None:
    """The new piece and the line left, named by value: "the kikoi instead of the one in 12"."""
    tokens = clause.tokens
    at = next((i for i, t in enumerate(tokens) if _opens_place(clause, i)), None)
    if at is None or not clause.context.cart:
        return None
    wanted = _part(clause, 0, at)
    left = [find for find in clause.slots.finds if find.start > at]
    said = {find.slot: find.value for find in left if find.slot in ("size", "colour")}
    lines = clause.context.cart
    fitting = [x for x in lines if said and all(getattr(x, k) == v for k, v in said.items())]
    if len(fitting) != 1 or len(said) != len(left) or not wanted.heads:
        return None
    if fitting[0] in clause.only(wanted.heads).lines_said():
        return None  # "black tote instead of brown" is the same piece in another value
    return Group(tuple(_undenied(left)), at, len(tokens)), wanted


def _opens_place(clause: Message, at: int) -> bool:
    """Whether "instead of", "badala ya" stands here."""
    texts = [token.text for token in clause.tokens[at : at + 2]]
    return texts[0] in ("instead of", "badala ya") or tuple(texts) in PLACES


def in_its_place(clause: Message) -> list[a.Act]:
    """The Substitute of "kikapu acha, weka mkoba wa orange in its place"."""
    texts = [token.text for token in clause.tokens]
    if swapped := _with_its_place_between(clause, texts):
        return swapped
    placed = any((one, other) in IN_ITS_PLACE for one, other in itertools.pairwise(texts))
    heads = [find for find in clause.slots.finds if find.slot in HEADS]
    if not placed or not heads or not clause.context.cart:
        return []
    parted = [at + 1 for at in range(heads[0].end - 1, len(texts)) if clause.tokens[at].pause]
    later = [find for find in heads if parted and find.start >= parted[0]]
    gone = _part(clause, 0, parted[0], denied=heads[0].denied) if later else None
    if gone is not None and not clause.only(gone.finds).lines_said():
        return []
    start = parted[0] if later else 0
    wanted = _part(clause, start, len(texts))
    if not wanted.heads:
        return []
    piece_slots = ("name", "category", "colour") if definite_colour(clause, wanted) else HEADS
    piece = _single(target(clause.only(wanted.finds), wanted, piece_slots))
    return [a.Substitute(target=_gone(clause, gone), piece=piece, values=values(wanted))]


def _with_its_place_between(clause: Message, texts: list[str]) -> list[a.Act]:
    """The Substitute of "ile cap ya white badala yake nipe beanie grey"."""
    at = next((i for i, pair in enumerate(itertools.pairwise(texts)) if pair in INSTEAD_OF_IT), 0)
    if not at:
        return []
    gone, wanted = clause.clause(0, at), clause.clause(at + 2, len(texts))
    named = all(any(f.slot in HEADS for f in part.slots.finds) for part in (gone, wanted))
    if not named or len(gone.lines_said()) != 1:
        return []
    slots = ("name", "category", "colour") if definite_colour(wanted, whole(wanted)) else HEADS
    line = _single(target(gone, whole(gone), GONE))
    piece = _single(target(wanted, whole(wanted), slots))
    return [a.Substitute(target=line, piece=piece, values=values(whole(wanted)))]


def _gone_by_value(clause: Message, at: int, head: Find) -> tuple[Group | None, Group] | None:
    """The old line, named by size or colour, and the new piece: "badala ya hizo za 39 …"."""
    values = [f for f in clause.slots.finds if at < f.start < head.start]
    said = {find.slot: find.value for find in values if find.slot in ("size", "colour")}
    fitting = [
        line
        for line in clause.context.cart
        if said and all(getattr(line, slot) == value for slot, value in said.items())
    ]
    if len(fitting) != 1 or len(said) != len(values):
        return None
    gone = Group(tuple(_undenied(values)), at, head.start)
    return gone, _wanted_from(clause, head)


def _wanted_from(clause: Message, head: Find) -> Group:
    """The new piece from its name on; where "badala ya" seemed to deny it too, with all values."""
    end = _end_of(clause, head.start)
    own = [find for find in clause.slots.finds if head.start <= find.start < end]
    return Group(
        tuple(_undenied(own) if head.denied else _part(clause, head.start, end).finds),
        head.start,
        end,
    )


def _beside(clause: Message, wanted: Group, start: int, end: int) -> Group:
    """The wanted group, cut off from the words of the old piece."""
    first = min(find.start for find in wanted.finds)
    if first < start:
        return Group(wanted.finds, 0, start)
    return Group(wanted.finds, end, len(clause.tokens))


def _instead(clause: Message) -> tuple[Group | None, Group] | None:
    """The new piece of "give me the hoodie instead"; the old one is the piece spoken of last."""
    if not clause.says_any(INSTEAD) or clause.slots.exclusions():
        return None
    if not clause.context.cart and clause.context.focus is None:
        return None
    if (cut := _behind_piece_left(clause)) is not None:
        gone, wanted = _part(clause, 0, cut), _part(clause, cut, len(clause.tokens))
        same = {clause.tokens[find.start].text for find in gone.heads}
        other = {clause.tokens[find.start].text for find in wanted.heads} - same
        return (gone, wanted) if other else None
    wanted = _part(clause, _behind_complaint(clause), len(clause.tokens))
    if not wanted.heads or _is_line(clause, wanted) or _only_kind_in_hand(clause, wanted):
        return None
    return None, wanted


def _behind_piece_left(clause: Message) -> int | None:
    """The place after a line that is left: "leave the skirt, give me the trousers instead"."""
    cuts = [at + 1 for at, token in enumerate(clause.tokens) if token.pause]
    for cut in cuts:
        part = clause.clause(0, cut)
        heads = [find for find in part.slots.finds if find.slot in ("name", "category")]
        left = part.says_any(LEAVE) or part.tagged("~remove")
        if left and heads and not part.says_any(INSTEAD) and clause.only(heads).lines_said():
            return cut
    return None


def _behind_complaint(clause: Message) -> int:
    """The place after a complaint about a price: "too much, take the casio instead"."""
    dear = [at for at, token in enumerate(clause.tokens) if token.text in DEAR and token.pause]
    return dear[0] + 1 if dear else 0


def _only_kind_in_hand(clause: Message, wanted: Group) -> bool:
    """Whether only the kind of the piece in focus is named: "the dress in L instead"."""
    focus = clause.context.focus
    kinds = [find for find in wanted.heads if find.slot == "category"]
    return (
        focus is not None
        and [find.value for find in kinds] == [focus.category]
        and len(wanted.heads) == 1
    )


def _is_line(clause: Message, wanted: Group) -> bool:
    """Whether the wanted piece is in the cart, so only its size or colour changes."""
    heads = [find for find in wanted.heads if find.slot != "option"]
    words = [word for find in heads if find.slot == "name" for word in str(find.value).split()]
    lines = clause.only(heads).lines_said() if heads else []
    return any(_mostly_called(line.name.lower(), words) for line in lines)


def _mostly_called(name: str, words: list[str]) -> bool:
    """Whether a name has more than half of the words: a crop top is no "graphic crop tee"."""
    return not words or 2 * sum(word in name for word in words) > len(words)


def _of_other_kinds(clause: Message, gone: Group, wanted: Group) -> bool:
    """Whether both are of different kinds in one category: a poncho and a cardigan (sweaters)."""
    one, other = (kind_of(clause.tokens[part.heads[0].start].text) for part in (gone, wanted))
    return one is not None and other is not None and one != other


def _differ(gone: Group, wanted: Group) -> bool:
    def said(group: Group) -> set[tuple[str, object]]:
        return {(find.slot, find.value) for find in group.heads}

    def slots(finds: list[Find]) -> set[str]:
        return {find.slot for find in finds}

    if said(gone) == said(wanted):
        return False
    both = slots(gone.heads) & slots(wanted.heads)
    same = said(gone) & said(wanted)
    return not both or len(same) < len(both) or bool(slots(gone.heads) ^ slots(wanted.heads))
