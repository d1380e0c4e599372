"""Carries what one clause says over to another: "white and navy. All L", "and the same in black".

Also the piece that a question told of: "which is the cheapest? Give me that one in black".
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.as_before import SAME_SLOTS, says_same
from dukani.agent.local_reader.edits.words import ALL, ANOTHER, BOTH
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.elder_and_others import for_elder_and_others
from dukani.agent.local_reader.talk.tidying import spread_over
from dukani.domain import acts as a

VARIANT = ("colour", "size")
PIECE = ("name", "category", "option")
ASKING_TOO = word_set("asking_too", "words")
FURTHER_ONE = ANOTHER | {"a", "an"}
TWO = 2
TAKING = ("~take", "~want", "~give", "~put", "~buy")
OF_VALUES = word_set("edits", "of_a_value") | {"the", "ones"}
THE_ONE = word_set("edits", "the_one")


def over_clauses(parts: Sequence[Message], said: list[list[a.Act]]) -> list[list[a.Act]]:
    """The acts of each clause, with what they share with others."""
    of_all = [part.says_any(ALL | BOTH) for part in parts]
    said = [_colours_going_on(acts) for acts in said]
    for at in range(1, len(parts)):
        if (each := for_elder_and_others(parts[at], said[at - 1], said[at])) is not None:
            said[at - 1], said[at] = [], each
            continue
        if (asked := _asked_on(parts[at], said[at - 1], said[at])) is not None:
            said[at - 1], said[at] = [], asked
            continue
        if explained := _explained(parts[at], said[at - 1], said[at]):
            said[at - 1], said[at] = [], explained
            continue
        said[at] = _asked_too(parts[at], said[at - 1], said[at])
        said[at] = _listed_on(parts[at], said[at - 1], said[at])
        said[at] = _changed_on(parts[at], said[at - 1], said[at])
        if units := _other_units(parts[at], said[at - 1], said[at]):
            said[at - 1], said[at] = [], units
        of_piece = _of_asked(parts[at], said[at - 1], said[at])
        taken = _as_asked(parts[at], said[at - 1], of_piece)
        if of_piece != said[at] and all(isinstance(act, a.Search) for act in said[at - 1]):
            said[at - 1] = []  # "mna dera? naomba mbili, moja orange moja teal" orders
        said[at] = _same_as_before(parts[at], taken, said[:at])
    return spread_over(_in_one_piece(said), of_all)


def _in_one_piece(said: list[list[a.Act]]) -> list[list[a.Act]]:
    """The acts with what is told after the size, of one piece: "XL. Colours? Navy is fine".

    So too several in that size: "size 14. One cream, one navy".
    """
    real = [at for at, acts in enumerate(said) if any(isinstance(x, a.EDITS) for x in acts)]
    for one, other in itertools.pairwise(real):
        before = said[one][0]
        if len(said[one]) != 1 or len(real) != TWO or not isinstance(before, a.Set):
            continue
        told = before.values.model_dump(exclude_none=True)
        picks = [act for act in said[other] if isinstance(act, a.Add) and _goes_on(before, act)]
        if len(picks) == len(said[other]):
            values = [act.values.model_copy(update=told) for act in picks]
            said[one] = []
            said[other] = [
                act.model_copy(update={"values": sized})
                for act, sized in zip(picks, values, strict=True)
            ]
    return said


def _goes_on(before: a.Set, act: a.Add) -> bool:
    """Whether the size alone is told first, and then the colour, and perhaps how many."""
    sized = before == a.Set(values=a.Values(size=before.values.size)) and before.values.size
    coloured = a.Values(colour=act.values.colour, quantity=act.values.quantity)
    return bool(sized) and _names_none(act) and act.values == coloured and bool(coloured.colour)


def _taken(clause: Message, act: a.Act) -> a.Act:
    """The pick that bare words of taking are: "…, iko? nichukulie moja"."""
    counts = [find.value for find in clause.slots.finds if find.slot == "quantity"]
    told = not isinstance(act, a.Unclear | a.Remark | a.Confirm)
    if told or clause.asks or clause.tagged("~!want") or not clause.tagged(*TAKING):
        return act
    count = int(str(counts[0])) if counts else 1 if clause.says_any(THE_ONE) else None
    return a.Set(values=a.Values(quantity=count))


def _colours_going_on(acts: list[a.Act]) -> list[a.Act]:
    """The Adds, each in the colour before it where it says a size alone: "black S and M"."""
    told = list(acts)
    for at in range(1, len(told)):
        before, act = told[at - 1], told[at]
        if not isinstance(before, a.Add) or not isinstance(act, a.Add) or act.another:
            continue
        sized = {name for name, value in act.values if value is not None} <= {"size", "quantity"}
        both = before.values.colour and before.values.size and act.values.size
        if sized and both and act.target.says_nothing:
            values = act.values.model_copy(update={"colour": before.values.colour})
            told[at] = act.model_copy(update={"values": values, "target": before.target})
    return told


def _of_asked(clause: Message, before: Sequence[a.Act], acts: list[a.Act]) -> list[a.Act]:
    """The picks of "that one", of the piece whose price the clause before asked."""
    asked = before[0] if len(before) == 1 else None
    if isinstance(asked, a.Search):
        piece = _looked_for(asked) if clause.tagged(*TAKING) and not clause.asks else None
        return [_of_piece(act, piece) for act in acts] if piece else acts
    if not isinstance(asked, a.AskPrice) or asked.without or asked.quantity or asked.besides:
        return acts
    named = asked.target.option or asked.target.name or asked.target.category
    return [_of_piece(act, asked.target) for act in acts] if named else acts


def _looked_for(search: a.Search) -> a.Target | None:
    """The piece of a search for nothing but a piece: "mna dera?"."""
    said = {name for name, value in search if value and name not in ("kind", "evidence", "text")}
    if not said or said - {"name", "category"}:
        return None
    return a.Target(name=search.name, category=search.category)


def _of_piece(act: a.Act, piece: a.Target) -> a.Act:
    """The act, of this piece where it names none."""
    if isinstance(act, a.Search):
        told = {name for name, value in act if value and name not in ("kind", "evidence")}
        if told - {"colour", "size", "quantity"} or len(told) < 2 or piece.option:
            return act
        values = a.Values(colour=act.colour, size=act.size, quantity=act.quantity)
        return a.Add(target=piece, values=values)
    if not isinstance(act, a.Add) or not _names_none(act) or (act.another and piece.option):
        return act
    return act.model_copy(update={"target": piece})


def _as_asked(clause: Message, before: Sequence[a.Act], acts: list[a.Act]) -> list[a.Act]:
    """The pick in the colour and size just asked about: "is navy there in XL? ok weka mbili"."""
    asked = before[-1] if before and all(isinstance(x, a.Search) for x in before[:-1]) else None
    if not isinstance(asked, a.AskStock) or not acts:
        return acts
    act, others = _taken(clause, acts[0]), acts[1:]
    if not isinstance(act, a.Add | a.Set) or _differ(asked.values, act.values):
        return acts
    if others and {name for name, value in act.values if value} != {"quantity"}:
        return acts  # "…, iko? basi nipe mbili na moja ya white L": only the two are as asked
    if act.values.age is not None or not _names_none(act):
        return acts
    told = {slot: getattr(asked.values, slot) or getattr(act.values, slot) for slot in VARIANT}
    values = act.values.model_copy(update=told)
    which = asked.target if asked.target.describes or asked.target.option else act.target
    return [act.model_copy(update={"values": values, "target": which}), *others]


def _asked_on(
    clause: Message, before: Sequence[a.Act], acts: Sequence[a.Act]
) -> list[a.Act] | None:
    """The question with a value told behind it, which takes nothing: "uko nayo XL? rangi navy"."""
    asked = before[0] if len(before) == 1 else None
    act = acts[0] if len(acts) == 1 else None
    if not isinstance(asked, a.AskStock) or not isinstance(act, a.Add | a.Set | a.AskStock):
        return None
    told = {slot for slot, value in act.values if value is not None}
    known = {slot for slot in VARIANT if getattr(asked.values, slot)}
    if not told or not known or told & known or not told <= set(VARIANT) or not _only_tells(clause):
        return None
    values = asked.values.model_copy(update={slot: getattr(act.values, slot) for slot in told})
    return [asked.model_copy(update={"values": values})]


def _explained(
    clause: Message, before: Sequence[a.Act], acts: Sequence[a.Act]
) -> list[a.Act] | None:
    """The pick before, of the piece told behind: "nipe brown. yaani mkoba"."""
    act = before[0] if len(before) == 1 else None
    told = _only_named(acts[0]) if len(acts) == 1 else None
    texts = [token.text for token in clause.tokens[:2]]
    explains = texts[:1] in (["yaani"], ["yani"]) or texts == ["i", "mean"]
    if not explains or told is None or not told.describes or not isinstance(act, a.Add):
        return None
    return [act.model_copy(update={"target": told})] if _names_none(act) else None


def _asked_too(clause: Message, before: Sequence[a.Act], acts: list[a.Act]) -> list[a.Act]:
    """The question before, of another piece too: "Marvin ni how much? na cap?"."""
    asked = before[-1] if before else None
    if isinstance(asked, a.AskStock) and (said := _asked_in(clause, acts)) is not None:
        values = asked.values.model_copy(update=said)
        return [asked.model_copy(update={"values": values})]
    told = _only_named(acts[0]) if len(acts) == 1 else None
    if not isinstance(asked, a.AskPrice | a.AskStock) or told is None or not told.describes:
        return acts
    named = {at for f in clause.slots.finds if f.slot in PIECE for at in range(f.start, f.end)}
    others = {token.text for at, token in enumerate(clause.tokens) if at not in named}
    marked = any(token.asked for token in clause.tokens)
    further = bool(named) and marked and others <= ASKING_TOO
    return [asked.model_copy(update={"target": told})] if further else acts


def _asked_in(clause: Message, acts: Sequence[a.Act]) -> dict[str, str] | None:
    """The values of a further question about the piece: the black of "grey iko? na black?"."""
    act = acts[0] if len(acts) == 1 else None
    told = {at for f in clause.slots.finds if f.slot in VARIANT for at in range(f.start, f.end)}
    others = {token.text for at, token in enumerate(clause.tokens) if at not in told}
    asked = any(token.asked for token in clause.tokens) and others <= ASKING_TOO | OF_VALUES
    told_of = a.Add | a.Set | a.AskStock
    if not asked or not isinstance(act, told_of) or not (others & ASKING_TOO):
        return None
    values = {slot: getattr(act.values, slot) for slot in VARIANT}
    said = {slot: value for slot, value in values.items() if value is not None}
    return said if said and _names_none(act) else None


def _only_named(act: a.Act) -> a.Target | None:
    """The piece of an act that tells no value of it."""
    if isinstance(act, a.Search):
        return a.Target(name=act.name, category=act.category)
    told = isinstance(act, a.Add | a.AskStock) and act.values.says_nothing
    return act.target if isinstance(act, a.Add | a.AskStock) and told else None


def _only_tells(clause: Message) -> bool:
    """Whether the clause says nothing but values: "the white ones", "rangi navy"."""
    told = {at for f in clause.slots.finds if f.slot in VARIANT for at in range(f.start, f.end)}
    return bool(told) and all(
        at in told or token.text in OF_VALUES or "@this" in token.tags or token.text in THE_ONE
        for at, token in enumerate(clause.tokens)
    )


def _differ(asked: a.Values, told: a.Values) -> bool:
    """Whether another colour or size is wanted than was asked about."""
    both = ((getattr(asked, slot), getattr(told, slot)) for slot in VARIANT)
    return any(one != other for one, other in both if one is not None and other is not None)


def _listed_on(clause: Message, before: Sequence[a.Act], acts: list[a.Act]) -> list[a.Act]:
    """The values that go on with a list: the black of "crop tees lilac S. black: L moja"."""
    last = before[-1] if before else None
    only = acts[0] if len(acts) == 1 else None
    if not isinstance(last, a.Add) or not isinstance(only, a.Search) or clause.asks:
        return acts
    said = only.model_dump(exclude={"kind", "evidence"}, exclude_defaults=True)
    if not set(said) <= {"colour", "size", "quantity"} or clause.has("show", "have", "want"):
        return acts
    named = last.target.name or last.target.category
    values = a.Values(**said)
    which = last.target.model_copy(update={"colour": None, "size": None})
    return [a.Add(target=which, values=values)] if named and values.size else acts


def _other_units(clause: Message, before: Sequence[a.Act], acts: list[a.Act]) -> list[a.Act]:
    """The split that "orange ibaki moja, ingine iwe purple" is of the only line."""
    kept = before[0] if len(before) == 1 else None
    other = acts[0] if len(acts) == 1 else None
    if not isinstance(kept, a.Set) or not isinstance(other, a.Set) or len(clause.context.cart) != 1:
        return []
    line = clause.context.cart[0]
    left = line.quantity - (kept.values.quantity or 0)
    counted = kept.values == a.Values(quantity=kept.values.quantity) and 0 < left < line.quantity
    if not counted or other.target.pointed != "other" or other.values.quantity is not None:
        return []
    rest = other.values.model_copy(update={"quantity": left})
    return [a.Split(target=a.Target(line=line.number), parts=(rest,))]


def _changed_on(clause: Message, before: Sequence[a.Act], acts: list[a.Act]) -> list[a.Act]:
    """The change of the one line of a kind behind a change: "polo navy not white. and heels 39"."""
    only = acts[0] if len(acts) == 1 else None
    changed = bool(before) and all(isinstance(act, a.Set) and act.change for act in before)
    if not changed or not isinstance(only, a.Add) or clause.says_any(FURTHER_ONE):
        return acts
    told = only.values.model_dump(exclude_none=True)
    lines = clause.lines_said() if only.target.category else []
    if len(lines) != 1 or not told or not set(told) <= set(VARIANT):
        return acts
    return [a.Set(target=a.Target(line=lines[0].number), values=only.values, change=True)]


def _names_none(act: a.Add | a.Set | a.AskStock) -> bool:
    """Whether the pick names no piece but by the colour it is wanted in, or points at it."""
    return act.target in (
        a.Target(),
        a.Target(pointed="it"),
        a.Target(colour=act.values.colour),
        a.Target(colour=act.values.colour, pointed="it"),
    )


def _same_as_before(
    clause: Message, acts: list[a.Act], earlier: Sequence[Sequence[a.Act]]
) -> list[a.Act]:
    """The Adds of "the same in white", with the size or colour of the piece told of before."""
    values = [act.values for part in earlier for act in part if isinstance(act, a.Add | a.Set)]
    if not values or not says_same(clause):
        return acts
    asked = [slot for slot, words in SAME_SLOTS.items() if clause.says_any(words)] or VARIANT
    return [_with_values(act, values[-1], asked) if isinstance(act, a.Add) else act for act in acts]


def _with_values(act: a.Add, before: a.Values, slots: Sequence[str]) -> a.Add:
    told = act.values
    missing = {slot: getattr(before, slot) for slot in slots if getattr(told, slot) is None}
    if told.age is not None:
        missing.pop("size", None)
    return act.model_copy(update={"values": told.model_copy(update=missing)})
