"""Checks of a dialogue on its step, opt-out, handoff and number of replies. Pure."""

from __future__ import annotations

from typing import Any

from dukani.evals.checks.differences import either, listed, unequal
from dukani.evals.checks.moment import Moment
from dukani.evals.dialogue_file import event_called
from dukani.evals.steps import names_of, own_names_of


def step(expected: Any, moment: Moment) -> str | None:
    names = names_of(moment.standing.conversation.step)
    if set(names).intersection(listed(expected)):
        return None
    return f"should be {either(expected)}, is {names[0]}"


def step_not(expected: Any, moment: Moment) -> str | None:
    """`payment` means an open prompt here, and `payment_failed` a failed one."""
    names = own_names_of(moment.standing.conversation.step)
    wrong = set(names).intersection(listed(expected))
    return f"is {either(sorted(wrong))}" if wrong else None


def opted_out(expected: Any, moment: Moment) -> str | None:
    stopped = not moment.standing.may_answer
    return unequal(stopped, expected, stopped, expected)


def handed_off(expected: Any, moment: Moment) -> str | None:
    away = moment.standing.handed_off
    return unequal(away, expected, away, expected)


def silent(expected: Any, moment: Moment) -> str | None:
    quiet = not moment.said
    if quiet is bool(expected):
        return None
    return "nothing was sent" if quiet else f"{len(moment.said)} messages were sent"


def replies(expected: Any, moment: Moment) -> str | None:
    return silent(not expected, moment)


def silent_after(expected: Any, moment: Moment) -> str | None:
    """No text of the assistant from the event until the conversation is handed back."""
    event = event_called(str(expected)) or str(expected)
    if not moment.story.happened(event):
        return f"{event} did not happen"
    said = moment.story.said_after(event)
    return f"{len(said)} messages were sent after it: {said[0]}" if said else None


def most_messages(expected: Any, moment: Moment) -> str | None:
    count = len(moment.said)
    return f"{count} messages were sent, at most {expected} may be" if count > expected else None


def most_after_opt_out(expected: Any, moment: Moment) -> str | None:
    count = moment.story.after_opt_out
    return f"{count} messages after the opt-out, at most {expected}" if count > expected else None
