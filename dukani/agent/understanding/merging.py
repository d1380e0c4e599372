"""The acts of several sentences as those of one message."""

from __future__ import annotations

from dukani.agent.acts import Act
from dukani.agent.understanding.acts_of import Acts, act, kinds

SAID_BETTER = frozenset(("greeting", "thanks", "unclear"))
WEAK = frozenset(("affirm", "deny", "cancel"))
VARIANT = ("size", "colour", "quantity")


def merged(parts: list[Acts]) -> Acts:
    """The sentences' acts as one list; what two sentences say of one act comes together."""
    acts: Acts = []
    for part in parts:
        for one in part:
            _join(acts, one)
    return acts


def _join(acts: Acts, one: Act) -> None:
    if one.kind == "correction":
        _overrule(acts, one)
    for index, earlier in enumerate(acts):
        apart = not set(earlier.slots()) & set(one.slots())
        if earlier.kind == one.kind and (apart or earlier == one):
            acts[index] = earlier.model_copy(update=one.slots())
            return
    acts.append(one)


def _overrule(acts: Acts, correction: Act) -> None:
    """What an earlier sentence said and this one takes back carries the new values."""
    for index, earlier in enumerate(acts):
        if earlier.kind == "set_variant":
            said = {k: v for k, v in correction.slots().items() if k in VARIANT}
            acts[index] = act("set_variant", **said)


def tidy(acts: Acts) -> Acts:
    """Without pleasantries and yes or no beside a real act."""
    real = [one for one in acts if one.kind not in SAID_BETTER]
    if "set_variant" in kinds(real):  # "size? medium": asked and answered by herself
        real = [one for one in real if one != act("ask_availability")]
    if not real:
        return acts[:1] or [act("unclear")]
    if kinds(real) <= WEAK or "checkout" in kinds(real):
        return real
    return [one for one in real if one.kind not in ("affirm", "deny")] or real
