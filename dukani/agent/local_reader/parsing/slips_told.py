"""Reads "saizi niliyotaja sio, weka L" as a slip: "nilikosea saizi, weka L"."""

from __future__ import annotations

import re
from dataclasses import replace

from dukani.agent.lexicon.tokens import COMMA, Token, tokenise

OF_A_PIECE = frozenset(("saizi", "size", "namba", "number", "rangi", "colour", "color", "kalasi"))
TOLD = re.compile(
    r"(?:ni)?li(?:yo|zo|lo|cho|vyo|o)"
    r"(?:taja|sema|andika|chagua|toa|tuma|type|weka|pick|omba|kupa|wapa|tag)(?:ni)?"
)
NOT = frozenset(("si", "sio", "siyo"))
RIGHT = frozenset(("hiyo", "hio", "yenyewe", "sahihi", "sawa", "poa", "kweli"))
SLIP = tokenise("nilikosea")


def with_slip_told(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with "nilikosea" for what was told and is not so.

    A value behind "sio" is what is denied, and stays: "saizi niliyotaja sio M".
    """
    for at in range(len(tokens) - 3):
        which, told, denial, behind = tokens[at : at + 4]
        if which.text not in OF_A_PIECE or not TOLD.fullmatch(told.text) or denial.text not in NOT:
            continue
        end = at + 4 if behind.text in RIGHT and not denial.pause else at + 3
        last = tokens[end - 1]
        verb = end < len(tokens) and any(tag.startswith("~") for tag in tokens[end].tags)
        if end == at + 4 or last.pause or verb:
            slip = (*SLIP, replace(which, pause=COMMA))
            return (*tokens[:at], *slip, *tokens[end:])
    return tokens
