"""Understands a message: runs all rules, in a fixed order, and returns its dialogue acts."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.as_before import says_same
from dukani.agent.local_reader.edits.childs_line import with_childs_line_named
from dukani.agent.local_reader.edits.of_wearer import (
    changed_of_wearer,
    removed_of_wearer,
    says_whose,
)
from dukani.agent.local_reader.edits.ones_is_fine import line_of_the_other_one
from dukani.agent.local_reader.edits.only_that import only_that
from dukani.agent.local_reader.edits.owners_line import on_owners_line
from dukani.agent.local_reader.edits.person_beside import person_beside
from dukani.agent.local_reader.edits.persons_contrasted import persons_contrasted
from dukani.agent.local_reader.edits.persons_own_line import on_persons_line
from dukani.agent.local_reader.edits.persons_pieces import persons_pieces
from dukani.agent.local_reader.edits.put_in_persons_place import put_in_persons_place
from dukani.agent.local_reader.edits.shares_contrasted import shares_contrasted
from dukani.agent.local_reader.edits.swapped_of_wearer import swapped_of_wearer
from dukani.agent.local_reader.parsing.ages_by_child import with_ages_of_children
from dukani.agent.local_reader.parsing.language import told_language
from dukani.agent.local_reader.parsing.message import Message, read_message
from dukani.agent.local_reader.parsing.no_need import with_need_refused
from dukani.agent.local_reader.parsing.phones import is_receipt
from dukani.agent.local_reader.talk.anything_for import anything_for
from dukani.agent.local_reader.talk.asked_of_order import asked_behind
from dukani.agent.local_reader.talk.asked_of_whose import asked_of_whose
from dukani.agent.local_reader.talk.childs_pieces_asked import childs_pieces_asked
from dukani.agent.local_reader.talk.childs_twins import childs_twins
from dukani.agent.local_reader.talk.counted_persons import counts_cut
from dukani.agent.local_reader.talk.couples_looked_for import couples_looked_for
from dukani.agent.local_reader.talk.for_a_couple import for_a_couple
from dukani.agent.local_reader.talk.for_herself_too import for_herself_too
from dukani.agent.local_reader.talk.his_too import his_too
from dukani.agent.local_reader.talk.one_for_other_than_whose import one_for_other_than_whose
from dukani.agent.local_reader.talk.one_more_for import one_more_for
from dukani.agent.local_reader.talk.one_of_them_for import one_of_them_for
from dukani.agent.local_reader.talk.own_again import own_again
from dukani.agent.local_reader.talk.place_to_come import (
    AWAITED,
    behind_before_place,
    without_a_place,
)
from dukani.agent.local_reader.talk.places import without_place
from dukani.agent.local_reader.talk.sizes_of_persons import sizes_of_persons
from dukani.agent.local_reader.talk.spoken_of import spoken_of
from dukani.agent.local_reader.talk.sure_to_pay import only_sure_to_pay
from dukani.agent.local_reader.talk.waiting import in_swahili, waiting, waits_in
from dukani.agent.local_reader.talk.wearers_found import WearerSaid
from dukani.agent.local_reader.talk.wearers_of_acts import beside_wearers
from dukani.agent.local_reader.talk.wearers_said import wearers_said, without_wearers
from dukani.agent.local_reader.talk.whose_each_is import whose_each_is
from dukani.agent.local_reader.talk.worn_in_all import worn_in_all
from dukani.agent.local_reader.whole_message import acts_of
from dukani.agent.local_reader.without_asides import message_of
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

TELLING = word_set("language", "telling")


def understand(text: str, context: TurnContext) -> a.Understanding:
    """The acts of a message, in the order said, and the language to answer in."""
    said = _understood(text, context)
    acts = only_sure_to_pay(text, context, said.acts)
    return said if acts == said.acts else said.model_copy(update={"acts": acts})


def _understood(text: str, context: TurnContext) -> a.Understanding:
    if context.step == AWAITED and (rest := behind_before_place(text)):
        said = _understood(rest, context)
        edits = any(isinstance(act, a.EDITS) for act in said.acts)
        if not edits:  # those are read with `without_before_that`
            return said.model_copy(update={"acts": without_a_place(said.acts)})
    text = with_need_refused(with_ages_of_children(text, dict(context.children)), context)
    if waits := waits_in(text):
        return _with_waiting(*waits, context)
    if behind := asked_behind(text, context):
        return _with_question_behind(*behind, context)
    if whose := whose_each_is(text, context):
        return a.Understanding(acts=whose, language=_language(message_of(text, context), whose))
    if edited := _of_wearer(text, context) or _person_beside(text, context):
        return edited
    if both := _for_a_couple(text, context):
        return both
    text = with_childs_line_named(text, context) or text
    told = _with_persons_told(text, context)
    acts = on_owners_line(text, on_persons_line(text, told.acts, context), context)
    acts = for_herself_too(text, acts)
    acts = his_too(text, own_again(text, acts, context), context)
    acts = one_for_other_than_whose(text, acts, context)
    acts = put_in_persons_place(text, persons_pieces(text, acts, context), context)
    acts = spoken_of(text, acts, context)
    acts = childs_pieces_asked(text, couples_looked_for(text, acts, context), context)
    acts = worn_in_all(text, acts, context)
    acts = childs_twins(text, anything_for(text, acts, context))
    acts = only_that(text, acts, context)
    return told if acts == list(told.acts) else told.model_copy(update={"acts": tuple(acts)})


def _with_question_behind(
    ahead: str, asked: Sequence[a.Act], context: TurnContext
) -> a.Understanding:
    """The acts of the words ahead, and what is asked of an order behind them."""
    said = _understood(ahead, context)
    idle = (a.Unclear, a.Remark, a.Confirm, a.Thanks)
    real = [act for act in said.acts if not isinstance(act, idle)]
    return said.model_copy(update={"acts": (*real, *asked)})


def _for_a_couple(text: str, context: TurnContext) -> a.Understanding | None:
    """Each one's piece of a couple's in the list shown; None where none such is told of."""
    if not context.options or not says_whose(text):
        return None
    message = message_of(text, context)
    acts = for_a_couple(message)
    return a.Understanding(acts=tuple(acts), language=_language(message, acts)) if acts else None


def _with_persons_told(text: str, context: TurnContext) -> a.Understanding:
    """The acts of a message that may tell of persons: whom a piece is for, what they wear."""
    if sizes := sizes_of_persons(text):
        beside = _with_persons_told(sizes.rest, context).acts if sizes.rest else ()
        acts = (*sizes.acts, *(act for act in beside if not isinstance(act, a.Unclear | a.Remark)))
        return a.Understanding(acts=acts, language=_language(message_of(text, context), acts))
    said = counts_cut(text, wearers_said(text, context))
    if said:
        return _with_wearers(text, said, context)
    message = message_of(text, context)
    acts = tuple(acts_of(message))
    return a.Understanding(acts=acts, language=_language(message, acts))


def _of_wearer(text: str, context: TurnContext) -> a.Understanding | None:
    """The edits of lines named by whose they are; None where no line is named so."""
    worn = any(line.worn_by for line in context.cart)
    if any(line.shares for line in context.cart) and says_whose(text):
        message = message_of(text, context)
        if shared := shares_contrasted(message):
            return a.Understanding(acts=tuple(shared), language=_language(message, shared))
    if not worn and not (context.cart and says_whose(text)):
        return None
    message = message_of(text, context)
    acts = asked_of_whose(message) or (removed_of_wearer(message) if worn else [])
    acts = acts or persons_contrasted(message)
    acts = acts or swapped_of_wearer(message)
    if not line_of_the_other_one(text, context):
        acts = acts or changed_of_wearer(message)
    return a.Understanding(acts=tuple(acts), language=_language(message, acts)) if acts else None


def _person_beside(text: str, context: TurnContext) -> a.Understanding | None:
    """The change of a person's line and what is told of another piece; None where not both are."""
    told = person_beside(text, context)
    if told is None:
        return None
    change, words, leads = told
    other = _understood(words, context)
    if not other.acts or not all(isinstance(act, a.EDITS) for act in other.acts):
        return None
    acts = (*other.acts, change) if leads else (change, *other.acts)
    return a.Understanding(acts=acts, language=_language(message_of(text, context), acts))


def _with_waiting(asks: str, others: str, context: TurnContext) -> a.Understanding:
    """The acts of the words beside those that ask to be told of a piece, and that."""
    message = read_message(asks, context)
    beside = understand(others, context).acts if others else ()
    real = [act for act in beside if not isinstance(act, a.Unclear | a.Remark)]
    acts = (*real, waiting(message))
    language: a.Language = "sw" if in_swahili(asks) else _language(message, acts)
    return a.Understanding(acts=acts, language=language)


def _with_wearers(text: str, said: Sequence[WearerSaid], context: TurnContext) -> a.Understanding:
    """The acts of the words besides those for a wearer, and the wearers."""
    if whose := one_of_them_for(text, said, context):
        return a.Understanding(
            acts=tuple(whose), language=_language(message_of(text, context), whose)
        )
    left, places = without_wearers(text, said)
    rest = message_of(left, context)
    others = acts_of(rest) if rest.tokens else []
    if says_same(rest):
        others = one_more_for(others, said, rest)
    acts = tuple(beside_wearers(others, said, rest, places))
    return a.Understanding(acts=acts, language=_language(message_of(text, context), acts))


def _language(message: Message, acts: Sequence[a.Act]) -> a.Language:
    """The language to answer in; the words of an address do not count."""
    names = [find for find in message.slots.finds if find.slot == "name"]
    addressed = any(isinstance(act, a.SetAddress) for act in acts)
    told = without_place(message) if addressed else message
    usual = message.context.language
    language = told_language(told.tokens, usual, names)
    quoted = _is_quoted(message.raw, acts)
    return usual if quoted and (language == "en" or not _is_told(message)) else language


def _is_quoted(text: str, acts: Sequence[a.Act]) -> bool:
    """Whether the text is an address or a receipt, whose words tell no language."""
    addressed = bool(acts) and all(isinstance(act, a.SetAddress) for act in acts)
    return addressed or is_receipt(text)


def _is_told(message: Message) -> bool:
    """Whether a Swahili word is more than a name: "naishi Umoja"; not "Mama Ngina Street"."""
    return any(token.verb or token.text in TELLING for token in message.tokens if token.swahili)
