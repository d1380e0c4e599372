"""Shows what there is for somebody, where no kind is told: "something for my two boys?"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message, read_message
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.agent.local_reader.parsing.whom_words import whom_words
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

PRESENTS = word_set("shopping", "presents")
WHAT = word_set("shopping", "what_there_is")
_SAYS_NO_KIND = (a.Unclear, a.Remark, a.Greeting, a.More, a.Thanks)


def anything_for(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, with a search where only persons were told of and something is wished for them.

    "Looking for a gift for my dad", "anything for kids?", "mna nini kwa wanaume?".
    """
    others = [act for act in acts if not isinstance(act, a.SetWearer)]
    if not all(_says_no_kind(act, text) for act in others):
        return list(acts)
    message = read_message(text, context)
    whom = whom_words(message.tokens)
    told = len(others) < len(acts) or whom is not None
    if not told or context.cart or something_shown(message) or not _wishes(message):
        return list(acts)
    kept = [act for act in acts if isinstance(act, a.SetWearer | a.Greeting)]
    return [*kept, a.Search(text=whom)]


def _says_no_kind(act: a.Act, text: str) -> bool:
    """Whether the act tells of no piece: nor a question or search by all of the words, unread."""
    unread = isinstance(act, a.Search) and act.text is not None and act.text == text.strip()
    return unread or isinstance(act, _SAYS_NO_KIND) or act == a.AskShop(topic="other")


def _wishes(message: Message) -> bool:
    """Whether something is wished for: "something", "a gift", "what do you have"."""
    said = {token.text for token in message.tokens}
    things = any(token.kind == "garment" for token in message.tokens)
    return (
        things
        or not said.isdisjoint(PRESENTS)
        or (not said.isdisjoint(WHAT) and message.has("have"))
    )
