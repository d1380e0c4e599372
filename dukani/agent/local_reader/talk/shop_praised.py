"""Leaves out praise of what the shop has: "nguo ziko moto, nataka …", "your clothes are fire!"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message

WARES = word_set("remarks", "wares")  # "nguo", "clothes", "page"
ARE = word_set("remarks", "they_are")  # "ziko", "are"
PRAISE = word_set("remarks", "praise") | {  # these may be names of pieces elsewhere
    "moto", "hot", "lit", "balaa", "tamu", "amazing", "gorgeous", "stunning",
}  # fmt: skip
BEHIND = word_set("remarks", "behind_praise")  # "sana", "kabisa"
WHOSE = frozenset(("your", "ur", "zenu", "yenu", "vyenu", "lenu", "the", "zako", "yako", "vyako"))
WISHING = ("~want", "~give", "~take", "~buy", "~add", "~order", "~show", "~put", "~search")


def without_praise(message: Message) -> Message:
    """The message without such words, where a wish stands beside them."""
    for at in range(len(message.tokens)):
        if (end := _praised_to(message, at)) is None:
            continue
        start = at - (at > 0 and message.tokens[at - 1].text in WHOSE)
        rest = message.without(start, end)
        return rest if rest.slots.finds and rest.tagged(*WISHING) else message
    return message


def _praised_to(message: Message, at: int) -> int | None:
    """Where the praise that begins here ends; None where none does."""
    texts = [token.text for token in message.tokens]
    if texts[at] not in WARES:
        return None
    here = at + 1 + (texts[at + 1 : at + 2] != [] and texts[at + 1] in WHOSE)
    if here >= len(texts) or texts[here] not in ARE:
        return None
    here += 1
    here += here < len(texts) and texts[here] in BEHIND  # "so nice", "very nice"
    if here >= len(texts) or texts[here] not in PRAISE or message.tokens[here].asked:
        return None
    here += 1
    while here < len(texts) and texts[here] in BEHIND and not message.tokens[here - 1].pause:
        here += 1
    return here
