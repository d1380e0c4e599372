"""Strips and recognises remarks about persons: "i wear heels so make it 58"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message

HENCE = word_set("remarks", "hence")
HEARD = word_set("remarks", "heard")
SELLING = word_set("remarks", "selling")
PROMISING = word_set("remarks", "promising")
LATER = word_set("remarks", "later")
NEAR = 2
HABIT = word_set("remarks", "habit")
NEVER = word_set("remarks", "never")
ALREADY = word_set("remarks", "already")
MINE = word_set("remarks", "mine")
GIFTS = word_set("remarks", "gifts")
WISHING = (
    "~want", "~give", "~show", "~add", "~put", "~take", "~buy", "~change", "~remove", "~bring",
)  # fmt: skip
DOING = ("~try_on", "~like", "~use")
TOLD = ("size", "quantity", "option", "colour")


def without_hearsay(message: Message) -> Message:
    """The message without "I see you have": "naona mna ile abaya, nataka ya blue moja"."""
    tokens = message.tokens
    for at, token in enumerate(tokens):
        near = range(at + 1, min(at + 1 + NEAR, len(tokens)))
        sold = [here for here in near if tokens[here].text in SELLING]
        if token.text not in HEARD or not sold or not _wishes(message, sold[-1]):
            continue
        end = _behind_hence(message, sold[-1]) or sold[-1] + 1
        end += end < len(tokens) and tokens[end].text == "na"
        return message.without(at, end)
    return message


def without_promise(message: Message) -> Message:
    """The message without a promise for later: "just one, I'll come for the other at end month"."""
    tokens = message.tokens
    for at in range(1, len(tokens)):
        tail = tokens[at:]
        promised = tail[0].text in PROMISING or [t.text for t in tail[:2]] == ["i", "will"]
        if not tokens[at - 1].pause or not promised:
            continue
        later = any(token.text in LATER for token in tail)
        counted = any(find.slot == "quantity" and find.start < at for find in message.slots.finds)
        if later and counted:
            return message.without(at, len(tokens))
    return message


def _behind_hence(message: Message, start: int) -> int | None:
    """The place after "so" where a wish begins: "naskia mko na mtumba so nataka …"."""
    hence = (at for at in range(start, len(message.tokens)) if message.tokens[at].text in HENCE)
    at = next(hence, None)
    return at + 1 if at is not None and _wishes(message, at) else None


def _wishes(message: Message, at: int) -> bool:
    behind = message.tokens[at:]
    return any(not token.tags.isdisjoint(("~want", "~give", "~take")) for token in behind)


def without_remark(clause: Message) -> Message:
    """The clause after "so", where the words before it are only about a person."""
    for at in range(1, len(clause.tokens) - 1):
        if clause.tokens[at].text not in HENCE:
            continue
        before = [find for find in clause.slots.finds if find.start < at]
        after = [find for find in clause.slots.finds if find.start > at]
        remarks = any(not token.tags.isdisjoint(DOING) for token in clause.tokens[:at])
        if remarks and before and after and all(find.slot not in TOLD for find in before):
            return clause.clause(at + 1, len(clause.tokens))
    return clause


def only_remarks(clause: Message) -> bool:
    """Whether the clause is about a person and wishes nothing: "i usually wear heels"."""
    if clause.asks or clause.tagged(*WISHING) or not clause.slots.finds:
        return False
    slots = {find.slot for find in clause.slots.finds}
    if slots == {"quantity"} and _tells_purpose(clause, 0):
        return True
    if slots & {"size", "quantity", "option", "age"}:
        return False
    if clause.says_any(ALREADY) and clause.says_any(MINE):
        return True
    if "colour" in slots and not clause.says_any(NEVER):
        return False
    return any(_wears(clause, at) for at in range(len(clause.tokens)))


def without_purpose(message: Message) -> Message:
    """The message without what some pieces are for: "make it two, one is a gift"."""
    if not message.says_any(GIFTS):
        return message
    for at in range(1, len(message.tokens)):
        if message.tokens[at - 1].pause and _tells_purpose(message, at):
            return message.without(at, len(message.tokens))
    return message


def _tells_purpose(message: Message, start: int) -> bool:
    """Whether the words to the end say what a number of pieces is for: "moja ni zawadi"."""
    counted = [f for f in message.slots.finds if f.slot == "quantity" and f.start == start]
    if len(counted) != 1:
        return False
    behind = message.tokens[counted[0].end :]
    texts = [token.text for token in behind]
    told = texts[:1] in (["ni"], ["is"]) and bool(GIFTS & set(texts))
    return told and not any(token.pause for token in behind[:-1])


def _wears(clause: Message, at: int) -> bool:
    """Whether a verb tells a habit of wearing: "huvaa", "usually wear"."""
    token = clause.tokens[at]
    if token.tags.isdisjoint(DOING) and token.text != "go":
        return False
    worn = "~try_on" in token.tags and token.text.startswith("hu")
    return worn or clause.says_any(HABIT | NEVER)
