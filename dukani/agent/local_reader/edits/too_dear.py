"""Reads price complaints that name another piece: "the hoodie is too much, take the belt"."""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.groups import HEADS, Group
from dukani.agent.local_reader.edits.keeping import keeping
from dukani.agent.local_reader.edits.pieces import name_said, target, values, whole
from dukani.agent.local_reader.edits.words import KEEP, ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.price_told import is_dear
from dukani.domain import acts as a

GONE = ("name", "category", "colour", "size")
RATHER = word_set("hesitating", "rather")
TAKING = ("~take", "~give", "~want", "~put", "~bring", "~buy", "~add")


def too_dear(clause: Message) -> list[a.Act]:
    """A Substitute, or a Remove where the other piece is in the order already; else nothing."""
    at = _complaint_end(clause)
    if at is None or clause.asks or not clause.context.cart:
        return []
    complaint, rest = clause.clause(0, at), clause.clause(at, len(clause.tokens))
    if not _names_line(complaint) or not _heads(rest):
        return []
    if _names_line(rest):
        kept = keeping(rest) if rest.says_any(ONLY | KEEP) else []
        return kept or ([a.Remove(target=_gone(complaint))] if _takes(rest) else [])
    if not _takes(rest):
        return []
    part = _part(rest)
    piece = target(rest, part, HEADS).model_copy(update={"scope": "one", "pointed": None})
    return [a.Substitute(target=_which(complaint), piece=piece, values=values(part))]


def _complaint_end(clause: Message) -> int | None:
    """The place where the words after the complaint begin."""
    tokens = clause.tokens
    dear = [at for at in range(len(tokens) - 1) if is_dear(tokens[at].text, tokens[at + 1].text)]
    if not dear:
        return None
    at = dear[0] + 1
    while at < len(clause.tokens) - 1 and not clause.tokens[at - 1].pause:
        if not clause.tokens[at].tags.isdisjoint(TAKING):
            break
        at += 1
    return at


def _heads(part: Message) -> bool:
    return any(part.slots.wanted(slot) for slot in HEADS)


def _names_line(part: Message) -> bool:
    """Whether a line of the order is named, by all words said of its name."""
    name = name_said(part, whole(part)) or ""
    return _heads(part) and any(
        all(word in line.name.lower() for word in name.split()) for line in part.lines_said()
    )


def _takes(rest: Message) -> bool:
    return rest.tagged(*TAKING) or rest.says_any(ONLY | RATHER)


def _part(part: Message) -> Group:
    finds = tuple(replace(find, denied=False) for find in part.slots.finds)
    return Group(finds, 0, len(part.tokens))


def _gone(complaint: Message) -> a.Target:
    told = target(complaint, _part(complaint), GONE, line=True)
    return told.model_copy(update={"scope": "one", "pointed": None})


def _which(complaint: Message) -> a.Target:
    """The target of the line given up; "it" where the order has only one line."""
    return a.Target(pointed="it") if len(complaint.context.cart) == 1 else _gone(complaint)
