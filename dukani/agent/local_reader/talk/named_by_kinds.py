"""Names the piece of an act by the kind said: "show me fascinators" looks for no other hats."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.parsing.ages import CHILDREN
from dukani.agent.local_reader.parsing.called_kinds import called
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.wearers import sex_said


def named_by_kinds(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, with a name beside a category of which some pieces only are of the kind said."""
    names = _names(message)
    return [_named(act, names) for act in acts] if names else list(acts)


def _names(message: Message) -> dict[str, str]:
    """The name for each category that one word alone stands for."""
    said: dict[str, set[str]] = {}
    for find in message.slots.wanted("category"):
        said.setdefault(str(find.value), set()).add(message.tokens[find.start].text)
    told = {
        kind: called(next(iter(words)), kind, message.context.sold)
        for kind, words in said.items()
        if len(words) == 1
    }
    return {kind: name for kind, name in told.items() if name is not None}


def _named(act: a.Act, names: dict[str, str]) -> a.Act:
    match act:
        case a.Search(name=name, category=str(kind)) if kind in names and _says_only_whom(name):
            text = None if act.text == names[kind] else act.text
            return act.model_copy(update={"name": names[kind], "text": text})
        case a.Add(target=target) | a.AskPrice(target=target) | a.AskStock(target=target):
            return act.model_copy(update={"target": _named_target(target, names)})
        case a.Substitute(piece=target):
            return act.model_copy(update={"piece": _named_target(target, names)})
        case _:
            return act


def _says_only_whom(name: str | None) -> bool:
    """Whether the name tells no more than who wears it: the kids of "kids gumboots"."""
    words = set((name or "").split())
    return all(word in CHILDREN or sex_said(word) is not None for word in words)


def _named_target(target: a.Target, names: dict[str, str]) -> a.Target:
    alone = target.name is None and target.option is None and target.line is None
    if not alone or target.category not in names:
        return target
    return target.model_copy(update={"name": names[target.category]})
