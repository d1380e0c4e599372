"""Reads how a piece fitted: "the M was too tight", "ile dress ya mwisho ilinibana"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.price_told import PRICES
from dukani.agent.local_reader.talk.told_words import size_at, verb_of, words_for
from dukani.domain import acts as a

Fit = Literal["too_small", "right", "too_large"]
_ADJECTIVES: dict[Fit, frozenset[str]] = {
    "too_small": words_for("small"), "too_large": words_for("large"),
}  # fmt: skip
_SMALL, _LARGE = verb_of("small_verbs", "li|me|na"), verb_of("large_verbs", "li|me|na")
_RIGHT = verb_of("right_verbs", "li|me")
_WELL, _WAS, _LAST = words_for("right"), words_for("was"), words_for("last")
_ON_ME, _DEAR, _ASKING = words_for("on_me"), words_for("dear"), words_for("questioning")
_FITTED = frozenset(("fit", "fits", "fitted", "ilinifit", "imenifit", "zilinifit"))
_GETTING = frozenset(
    ("get", "getting", "bring", "send", "pack", "add", "find", "sort", "do", "put")
)
_MUCH = frozenset(("too", "so", "very", "sana", "mno"))


def fit_told(tokens: Sequence[Token], *, another: bool = False) -> a.TellSize | None:
    """What a part of a message tells of how a piece fitted; None: nothing.

    `another`: another size is said behind, so that "32 ni ndogo" is no wish for a small one.
    """
    texts = {token.text for token in tokens} | {w for t in tokens for w in t.text.split()}
    if texts & (_DEAR | PRICES) or any(token.asked for token in tokens) or texts & _ASKING:
        return None
    fit, plainly = _fit(tokens, texts)
    if fit is None:
        return None
    size = _size(tokens, fit)
    before = bool(texts & (_WAS | _LAST)) or plainly == "past"
    given = _asks_for_it(tokens)
    felt = plainly or (texts & _ON_ME and not given)
    much = bool(texts & (_MUCH - {"so"} if given else _MUCH)) or (another and not given)
    if not (felt or (texts & _WAS) or (much and (size or len(tokens) <= 3 or texts & _LAST))):
        return None
    kinds = [token.value for token in tokens if token.kind == "category"]
    return a.TellSize(
        target=a.Target(category=kinds[0] if kinds else None),
        size=size,
        fit=fit,
        before=before,
    )


def _asks_for_it(tokens: Sequence[Token]) -> bool:
    """Whether "me" is whom it is for: "so give me four in large", "get me a large"."""
    gets = any(
        one.text in _GETTING and other.text in ("me", "us")
        for one, other in itertools.pairwise(tokens)
    )
    return gets or any("~give" in token.tags for token in tokens)


def _fit(tokens: Sequence[Token], texts: set[str]) -> tuple[Fit | None, str]:
    """(how it fitted, "past" or "now" where a verb says so of the customer herself)."""
    for token in tokens:
        for fit, verb in (("too_small", _SMALL), ("too_large", _LARGE), ("right", _RIGHT)):
            found = verb.fullmatch(token.text)
            if found and (fit != "right" or texts & _WELL or found["me"]):
                past = found["tense"] != "na"
                told = "past" if past else "now" if found["me"] else ""
                return fit, told  # type: ignore[return-value]
    if texts & _FITTED and texts & _WELL:
        return "right", "past"
    if texts & _WAS and texts & {"perfect", "sawa", "poa", "fiti"} and texts & (_ON_ME | {"size"}):
        return "right", "past"
    fits: list[Fit] = [fit for fit, words in _ADJECTIVES.items() if texts & words]
    return (fits[0], "") if len(fits) == 1 else (None, "")


def _size(tokens: Sequence[Token], fit: Fit) -> str | None:
    """The size that fitted so; the adjective itself is none: "the M was too small"."""
    for at, token in enumerate(tokens):
        adjective = any(word in _ADJECTIVES.get(fit, ()) for word in token.text.split())
        if adjective and token.kind == "size_word":
            continue
        said = size_at(tokens, at)
        if said is not None:
            return said[0]
    return None
