"""Reads a message by rules for the whole of it, then clause by clause."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dukani.agent.local_reader.clause_acts import clause_acts, pays_too
from dukani.agent.local_reader.coming_back import calls_assistant
from dukani.agent.local_reader.edits.back_otherwise import back_otherwise
from dukani.agent.local_reader.edits.brought_to import brought_to
from dukani.agent.local_reader.edits.clauses import clauses
from dukani.agent.local_reader.edits.counted_wrong import counted_wrong
from dukani.agent.local_reader.edits.each_but_some import each_but_some
from dukani.agent.local_reader.edits.each_counted import each_counted
from dukani.agent.local_reader.edits.fewer_and_so import fewer_and_so
from dukani.agent.local_reader.edits.given_out import given_out
from dukani.agent.local_reader.edits.going_out import going_out
from dukani.agent.local_reader.edits.just_the_other import just_the_other
from dukani.agent.local_reader.edits.kept_so_many import kept_so_many
from dukani.agent.local_reader.edits.leaving import leaving
from dukani.agent.local_reader.edits.left_by_itself import left_by_itself
from dukani.agent.local_reader.edits.line_by_line import line_by_line
from dukani.agent.local_reader.edits.one_of_the_kind import one_of_the_kind
from dukani.agent.local_reader.edits.one_stays import one_stays
from dukani.agent.local_reader.edits.only_left import only_left
from dukani.agent.local_reader.edits.others_stay import left_with_the_others
from dukani.agent.local_reader.edits.some_left_out import some_left_out
from dukani.agent.local_reader.edits.sparing import sparing
from dukani.agent.local_reader.edits.taken_off import taken_off
from dukani.agent.local_reader.edits.these_instead import these_instead
from dukani.agent.local_reader.edits.too_many import too_many
from dukani.agent.local_reader.intents.settled import settled
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.phones import is_receipt
from dukani.agent.local_reader.talk.address_corrections import corrected_address, moved_address
from dukani.agent.local_reader.talk.another_prompt import another_prompt
from dukani.agent.local_reader.talk.another_sum import at_the_shops_sum
from dukani.agent.local_reader.talk.asked_likewise import asked_likewise
from dukani.agent.local_reader.talk.asked_of_order import asked_of_order
from dukani.agent.local_reader.talk.asked_of_other import asked_of_the_other
from dukani.agent.local_reader.talk.asks_if_all import asks_if_all
from dukani.agent.local_reader.talk.budget_told import without_paying_a_budget
from dukani.agent.local_reader.talk.checking_back import checks_the_order
from dukani.agent.local_reader.talk.commands import commands
from dukani.agent.local_reader.talk.counted_then_named import counted_then_named
from dukani.agent.local_reader.talk.delivery import address, early_address
from dukani.agent.local_reader.talk.for_each_child import (
    for_each_child,
    one_kind_for_the_ages,
    without_one_of_each,
)
from dukani.agent.local_reader.talk.gets_ready_first import gets_ready_first
from dukani.agent.local_reader.talk.given_up import given_up
from dukani.agent.local_reader.talk.left_as_it_is import left_as_it_is
from dukani.agent.local_reader.talk.moods import closing
from dukani.agent.local_reader.talk.named_by_kinds import named_by_kinds
from dukani.agent.local_reader.talk.nothing_left_out import shown_first
from dukani.agent.local_reader.talk.nothing_missing import nothing_missing
from dukani.agent.local_reader.talk.offered_too import with_the_offered
from dukani.agent.local_reader.talk.one_for_another import changed_in_place
from dukani.agent.local_reader.talk.one_for_each_child import as_many_as_children
from dukani.agent.local_reader.talk.over_clauses import over_clauses
from dukani.agent.local_reader.talk.payments import payments, payments_alone
from dukani.agent.local_reader.talk.pays_not_now import pays_not_now
from dukani.agent.local_reader.talk.places import without_place
from dukani.agent.local_reader.talk.praised import price_of_what_is_praised
from dukani.agent.local_reader.talk.ready import ready_to_pay
from dukani.agent.local_reader.talk.shop import warranty
from dukani.agent.local_reader.talk.size_by_now import in_the_size_by_now
from dukani.agent.local_reader.talk.size_of_what_is_asked import asked_in_the_size_told
from dukani.agent.local_reader.talk.sizes_of_each import sizes_of_each
from dukani.agent.local_reader.talk.sizes_told import as_told, sizes_told
from dukani.agent.local_reader.talk.something_to_change import something_to_change
from dukani.agent.local_reader.talk.sums_asked import sum_question, sum_without
from dukani.agent.local_reader.talk.tells_later import tells_later
from dukani.agent.local_reader.talk.tidying import price_of_what_was_seen, tidied
from dukani.agent.local_reader.talk.told_behind import as_told_behind, asked_of_what_is_told
from dukani.agent.local_reader.talk.wants_prompt import wants_the_prompt
from dukani.domain import acts as a

Settle = Callable[[Message, Sequence[a.Act]], list[a.Act]]
WHOLE_MESSAGE = (
    asked_of_order,
    given_up, back_otherwise, nothing_missing, something_to_change, gets_ready_first, pays_not_now,
    asks_if_all,
    another_prompt,
    calls_assistant, checks_the_order, tells_later, warranty, commands, ready_to_pay, moved_address,
    corrected_address, address, payments_alone, early_address, left_as_it_is,
    asked_of_the_other, asked_likewise, sum_question, sum_without, too_many, going_out, one_stays,
    counted_wrong, fewer_and_so, one_of_the_kind, taken_off, only_left, some_left_out,
    kept_so_many, left_with_the_others, brought_to, each_but_some,
)  # fmt: skip
_CERTAIN = (
    asked_of_order,
    given_up, back_otherwise, nothing_missing, something_to_change, gets_ready_first, pays_not_now,
    asks_if_all,
    another_prompt,
    calls_assistant, tells_later, left_as_it_is, warranty, asked_of_the_other, asked_likewise,
    sum_question, sum_without, too_many, going_out, checks_the_order, ready_to_pay, one_stays,
    counted_wrong, fewer_and_so, one_of_the_kind, taken_off, only_left, some_left_out,
    kept_so_many, left_with_the_others, brought_to, each_but_some,
)  # fmt: skip
_OF_LINES = (
    each_counted,
    left_by_itself,
    just_the_other,
    line_by_line,
    leaving,
    sparing,
)  # edits that say what becomes of several lines


def acts_of(message: Message) -> list[a.Act]:
    """The acts of a message that tells of no person."""
    acts = named_by_kinds(message, _with_sizes(message, settled))
    acts = these_instead(message, with_the_offered(message, acts))
    return shown_first(message, at_the_shops_sum(message, acts))


def by_rules(message: Message) -> list[a.Act]:
    """The acts by rules alone, as the intent model gets them in training."""
    return _by_rule(message, lambda _, acts: list(acts))


def _with_sizes(message: Message, settle: Settle) -> list[a.Act]:
    """What the message tells of sizes, and the acts of the rest; a complaint stays one."""
    if agreed := wants_the_prompt(message):
        return agreed
    told = sizes_told(message)
    if commands(message):
        return _by_rule(message, settle)
    if told.rest is None:
        return [*told.acts, *in_the_size_by_now(message, told.acts)]
    said = [as_told(act, told.acts, message) for act in _by_rule(told.rest, settle)]
    if not told.acts:
        return said
    said = asked_in_the_size_told(said, told.acts)
    beside = [act for act in said if not _only_repeats(act)]
    return [*told.acts, *(beside or in_the_size_by_now(message, told.acts))]


def _only_repeats(act: a.Act) -> bool:
    """Whether the act beside what is told of a size says no more: "I wear 39" looks for nothing."""
    if isinstance(act, a.Search):
        return act.model_copy(update={"size": None, "evidence": None}) == a.Search()
    return isinstance(act, a.Unclear | a.Remark)


def _by_rule(message: Message, settle: Settle) -> list[a.Act]:
    if not message.tokens and not is_receipt(message.raw):
        return [a.Search()] if message.context.with_image else [a.Unclear()]
    for rule in WHOLE_MESSAGE:
        acts = rule(message)
        if acts and (rule in _CERTAIN or settle(message, acts) == acts):
            return acts
    paid = payments(message)
    for rule in _OF_LINES:
        if edits := rule(message):
            pays = pays_too(message, bool(paid))
            return tidied([edits, closing(without_place(message)), pays])
    parts = clauses(message)
    said = [settle(part, clause_acts(part, paying=bool(paid))) for part in parts]
    acts = sizes_of_each(as_told_behind(message, tidied(over_clauses(parts, said))))
    acts = one_kind_for_the_ages(message, counted_then_named(message, acts))
    acts = without_one_of_each(message, for_each_child(message, acts))
    acts = given_out(message, as_many_as_children(message, acts))
    acts = asked_of_what_is_told(message, acts)
    acts = price_of_what_is_praised(message, price_of_what_was_seen(message, acts))
    acts = without_paying_a_budget(message, changed_in_place(message, acts))
    return _paid_without_a_pick(message, acts)


def _paid_without_a_pick(message: Message, acts: list[a.Act]) -> list[a.Act]:
    """The acts without a yes beside Checkout that picks none of several: "sawa tu, nalipa"."""
    context = message.context
    listed = context.step == "products_found" and len(context.options) > 1
    if not context.cart or not listed or acts != [a.Confirm(), a.Checkout()]:
        return acts
    return [a.Checkout()]
