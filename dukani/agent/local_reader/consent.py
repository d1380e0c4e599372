"""Reads consent words (opt-out, opt-in): STOP, ACHA, START, ANZA. Always deterministic.

"Stop promotions" is less than STOP: a message about promotions and no other messages ends only
the promotions.

`consent_said` reads a text by itself, without the rest of this package.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from dukani.agent.lexicon.tokens import Token, tokenise
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.cues import Cue, find_cues
from dukani.domain.acts import Act, OptIn, OptOut, StopPromotions, WantPromotions
from dukani.domain.context import TurnContext

Consent = Literal["opt_out", "opt_in", "stop_promotions", "want_promotions"]
ACT_OF: dict[Consent, Act] = {
    "opt_out": OptOut(),
    "opt_in": OptIn(),
    "stop_promotions": StopPromotions(),
    "want_promotions": WantPromotions(),
}
PROMOTIONS = word_set("consent", "promotions")
ALL_MESSAGES = word_set("consent", "all_messages")
KEEP_GOING = word_set("consent", "keep_going")  # "don't stop", "usiache": the stop is denied
SENDING = ("send", "message", "text")
LETS_BE = word_set("consent", "lets_be")
HESITATING = frozenset(("hmm", "hm", "mmh", "mmm"))
SHOPPING_STOP = frozenset(("~show", "~give", "showing"))
OF_PIECES = ("@this", "@category", "@colour", "@pattern")
LOOKS = ("colour", "pattern")
IS_TO_STAY = re.compile("(?:i|zi|li|ya|vi|ki|u)(?:kae|we|baki|ende)")  # "ikae", "ziwe"


def says_stop(text: str) -> bool:
    """Whether a message, read by itself, opts out of all messages or of promotions."""
    return consent_said(text) in ("opt_out", "stop_promotions")


def consent_said(text: str) -> Consent | None:
    """The consent word of a message read by itself, if there is one."""
    tokens = tokenise(text)
    return consent(tokens, find_cues(tokens), TurnContext(step="opted_out"))


def consent(tokens: Sequence[Token], cues: dict[str, Cue], context: TurnContext) -> Consent | None:
    """The consent word of a message in its dialogue context, if there is one."""
    promotions = _speaks_of_promotions(tokens)
    if _opts_out(tokens, cues, context):
        return "stop_promotions" if promotions else "opt_out"
    if _opts_in(tokens, cues, context):
        return "want_promotions" if promotions else "opt_in"
    return None


def _speaks_of_promotions(tokens: Sequence[Token]) -> bool:
    """Whether only promotions are meant: "acha matangazo", not "stop all messages and offers"."""
    told = [token.text for token in tokens]
    general = [
        at
        for at, word in enumerate(told)
        if word in ALL_MESSAGES and not _is_of_promotions(told, at)
    ]
    return not PROMOTIONS.isdisjoint(told) and not general


def _is_of_promotions(told: Sequence[str], at: int) -> bool:
    """Whether the messages named are promotions: "promo messages", "ujumbe wa matangazo"."""
    before = told[at - 1 : at] if at else []
    behind = told[at + 1 : at + 3]
    of = len(behind) == 2 and behind[0] in ("wa", "za", "ya", "of", "about")
    return not PROMOTIONS.isdisjoint(before) or (of and behind[1] in PROMOTIONS)


def _opts_out(tokens: Sequence[Token], cues: dict[str, Cue], context: TurnContext) -> bool:
    """Whether the words are an opt-out: not "stop showing blue", not "don't stop"."""
    cue = cues.get("opt_out")
    if cue is None or ("opt_in" in cues and not _denied_sending(tokens)):
        return False
    if cue.start and cue.length == 1 and "deny" in cues:
        return False  # "hapana, acha" says no to the assistant's question
    if cue.length == 1 and any(token.text in HESITATING for token in tokens[: cue.start]):
        return False  # "hmm, acha" thinks over what the assistant asked
    if _pays_out(tokens, cue) or _lets_me(tokens, cue) or _leaves_the_order(tokens, cue, context):
        return False
    before = {token.text for token in tokens[max(0, cue.start - 2) : cue.start]}
    if before & KEEP_GOING and tokens[cue.start].text not in SENDING:
        return False
    words = tokens[cue.start : cue.end]
    shopping = any(not token.tags.isdisjoint(SHOPPING_STOP) for token in words)
    only_removing = tokens[cue.start].text == "ondoa" and bool(context.cart)
    return not shopping and not _stops_showing_pieces(tokens, cue) and not only_removing


def _pays_out(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether "nitoe" gives money, and takes nobody off: "leta prompt nitoe", "tuma nitoe"."""
    before = tokens[: cue.start]
    brought = any(not token.tags.isdisjoint(("@prompt", "~send", "~bring")) for token in before)
    return brought and cue.length == 1 and tokens[cue.start].text == "nitoe"


def _lets_me(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether "acha" means "let": "wacha nitume location", "wacha ikae white, tuma tena"."""
    behind = tokens[cue.start + 1 : cue.start + 2]
    let = tokens[cue.start].text in ("acha", "wacha", "ngoja")
    mine = any(t.verb is not None and t.text.startswith(("ni", "tu")) for t in behind)
    return let and (mine or any(IS_TO_STAY.fullmatch(token.text) for token in behind))


def _leaves_the_order(tokens: Sequence[Token], cue: Cue, context: TurnContext) -> bool:
    """Whether "acha tu", "acha bana" let an order be, not the messages; "acha" alone opts out."""
    behind = [token.text for token in tokens[cue.end :]]
    ordering = bool(context.cart) or context.has_order
    leaves = ordering and cue.length == 1 and tokens[cue.start].text == "acha"
    return leaves and bool(behind) and LETS_BE.issuperset(behind)


def _stops_showing_pieces(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether only pieces are to stop, not messages: "stop sending red ones"."""
    looks = cue.end < len(tokens) and tokens[cue.end].kind in LOOKS
    return looks and not any("@msg" in token.tags for token in tokens)


def _denied_sending(tokens: Sequence[Token]) -> bool:
    tags = frozenset(("~!send", "~stop", "~!want", "~!disturb", "dont", "not", "no"))
    return any(not token.tags.isdisjoint(tags) for token in tokens)


def _opts_in(tokens: Sequence[Token], cues: dict[str, Cue], context: TurnContext) -> bool:
    """Whether the words are an opt-in; "anza" and "start" alone only after an opt-out."""
    if "back" in cues and context.options:
        return False  # "nirudishe kwenye list", of pieces
    back = any(token.text.endswith("nirudishe") for token in tokens)
    pointed = any(not token.tags.isdisjoint(OF_PIECES) for token in tokens)
    of_messages = any("@msg" in token.tags for token in tokens) or _speaks_of_promotions(tokens)
    if back and pointed and context.cart and not of_messages:
        return False  # "nirudishe ile chiffon", into the cart
    return "opt_in" in cues and ("start_over" not in cues or context.step == "opted_out")
