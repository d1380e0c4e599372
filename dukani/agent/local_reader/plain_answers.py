"""Tells the messages that leave nothing to a mind: a whole message that is "yes", "2" or "asante".

Such words mean one thing, and whatever they do to a payment is decided by this machine's reader
anyhow. More than half of a sale's messages are of this kind: each saves a second, and a call.
"""

from __future__ import annotations

from dukani.agent.lexicon.tokens import Token, normalise, tokenise
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.which_reading import which_reading
from dukani.domain.context import TurnContext

LONGEST = 40  # characters; a longer message says more than one thing
COURTEOUS = frozenset(("@yes", "@ok", "@no", "@thank", "@hello"))
TO_WRITE = word_set("moods", "to_write")  # what the assistant's own replies ask customers to write


def is_plain_answer(text: str, context: TurnContext) -> bool:
    """Whether the reader of this machine is sure of the whole message in this context.

    An address may be any words, so nothing is plain where one is awaited; but the number of one of
    the edits asked about is.
    """
    if context.question == "reading" and which_reading(text):
        return True
    if len(text) > LONGEST or context.step == "awaiting_delivery_address":
        return False
    if normalise(text).strip() in {normalise(choice) for choice in context.choices}:
        return True
    tokens = tokenise(text)
    if any(token.asked for token in tokens):
        return False
    if len(tokens) == 1 and _says_what_was_asked(tokens[0], context):
        return True
    return bool(tokens) and all(not token.tags.isdisjoint(COURTEOUS) for token in tokens)


def _says_what_was_asked(token: Token, context: TurnContext) -> bool:
    if token.text in TO_WRITE:
        return True
    # At the question for a size or a number of pieces, a bare number may be meant in many ways.
    shown = context.options if context.question in (None, "which") else ()
    return any(token.text == str(option.number) for option in shown)
