"""The acts of several clauses as those of one message."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain import acts as a

HEADS = {"name", "category"}
SAID_BETTER = (a.Greeting, a.Thanks, a.Remark, a.Unclear)
WEAK = (a.Confirm, a.Decline, a.Cancel)
YES_OR_NO = (a.Confirm, a.Decline)


def tidied(parts: Sequence[Sequence[a.Act]]) -> list[a.Act]:
    """The clauses' acts as one list; what two clauses say of one piece comes together."""
    acts: list[a.Act] = []
    for act in (act for part in parts for act in part):
        _join(acts, act)
    return _without_pleasantries(_in_their_place(_without_echo(acts)))


def _in_their_place(acts: list[a.Act]) -> list[a.Act]:
    """ "remove it and add the third instead": what went went, so the third is added."""
    removed = any(isinstance(act, a.Remove) for act in acts)
    if acts[:1] == [a.Clear()]:  # "remove everything and give me a hat": besides nothing
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


def _without_echo(acts: list[a.Act]) -> list[a.Act]:
    """ "remove the shoes, I keep the bag": what goes is said already."""
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
    """Both as one act; None where they are two."""
    if isinstance(earlier, a.Search) and isinstance(act, a.Search):
        return _one_search(earlier, act)
    if isinstance(earlier, a.Add) and isinstance(act, a.Add) and last:
        taken = act.target.says_nothing and act.values.says_nothing and not act.another
        return earlier if taken else None
    if isinstance(earlier, a.Add | a.Set) and isinstance(act, a.Set) and last:
        return _one_piece(earlier, act)
    return None


def _one_search(earlier: a.Search, act: a.Search) -> a.Search | None:
    before, after = _said(earlier), _said(act)
    if HEADS & set(before) and HEADS & set(after):
        return None  # two pieces
    if {name for name in set(before) & set(after) if before[name] != after[name]}:
        return None
    return earlier.model_copy(update=after)


def _one_piece(earlier: a.Add | a.Set, act: a.Set) -> a.Act | None:
    """ "The second. Size M please": the values are those of the piece said before."""
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
    """Without greetings, and without a yes or no beside an act that says more."""
    real: list[a.Act] = [act for act in acts if not isinstance(act, SAID_BETTER)]
    if any(isinstance(act, a.Set | a.Add) for act in real):  # "size? medium": asked and answered
        real = [act for act in real if act != a.AskStock()]
    if not real:
        return acts[:1] or [a.Unclear()]
    if all(isinstance(act, WEAK) for act in real) or _only_pays(real):
        return real
    return [act for act in real if not isinstance(act, YES_OR_NO)] or real


def _only_pays(acts: Sequence[a.Act]) -> bool:
    """ "ndiyo, nalipa": the yes belongs to paying where nothing is edited."""
    edited = any(isinstance(act, a.EDITS) for act in acts)
    return not edited and any(isinstance(act, a.Checkout) for act in acts)
