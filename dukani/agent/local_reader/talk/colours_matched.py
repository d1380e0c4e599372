"""Reads whether colours go together: told, it is left out; asked, the shop answers.

"Navy na peach haziendani, fanya skirt iwe black" wishes black alone; "does navy match peach?" is a
question, and looks for neither.
"""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.wishing import WISHING

SET_TO = word_set("edits", "set_to")
JOINERS = word_set("edits", "joiners")
CLASHING = word_set("remarks", "clashing")
MATCHING = word_set("remarks", "matching")
NOT = word_set("remarks", "not")
TOGETHER = word_set("remarks", "together")
EITHER = word_set("edits", "alternatives")


def without_match_told(message: Message) -> Message:
    """The message without which colours do not go together.

    "Navy na peach haziendani, fanya skirt iwe black".
    """
    tokens = message.tokens
    at = next((i for i in range(1, len(tokens)) if _clashes(message, i)), None)
    if at is None or message.asks:
        return message
    start = next((i + 1 for i in range(at - 1, -1, -1) if tokens[i].pause), 0)
    colours = [find for find in message.slots.finds if start <= find.start < at]
    bare = bool(colours) and all(find.slot == "colour" for find in colours)
    if not bare or any(not token.tags.isdisjoint(WISHING) for token in tokens[start:at]):
        return message
    end = at + 1
    while end < len(tokens) and not tokens[end - 1].pause and _goes_on_matching(message, end):
        end += 1
    rest = message.without(start, end)
    changed = any(not t.tags.isdisjoint(WISHING) or t.text in SET_TO for t in rest.tokens)
    return rest if changed and rest.slots.finds else message


def asks_of_match(clause: Message) -> bool:
    """Whether it is only asked if colours go together: "does navy match peach?"."""
    finds = clause.slots.finds
    coloured = bool(finds) and all(find.slot in ("colour", "category") for find in finds)
    opens = clause.tokens[0].text in ("does", "do", "will", "would", "can", "je")
    opens = opens or clause.says_any(EITHER)
    told = (clause.asks or opens) and clause.says_any(MATCHING) and clause.slots.wanted("colour")
    return bool(told) and coloured and not clause.tagged("~add", "~put", "~give", "~change")


def _clashes(message: Message, at: int) -> bool:
    text = message.tokens[at].text
    before = {token.text for token in message.tokens[max(0, at - 2) : at]}
    return text in CLASHING or (text in MATCHING and bool(before & NOT))


def _goes_on_matching(message: Message, at: int) -> bool:
    """Whether the word still tells what clashes: the "na peach" of "haziendani na peach"."""
    token, behind = message.tokens[at], message.tokens[at + 1 : at + 2]
    coloured = token.kind == "colour"
    joins = token.text in JOINERS and bool(behind) and behind[0].kind == "colour"
    return coloured or joins or token.text in TOGETHER
