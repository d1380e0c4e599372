"""Knows words of readiness, which name no place: "niko set kulipa", "mimi niko chonjo, nalipa"."""

from __future__ import annotations

import re

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.words import known_exactly
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.addresses import PLACE_WORDS
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.only_said import says_only
from dukani.domain import acts as a

READY = word_set("moods", "ready")  # "set", "tayari", "chonjo"
WELL = word_set("moods", "well")  # "sawa": ready only beside a word of paying
BESIDE_READY = word_set("moods", "beside_ready")
NOT = word_set("moods", "not_ready")  # "not", "sijawa"
SI = frozenset(("si", "sio", "siyo"))  # "si tayari"; "si niko tayari" is a yes
TO_COME = word_set("moods", "ready_then")  # "tell me when ready"
BESIDE_TAGS = ("~pay", "@stopword", "@ok", "@yes", "@thank")
NEARNESS = frozenset(("karibu", "near", "next", "mbele", "juu", "off", "along", "between"))
BEING = re.compile(r"\b(?:niko|nipo|nko|tuko|tupo|i(?:'?m| am) at)\b", re.IGNORECASE)
# "Nipeleke kwa malipo" brings nothing to a place
TO_PAYMENT = re.compile(
    r"(?:(?:basi|ok(?:ay)?|okey|sawa|haya|sasa|now|so|please|tafadhali|naomba|alright|fine)[\s,.]+)*"
    r"(?:(?:ni|tu)?(?:pelekee?|pelekeni|elekeze)|(?:take|bring|get|direct|move) me)"
    r"\s+(?:(?:to|kwa|kwenye|hadi|mpaka|straight|moja kwa moja|the|ku)\s+)*"
    r"(?:malipo|kulipa|lipa|payments?|check-?out|pay)"
    r"(?:[\s,.!]+(?:sasa|now|please|pls|tafadhali|basi|tu|yangu|page|haraka|then|asante|thanks))*"
    r"[\s.!]*",
    re.IGNORECASE,
)
STEPS = ("cart_updated", "awaiting_delivery_address")


def ready_to_pay(message: Message) -> list[a.Act]:
    """Checkout where all that is said is that she is ready: "niko set", "nipeleke kwa malipo"."""
    if not message.context.cart or message.asks:
        return []
    if TO_PAYMENT.fullmatch(message.raw.strip()):
        return [a.Checkout()]
    if message.context.step not in STEPS:
        return []
    texts = {token.text for token in message.tokens}
    pays = message.tagged("~pay")
    ready = texts & READY or (pays and texts & WELL)
    being = len(texts) > 1 or message.context.step == "awaiting_delivery_address"
    if not_ready(message) or message.tagged("~pay+"):
        return []  # "tayari nimelipa": paid already
    only_that = says_only(message, READY | WELL | BESIDE_READY, BESIDE_TAGS)
    return [a.Checkout()] if ready and being and only_that else []


def not_ready(message: Message) -> a.Act | None:
    """What is meant by a readiness still to come: "I'm not ready", "ready tomorrow"."""
    if not message.says_any(READY):
        return None
    texts = [token.text for token in message.tokens]
    for at, text in enumerate(texts):
        before = texts[max(0, at - 2) : at]
        if text in READY and (NOT.intersection(before) or SI.intersection(before[-1:])):
            return a.Decline()
    return a.Remark() if message.says_any(TO_COME) or message.tagged("@day") else None


def is_a_state(message: Message, place: str) -> bool:
    """Whether "niko …" tells how she is, and not where: "niko set kulipa", "niko mbioni, nalipa".

    A wish to pay beside one small word that names no known place: where it is a place after all,
    it is asked for.
    """
    words = words_of(place)
    if any("@place" in t.tags for t in message.tokens if t.text in words):
        return False
    if len(words) == 1 and message.tagged("~pay") and BEING.search(message.raw):
        small = place == place.lower() and place.isalpha()
        return small and (place not in PLACE_WORDS or place in NEARNESS)
    return all(known_exactly(word) and word not in PLACE_WORDS for word in words)
