"""Merges the acts of several clauses into those of one message."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.counted_out import counted_out
from dukani.domain import acts as a

HEADS = {"name", "category"}
SLEEVES = re.compile(r"(?:long|short|full|half) sleeved?s?|sleeveless")
BUDGET = {"budget_min", "budget_max"}
SAID_BETTER = (a.Greeting, a.Thanks, a.Remark, a.Unclear)
WEAK = (a.Confirm, a.Decline, a.Cancel)
YES_OR_NO = (a.Confirm, a.Decline)
WISHES = ("~take", "~want", "~give", "~add", "~put", "~buy")
SEEN = frozenset(("saw", "seen", "niliona", "nimeona", "nikaona", "tuliona"))


def tidied(parts: Sequence[Sequence[a.Act]]) -> list[a.Act]:
    """The clauses' acts as one list; acts of two clauses about one piece are merged."""
    acts: list[a.Act] = []
    for part in parts:
        if part and (told := _with_next_values(acts, part[0])) is not None:
            acts[-1] = told
            part = part[1:]
        for act in part:
            _join(acts, act)
    acts = _without_retry_beside_stock(_without_complaint_of_number(acts))
    acts = _for_the_child_told(_for_each_child_told(_stock_of_what_is_wanted(acts)))
    acts = counted_out(_only_pieces_named(_without_heading(acts)))
    return _without_pleasantries(
        _without_asides(_substitutes_as_adds(_without_repeated_removal(acts)))
    )


def _without_heading(acts: list[a.Act]) -> list[a.Act]:
    """The acts without "all" of what each is said of behind it: "zote pullover. mum M, dad XL"."""
    wishes = [act for act in acts if isinstance(act, a.Add) and not act.values.says_nothing]
    heading = a.Target(scope="all")
    if len(wishes) < 2:
        return acts
    return [
        act
        for act in acts
        if not (isinstance(act, a.Add) and act.target == heading and act.values.says_nothing)
    ]


def _stock_of_what_is_wanted(acts: list[a.Act]) -> list[a.Act]:
    """The question alone, where the size of the piece wanted is asked for: "…, do you have L?"."""
    if len(acts) < 2 or not isinstance(wish := acts[0], a.Add) or wish.another or wish.values.size:
        return acts
    *between, asked = acts[1:]
    if not isinstance(asked, a.AskStock) or not asked.target.says_nothing:
        return acts
    said = _said(asked.values)
    if set(said) != {"size"} or not all(_looks_for_size(act) for act in between):
        return acts
    values = wish.values.model_copy(update={**said, "quantity": None})
    return [asked.model_copy(update={"target": wish.target, "values": values})]


def price_of_what_was_seen(message: Message, acts: list[a.Act]) -> list[a.Act]:
    """The question alone, where a piece was seen and its price is asked, and nothing is wanted.

    "I saw a gold necklace on your status, how much": it is not put in.
    """
    wished = message.has("want", "add_to_cart", "checkout") or message.tagged(*WISHES)
    if len(acts) != 2 or wished or not message.says_any(SEEN):
        return acts
    named, asked = acts
    if not isinstance(named, a.Add) or not isinstance(asked, a.AskPrice):
        return acts
    if not asked.target.says_nothing or asked.quantity or asked.discount:
        return acts
    colour = named.target.colour or named.values.colour
    told = named.target.model_copy(update={"colour": colour})
    return [asked.model_copy(update={"target": told})]


def _looks_for_size(act: a.Act) -> bool:
    return isinstance(act, a.Search) and set(_said(act)) == {"size"}


def _for_the_child_told(acts: list[a.Act]) -> list[a.Act]:
    """The pieces for the child told of first: "my son is nine and I need two shirts for him".

    What is only told of the child looks for nothing then, nor does it alter what is ordered: "she
    has a sister of 6, add the same for her".
    """
    if acts and _tells_age_of_asked(acts[0], acts[1:]):
        return acts[1:]
    age = _age_told(acts[0]) if acts else None
    if age is not None and len(acts) == 2 and (asked := _of_age(acts[1], age)) is not None:
        return [asked]  # "he is 8. Is there black?"
    wanted = [act for act in acts[1:] if isinstance(act, a.Add)]
    if age is None or not wanted or any(act.values.age is not None for act in wanted):
        return acts
    if len(acts) > 1 and _age_told(acts[1]) is not None:
        return acts  # of several children
    if isinstance(acts[0], a.Set) and not all(act.another for act in wanted):
        return acts
    return [
        act.model_copy(update={"values": act.values.model_copy(update={"age": age})})
        if isinstance(act, a.Add) and act.values.size is None
        else act
        for act in acts[1:]
    ]


def _of_age(act: a.Act, age: int) -> a.AskStock | None:
    """The question about stock that tells no size, with the age of the child it is for."""
    if not isinstance(act, a.AskStock) or act.values.size or act.values.age is not None:
        return None
    return act.model_copy(update={"values": act.values.model_copy(update={"age": age})})


def _tells_age_of_asked(act: a.Act, others: Sequence[a.Act]) -> bool:
    """Whether the age is of whom the piece asked about is for: "he is 7. How much is the suit?".

    It alters no ordered piece then. A size said with the question is that child's.
    """
    if isinstance(act, a.Set) and act.target.says_nothing and set(_said(act.values)) == {"age"}:
        asked = [one for one in others if isinstance(one, a.AskStock | a.AskPrice)]
        named = any(one.target.describes for one in asked)
        return named or any(isinstance(one, a.AskStock) and one.values.size for one in asked)
    sized = any(isinstance(one, a.AskStock) and one.values.size for one in others)
    return _age_told(act) is not None and sized


def _for_each_child_told(acts: list[a.Act]) -> list[a.Act]:
    """The piece for each child told of first: "one is 3, the other 5. The yellow, one each"."""
    ages = [act.values.age for act in acts if isinstance(act, a.Add) and _is_age_alone(act)]
    ages += [act.age for act in acts if isinstance(act, a.Search) and _age_told(act)]
    wanted = acts[len(ages) :]
    if len(ages) < 2:
        return acts
    if len(wanted) == len(ages) and all(_is_one_of_them(act) for act in wanted):
        return wanted  # "one pink and one white": whose is whose, the sizes will tell
    if len(wanted) != 1 or not isinstance(act := wanted[0], a.Add):
        return acts
    values = act.values
    if act.another or values.age is not None or values.size is not None:
        return acts
    if values.quantity not in (None, 1, len(ages)):
        return acts
    told = [values.model_copy(update={"age": age, "quantity": None}) for age in ages]
    return [act.model_copy(update={"values": one}) for one in told]


def _is_one_of_them(act: a.Act) -> bool:
    values = act.values if isinstance(act, a.Add) else a.Values()
    return set(_said(values)) == {"colour", "quantity"} and values.quantity == 1


def _is_age_alone(act: a.Add) -> bool:
    return act.target.says_nothing and set(_said(act.values)) == {"age"}


def _only_pieces_named(acts: list[a.Act]) -> list[a.Act]:
    """The acts without a search for a mere kind of which pieces are then ordered by name.

    "I need swimwear, so for me the bikini in black M": only the bikini is meant.
    """
    first = acts[0] if acts else None
    if _says_why_swapped(first, acts[1:]):
        return acts[1:]
    if not isinstance(first, a.Search) or set(_said(first)) - {"category", "occasion", "text"}:
        return acts
    named = [act.target for act in acts[1:] if isinstance(act, a.Add) and _is_told(act)]
    own = first.category is not None and any(one.category == first.category for one in named)
    return acts[1:] if own else acts


def _says_why_swapped(act: a.Act | None, others: Sequence[a.Act]) -> bool:
    """Whether the search names no piece, and one is put in another's place behind it.

    "The school wants lace ups. Replace the ballerinas with the Prefect." So too where it names
    only the kind that goes: "heels hurt my feet, put sandals instead of those shoes".
    """
    if not isinstance(act, a.Search) or act.name or not others:
        return False
    swaps = [one for one in others if isinstance(one, a.Substitute)]
    if len(swaps) != len(others):
        return False
    if not (act.category or act.text):
        return True
    kinds = {swap.target.category for swap in swaps}
    return act.category in kinds and set(_said(act)) <= {"category", "instead", "text"}


def _is_told(act: a.Add) -> bool:
    return bool(act.target.name) and bool(act.values.colour or act.values.size)


def _age_told(act: a.Act) -> int | None:
    """The age of a child who is told of, and nothing else; None: more is said, or less."""
    if isinstance(act, a.Search):
        return None if set(_said(act)) - {"age", "text", "quantity", "occasion"} else act.age
    if not isinstance(act, a.Set) or act.change or not act.target.says_nothing:
        return None
    return act.values.age if set(_said(act.values)) == {"age"} else None


def _with_next_values(acts: Sequence[a.Act], act: a.Act) -> a.Act | None:
    """The pick before with the values said next: "the third one looks nice. Black, 54"."""
    before = acts[-1] if acts else None
    if isinstance(before, a.Substitute) and isinstance(act, a.Set):
        return _swapped_in(before, act)
    if not isinstance(before, a.Add) or not isinstance(act, a.Add) or act.another:
        return None
    picked = before.target.option is not None or before.target.name or before.target.category
    untold = before.values.colour is None and before.values.size is None
    bare = act.target in (a.Target(), a.Target(colour=act.values.colour))
    if not (picked and untold and bare) or act.values.says_nothing:
        return None
    values = before.values.model_copy(update=_said(act.values))
    return before.model_copy(update={"values": values})


def _swapped_in(before: a.Substitute, act: a.Set) -> a.Act | None:
    """The swap with the values of the new piece said next: "I meant the cardigan. Teal, 12"."""
    if not act.target.says_nothing or set(_said(before.values)) & set(_said(act.values)):
        return None
    values = before.values.model_copy(update=_said(act.values))
    return before.model_copy(update={"values": values})


def _without_asides(acts: list[a.Act]) -> list[a.Act]:
    """The acts without searches that are mere asides beside an edit or a stock question.

    "I only have 100,000 on the phone, take the shoes out" searches for nothing.
    """
    edits = any(isinstance(act, a.EDITS) for act in acts)
    if any(isinstance(act, a.Remove) for act in acts):
        acts = [act for act in acts if not isinstance(act, a.More)]  # "toa vans, zingine zibaki"
    asked = any(isinstance(act, a.AskStock) and act.target.describes for act in acts)
    return [act for act in acts if not (isinstance(act, a.Search) and _aside(act, edits, asked))]


def _aside(act: a.Search, edits: bool, asked: bool) -> bool:
    said = set(_said(act))
    no_more = bool(said) and (said <= BUDGET or said == {"instead"})  # "sitaki mkoba"
    return (edits and no_more) or (asked and said == {"text"})


def spread_over(parts: list[list[a.Act]], of_all: Sequence[bool]) -> list[list[a.Act]]:
    """Gives values said for all to each piece before: "one in 34, one in 30. All in blue".

    `of_all` has, for each clause, whether it says "all" or "both".
    """
    for at, part in enumerate(parts):
        earlier = [act for act in parts[at - 1] if isinstance(act, a.Add)] if at else []
        if not of_all[at] or len(part) != 1 or len(earlier) < 2:
            continue
        only = part[0]
        values = only.values if isinstance(only, a.Add | a.Set) else a.Values()
        said = {k: v for k, v in _said(values).items() if k in ("colour", "size")}
        if said and all(not set(said) & set(_said(act.values)) for act in earlier):
            parts[at - 1] = [
                act.model_copy(update={"values": act.values.model_copy(update=said)})
                if isinstance(act, a.Add)
                else act
                for act in parts[at - 1]
            ]
            parts[at] = []
    return parts


def _substitutes_as_adds(acts: list[a.Act]) -> list[a.Act]:
    """The acts, with a Substitute after a Remove as Add: "remove it and add the third instead"."""
    removed = any(isinstance(act, a.Remove) for act in acts)
    if acts[:1] == [a.Clear()]:  # "remove everything and give me a hat": "another" of nothing
        acts = [
            act.model_copy(update={"another": False}) if isinstance(act, a.Add) else act
            for act in acts
        ]
    return [
        a.Add(target=act.piece, values=act.values)
        if removed and isinstance(act, a.Substitute) and act.target.says_nothing
        else act
        for act in acts
    ]


def _without_retry_beside_stock(acts: list[a.Act]) -> list[a.Act]:
    """No new prompt while a piece is asked about: "cream iko? ndio nijaribu tena"."""
    asked = any(isinstance(act, a.AskStock) for act in acts)
    return [act for act in acts if not (asked and act == a.PayAgain())]


def _without_complaint_of_number(acts: list[a.Act]) -> list[a.Act]:
    """No line loses a unit where it is said which stay: "too many. Keep only the black"."""
    kept = any(isinstance(act, a.Remove) and act.target.but is not None for act in acts)
    fewer = a.ChangeQuantity(by=-1)
    return [act for act in acts if not (kept and act == fewer)]


def _without_repeated_removal(acts: list[a.Act]) -> list[a.Act]:
    """The acts without a Remove "all but", where a plain Remove says the same."""
    removed = any(isinstance(act, a.Remove) and act.target.but is None for act in acts)
    return [
        act
        for act in acts
        if not (removed and isinstance(act, a.Remove) and act.target.but is not None)
    ]


def _join(acts: list[a.Act], act: a.Act) -> None:
    if act in acts:
        return
    for index, earlier in enumerate(acts):
        joined = _joined(earlier, act, last=index == len(acts) - 1)
        if joined is not None:
            acts[index] = joined
            return
    acts.append(act)


def _joined(earlier: a.Act, act: a.Act, *, last: bool) -> a.Act | None:
    """Two acts merged into one; None where they are separate."""
    if isinstance(earlier, a.Search) and isinstance(act, a.Search):
        return _one_search(earlier, act)
    if isinstance(earlier, a.Add) and isinstance(act, a.Add) and last:
        taken = act.target.says_nothing and act.values.says_nothing and not act.another
        return earlier if taken else None
    if isinstance(earlier, a.Remove) and act == a.Remove(target=a.Target(pointed="it")) and last:
        return earlier if earlier.target.describes else None  # "the skirt, drop it"
    if isinstance(earlier, a.Add | a.Set) and isinstance(act, a.Set) and last:
        return _one_piece(earlier, act)
    return None


def _one_search(earlier: a.Search, act: a.Search) -> a.Search | None:
    before, after = _said(earlier), _said(act)
    sleeves = set(after) == {"name"} and SLEEVES.fullmatch(str(act.name))
    if HEADS & set(before) and HEADS & set(after) and not (sleeves and "name" not in before):
        return None  # two pieces; not "white shirts for my husband, long sleeve"
    if {name for name in set(before) & set(after) if before[name] != after[name]}:
        return None
    return earlier.model_copy(update=after)


def _one_piece(earlier: a.Add | a.Set, act: a.Set) -> a.Act | None:
    """The act before with the values of the next clause: "the second. Size M please"."""
    if not act.target.says_nothing:
        return None
    before, after = _said(earlier.values), _said(act.values)
    if set(before) & set(after) and not act.change:
        return None
    values = earlier.values.model_copy(update=after)
    changed = {"change": earlier.change or act.change} if isinstance(earlier, a.Set) else {}
    return earlier.model_copy(update={"values": values, **changed})


def _said(words: a.Search | a.Values) -> dict[str, object]:
    said = words.model_dump(exclude={"kind"}, exclude_defaults=True)
    return {name: value for name, value in said.items() if value is not None}


def _without_pleasantries(acts: list[a.Act]) -> list[a.Act]:
    """The acts without greetings, and without a yes or no beside an act that says more."""
    real: list[a.Act] = [act for act in acts if not isinstance(act, SAID_BETTER)]
    if any(isinstance(act, a.Set | a.Add) for act in real):  # "size? medium": asked and answered
        real = [act for act in real if act != a.AskStock()]
    if not real:
        return acts[:1] or [a.Unclear()]
    if all(isinstance(act, WEAK) for act in real) or _only_pays(real):
        return real
    return [act for act in real if not isinstance(act, YES_OR_NO)] or real


def _only_pays(acts: Sequence[a.Act]) -> bool:
    """Whether a yes belongs to a checkout without edits: "ndiyo, nalipa"."""
    edited = any(isinstance(act, a.EDITS) for act in acts)
    return not edited and any(isinstance(act, a.Checkout) for act in acts)
