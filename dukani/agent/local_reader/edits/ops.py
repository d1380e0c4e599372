"""Tells which word of a message is a command on the order: to remove, keep, add or set."""

from __future__ import annotations

from typing import Literal

from dukani.agent.local_reader.edits.words import DROP, JOINERS, KEEP, SET_TO
from dukani.agent.local_reader.parsing.message import Message

Op = Literal["remove", "keep", "add", "fewer", "set", "take", "view"]
OPS: dict[Op, tuple[str, ...]] = {
    "remove": ("~remove", "~cancel"),
    "add": ("~add",),
    "fewer": ("~reduce",),
    "set": ("~change",),
    "take": ("~take", "~want", "~give", "~buy", "~put", "~like", "~choose"),
}
TIMES = frozenset(("double", "triple"))
OFF = frozenset(("off", "out", "away"))
LET = 7  # words from "let" to its "be"
TAKEN = 6  # words from "take" to its "off"


def op_at(message: Message, at: int) -> Op | None:
    """The command at this word, if it is one."""
    token = message.tokens[at]
    if token.text in KEEP or _spares(message, at):
        return "keep"
    if token.text in SET_TO and token.text != "be":
        return "set"
    if token.text in DROP or _takes_off(message, at):
        return "remove"
    if _gets_instead(message, at):
        return "take"
    if token.text in TIMES or _does_so_many(message, at) or _lets_be(message, at):
        return "set"
    if "~show" in token.tags and any("@cart" in later.tags for later in message.tokens[at:]):
        return "view"
    return next((op for op, tags in OPS.items() if not token.tags.isdisjoint(tags)), None)


def _spares(message: Message, at: int) -> bool:
    """Whether this word says not to take out: "pochi usiitoe"; not the "dont" of "dont remove"."""
    text = message.tokens[at].text
    return text.startswith(("usi", "msi", "tusi")) and text.endswith(("toe", "ondoe", "ondolee"))


def _does_so_many(message: Message, at: int) -> bool:
    """Whether "do" sets a count: "drop the polo and do two linen"."""
    following = message.tokens[at + 1 : at + 2]
    counted = bool(following) and following[0].kind == "number"
    return at > 0 and message.tokens[at].text == "do" and counted


def _lets_be(message: Message, at: int) -> bool:
    """Whether something is let be otherwise: "let one of the blacks be XL", "should be XL"."""
    texts = [token.text for token in message.tokens[at : at + LET]]
    if texts[0] == "should":
        return texts[1:2] == ["be"]
    before_pause = next((n + 1 for n, t in enumerate(message.tokens[at:]) if t.pause), LET)
    return texts[0] == "let" and "be" in texts[2:before_pause]


def _gets_instead(message: Message, at: int) -> bool:
    """Whether "get" takes a piece for what is removed before: "lose both and get a red one"."""
    tokens = message.tokens
    if at < 2 or tokens[at].text != "get" or tokens[at - 1].text not in JOINERS:
        return False
    return any("~remove" in t.tags or t.text in DROP for t in tokens[: at - 1])


def _takes_off(message: Message, at: int) -> bool:
    """Whether "off" or "out" goes with this "take": "take the orange bag off"."""
    if message.tokens[at].text != "take":
        return False
    for here in range(at, min(at + TAKEN, len(message.tokens))):
        if message.tokens[here].text in OFF:
            return True
        if message.tokens[here].pause or message.tokens[here].text in JOINERS:
            return False
    return False


def commands_in(clause: Message) -> set[Op]:
    """The commands that change the order."""
    given = (op_at(clause, at) for at in range(len(clause.tokens)))
    return {op for op in given if op in ("remove", "add", "fewer", "keep", "set")}
