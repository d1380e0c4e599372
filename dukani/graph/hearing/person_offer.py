"""Reads the answer to "would you like to talk to a person?". Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.wording.people import CALL_PERSON, GO_ON
from dukani.core.store.messages import Message
from dukani.domain.acts import Act, Confirm, Decline, Greeting, Handoff, Remark, Thanks, Unclear
from dukani.graph.happenings import GoOn

_COURTESY = (Thanks, Greeting, Remark, Unclear)  # acts beside a yes or a no that do not change it


def answer_to_offer(
    acts: Sequence[Act], written: Sequence[Message], *, offered: bool
) -> Handoff | GoOn | None:
    """A person is called by a yes or the button; a no, or its button, goes on. Else None.

    Anything else that was understood beside it is what the customer wants, and goes on by itself.
    """
    tapped = {message.payload.get("row_id") for message in written}
    if CALL_PERSON in tapped:
        return Handoff(evidence="misunderstood")
    if not offered:
        return None
    answers = {type(act) for act in acts if not isinstance(act, _COURTESY)}
    if answers == {Confirm}:
        return Handoff(evidence="misunderstood")
    return GoOn() if GO_ON in tapped or answers == {Decline} else None
