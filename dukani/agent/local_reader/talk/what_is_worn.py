"""Tells where a person takes or wears something: "gets the red one"; not "gets paid on friday"."""

from __future__ import annotations

import re

from dukani.agent.lexicon.tables import WORDS

_VALUED = ("colour", "category", "garment", "size", "size_word", "number")
_SAID = "|".join(
    re.escape(word)
    for word in sorted((w for w, entry in WORDS.items() if entry.kind in _VALUED), key=len)[::-1]
)
_NO_PIECE = (
    r"(?:care|call|rest|break|bath|nap|loan|salary|look|while|bus|matatu|ride|job|time|money|turn)"
)
# An article, a count, a value, or what points at a piece
A_PIECE = (
    rf"(?:(?:the|an?|some) (?!{_NO_PIECE}\b)|(?:my|your) (?:size|old)\b|\d|x*[sml]\b"
    r"|(?:it|them|this|that|these|those|both|another|same|size|saizi|in|one|ones|also|too)\b"
    r"|(?:ya|za|la|cha|vya|hii|hiyo|hizi|hizo|ile|zile|hilo|pia)\b"
    rf"|(?:{_SAID})\b)"
)
A_SIZE = r"(?:(?:an?|the) (?:size )?(?:\d|x*[sml]\b|large|medium|small)|size\b)"
# What follows a person who wears it, in English
WEARS_IT = (
    rf"(?:(?:takes|gets|will (?:have|get)) {A_PIECE}|will take (?!(?:the |an? )?{_NO_PIECE}\b)"
    r"|wants? (?!to\b)"
    rf"|(?:needs?|will need) (?!to\b)|(?:will )?wears?\b|would like an?\b|is {A_SIZE})"
)
