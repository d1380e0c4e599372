"""Hears a yes to the total in a wish for the prompt: "iko poa, leta prompt", "send the prompt"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.hesitating import hesitates
from dukani.domain import acts as a

ONCE_MORE = word_set("payments", "once_more")
BRINGING = word_set("moods", "bringing")
BESIDE = (
    word_set("moods", "in_order")
    | word_set("delivery", "agreed")
    | word_set("moods", "beside_prompt")
)
BESIDE_TAGS = (
    "@ok", "@yes", "@stopword", "@thank", "@hello", "@this", "@prompt", "@order", "@cart", "@all",
)  # fmt: skip
GIVING = frozenset(("nipe", "nipee", "nipatie", "nipeni", "give", "gimme"))
NUMBERS = frozenset(("number", "namba", "phone", "simu"))
OWN = frozenset(("my", "yangu", "this", "hii"))
NEAR = 3  # words from the verb to the prompt: "leta tu hiyo prompt"


def wants_the_prompt(message: Message) -> list[a.Act]:
    """Confirm where the total is shown and only the prompt for it is wanted.

    Not "leta prompt kesho", nor "leta prompt lakini toa belt".
    """
    if message.context.step != "awaiting_confirmation" or not _brings(message):
        return []
    if message.slots.finds or "?" in message.raw or hesitates(message):
        return []
    if message.tagged("@no", "@day", "@number") or message.has("deny"):
        return []
    if message.says_any(ONCE_MORE) or _asks_for_a_number(message):
        return []
    only_that = all(
        token.text in BESIDE | BRINGING or not token.tags.isdisjoint(BESIDE_TAGS)
        for token in message.tokens
    )
    return [a.Confirm()] if only_that else []


def _brings(message: Message) -> bool:
    """Whether a verb of bringing has a prompt near behind it: "leta tu hiyo prompt"."""
    prompts = [at for at, token in enumerate(message.tokens) if "@prompt" in token.tags]
    return any(
        token.text in BRINGING and any(at < prompt <= at + NEAR for prompt in prompts)
        for at, token in enumerate(message.tokens)
    )


def _asks_for_a_number(message: Message) -> bool:
    """Whether the shop's number is wanted: "nipe mpesa yako", "send me the mpesa number"."""
    texts = {token.text for token in message.tokens}
    given = bool(texts & GIVING) and "mpesa" in texts
    return given or bool(texts & NUMBERS and not texts & OWN)
