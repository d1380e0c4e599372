"""Strips "before that" and "kabla ya hapo": a time, and no piece: "wait, before that remove it"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.hesitating import puts_off

PHRASES = (
    ("before", "that"), ("before", "this"), ("before", "i", "pay"), ("before", "we", "pay"),
    ("before", "paying"), ("kabla", "ya", "hapo"), ("kabla", "ya", "hiyo"), ("kabla", "ya", "hilo"),
    ("kabla", "ya", "kulipa"), ("kabla", "sijalipa"), ("before", "sijalipa"),
    ("kabla", "ya", "anuani"), ("kabla", "ya", "address"), ("kabla", "ya", "location"),
    ("before", "the", "address"), ("before", "address"), ("before", "delivery"),
)  # fmt: skip
BUT = word_set("moods", "but")
NOT_YET = re.compile(r"(?:si|hu|ha|hatu|ham|hawa)ja[a-z]{2,}")  # "kabla sijatoa anuani"
OPENERS = ("@stopword", "@ok", "@yes", "@hello", "~wait")
DOERS = frozenset(("i", "we", "you", "u"))
EDITING = ("~remove", "~change", "~add", "~put", "~take", "~reduce", "~give")


def without_before_that(message: Message) -> Message:
    """The message without the time, where more than that is said."""
    if not message.says("before", "kabla"):
        return message
    texts = tuple(token.text for token in message.tokens)
    for phrase in PHRASES:
        for at in range(len(texts) - len(phrase) + 1):
            if texts[at : at + len(phrase)] != phrase:
                continue
            named = any(find.start == at + len(phrase) for find in message.slots.finds)
            if not named:
                rest = message.without(at, at + len(phrase))
                return rest if rest.tagged(*EDITING) or rest.slots.finds else message
    return _without_time(message)


def _without_time(message: Message) -> Message:
    """The message without a time told up to a pause: "kabla sijatoa anuani, …", "before I go, …".

    What follows it must edit, and the time must name no piece.
    """
    tokens = message.tokens
    for at in range(len(tokens) - 1):
        done = tokens[at + 1].text
        if tokens[at].text not in ("before", "kabla"):
            continue
        changes = _changes_mind(tokens[at + 1 : at + 3])
        if done not in DOERS and not NOT_YET.fullmatch(done) and not changes:
            continue
        end = next((i + 1 for i in range(at + 1, len(tokens)) if tokens[i].pause), len(tokens))
        opens = all(not token.tags.isdisjoint(OPENERS) for token in tokens[:at])
        opens = opens or bool(tokens[at - 1].pause)
        if not opens and end < len(tokens):
            continue
        named = any(at <= find.start < end for find in message.slots.finds)
        rest = message.without(at, end)
        if not named and rest.slots.finds and rest.tagged(*EDITING):
            return rest
        hurries = changes and not named and rest.tagged("~pay")
        if hurries and not (message.asks or message.says_any(BUT) or puts_off(message)):
            return rest  # "nataka kulipa kabla hajabadilisha tena"
    return message


def _changes_mind(behind: Sequence[Token]) -> bool:
    """Whether "before" is of a change to come: "before nibadilishe tena", "before I change …"."""
    tags = [token.tags for token in behind]
    if not behind or (behind[0].text in DOERS and len(behind) < 2):
        return False
    told = tags[1] if behind[0].text in DOERS else tags[0]
    own = behind[0].text in DOERS or behind[0].text.startswith(("ni", "tu"))
    return "~!change" in tags[0] or (own and "~change" in told)
