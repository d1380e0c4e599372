"""Parses a message and leaves out what is no wish: conditions, hearsay, reasons, promises."""

from __future__ import annotations

from dukani.agent.local_reader.edits.let_be import without_letting
from dukani.agent.local_reader.edits.size_of_all import without_size_of_all
from dukani.agent.local_reader.edits.sums_of_counts import without_sum_of_counts
from dukani.agent.local_reader.edits.supposing import without_condition
from dukani.agent.local_reader.parsing.message import Message, read_message
from dukani.agent.local_reader.talk.asked_for import as_wish
from dukani.agent.local_reader.talk.before_that import without_before_that
from dukani.agent.local_reader.talk.changed_mind import without_changed_mind
from dukani.agent.local_reader.talk.colours_matched import without_match_told
from dukani.agent.local_reader.talk.compared_to import without_comparison
from dukani.agent.local_reader.talk.fallback import without_fallback
from dukani.agent.local_reader.talk.had_enough import without_what_is_enough
from dukani.agent.local_reader.talk.judged import without_judgement
from dukani.agent.local_reader.talk.left_as_it_is import without_what_stays
from dukani.agent.local_reader.talk.passed_over import without_passed_over
from dukani.agent.local_reader.talk.possessions import without_possession
from dukani.agent.local_reader.talk.promises import without_promise
from dukani.agent.local_reader.talk.remarks import (
    without_all_persons,
    without_hearsay,
    without_there_is,
)
from dukani.agent.local_reader.talk.shop_praised import without_praise
from dukani.agent.local_reader.talk.stepped_out import without_stepped_out
from dukani.agent.local_reader.talk.thought_before import without_first_thought
from dukani.agent.local_reader.talk.what_it_is_for import without_event, without_purpose
from dukani.agent.local_reader.talk.what_others_say import without_what_others_say
from dukani.agent.local_reader.talk.why_not_wanted import without_reason
from dukani.agent.local_reader.talk.why_told import without_why
from dukani.domain.context import TurnContext


def message_of(text: str, context: TurnContext) -> Message:
    """The parsed message, without conditions, hearsay, possessions, promises and purposes."""
    message = without_praise(without_letting(read_message(text, context)))
    message = without_size_of_all(message)
    message = without_what_stays(without_what_is_enough(message))
    message = without_judgement(without_changed_mind(without_sum_of_counts(message)))
    message = without_comparison(without_why(without_before_that(without_stepped_out(message))))
    message = without_hearsay(without_condition(message))
    message = without_all_persons(
        without_there_is(without_possession(without_what_others_say(message)))
    )
    message = without_event(without_match_told(without_reason(message)))
    message = without_purpose(without_promise(message))
    return as_wish(without_passed_over(without_first_thought(without_fallback(message))))
