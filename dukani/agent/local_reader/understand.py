"""Understands a message: runs all rules, in a fixed order, and returns its dialogue acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.coming_back import calls_assistant
from dukani.agent.local_reader.edits.as_before import says_same
from dukani.agent.local_reader.edits.childs_line import with_childs_line_named
from dukani.agent.local_reader.edits.clauses import clauses
from dukani.agent.local_reader.edits.compose import choices, line_edits
from dukani.agent.local_reader.edits.emphasis import stays
from dukani.agent.local_reader.edits.going_out import going_out
from dukani.agent.local_reader.edits.leaving import leaving
from dukani.agent.local_reader.edits.line_by_line import line_by_line
from dukani.agent.local_reader.edits.looking import wants_again
from dukani.agent.local_reader.edits.of_wearer import (
    changed_of_wearer,
    removed_of_wearer,
    says_whose,
)
from dukani.agent.local_reader.edits.one_stays import one_stays
from dukani.agent.local_reader.edits.only_left import only_left
from dukani.agent.local_reader.edits.ops import commands_in
from dukani.agent.local_reader.edits.paying import paying_for_all
from dukani.agent.local_reader.edits.persons_contrasted import persons_contrasted
from dukani.agent.local_reader.edits.persons_own_line import on_persons_line
from dukani.agent.local_reader.edits.picking import picks
from dukani.agent.local_reader.edits.reminding import reminds
from dukani.agent.local_reader.edits.searching import named_only_by_the_shop
from dukani.agent.local_reader.edits.shares_contrasted import shares_contrasted
from dukani.agent.local_reader.edits.sparing import sparing
from dukani.agent.local_reader.edits.sums_of_counts import without_sum_of_counts
from dukani.agent.local_reader.edits.supposing import without_condition
from dukani.agent.local_reader.edits.swapped_of_wearer import swapped_of_wearer
from dukani.agent.local_reader.edits.taken_off import taken_off
from dukani.agent.local_reader.edits.too_many import too_many
from dukani.agent.local_reader.edits.words import KEEP, ONLY
from dukani.agent.local_reader.intents.settled import settled
from dukani.agent.local_reader.parsing.ages_by_child import with_ages_of_children
from dukani.agent.local_reader.parsing.language import told_language
from dukani.agent.local_reader.parsing.message import Message, read_message
from dukani.agent.local_reader.parsing.phones import is_receipt
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.agent.local_reader.talk.address_corrections import corrected_address, moved_address
from dukani.agent.local_reader.talk.another_sum import at_the_shops_sum
from dukani.agent.local_reader.talk.asked_for import as_wish
from dukani.agent.local_reader.talk.before_that import without_before_that
from dukani.agent.local_reader.talk.cancels import cancels, refuses_proposal
from dukani.agent.local_reader.talk.changed_mind import without_changed_mind
from dukani.agent.local_reader.talk.checking_back import checks_the_order
from dukani.agent.local_reader.talk.commands import commands
from dukani.agent.local_reader.talk.compared_to import without_comparison
from dukani.agent.local_reader.talk.counted_persons import counts_cut
from dukani.agent.local_reader.talk.counted_then_named import counted_then_named
from dukani.agent.local_reader.talk.delivery import address, early_address
from dukani.agent.local_reader.talk.fallback import without_fallback
from dukani.agent.local_reader.talk.fetching import fetches
from dukani.agent.local_reader.talk.for_each_child import (
    as_many_as_children,
    for_each_child,
    one_kind_for_the_ages,
    without_one_of_each,
)
from dukani.agent.local_reader.talk.for_herself_too import for_herself_too
from dukani.agent.local_reader.talk.had_enough import without_what_is_enough
from dukani.agent.local_reader.talk.hesitating import (
    keeps_order,
    puts_off,
)
from dukani.agent.local_reader.talk.his_too import his_too
from dukani.agent.local_reader.talk.judged import without_judgement
from dukani.agent.local_reader.talk.left_as_it_is import left_as_it_is, without_what_stays
from dukani.agent.local_reader.talk.moods import agreement, asks_to_pay, closing, pleasantries
from dukani.agent.local_reader.talk.named_by_kinds import named_by_kinds
from dukani.agent.local_reader.talk.nothing_left_out import shown_first
from dukani.agent.local_reader.talk.one_for_another import changed_in_place
from dukani.agent.local_reader.talk.one_of_them_for import one_of_them_for
from dukani.agent.local_reader.talk.over_clauses import over_clauses
from dukani.agent.local_reader.talk.own_again import own_again
from dukani.agent.local_reader.talk.passed_over import without_passed_over
from dukani.agent.local_reader.talk.payments import ordered_beside, payments, payments_alone
from dukani.agent.local_reader.talk.place_to_come import behind_before_place, without_a_place
from dukani.agent.local_reader.talk.places import last_place_said, without_place
from dukani.agent.local_reader.talk.praised import price_of_what_is_praised
from dukani.agent.local_reader.talk.quality import quality_question
from dukani.agent.local_reader.talk.questions import (
    looks_elsewhere,
    price_question,
    prices_compared,
    size_question,
    wondered,
)
from dukani.agent.local_reader.talk.ready import ready_to_pay
from dukani.agent.local_reader.talk.remarks import (
    asks_of_match,
    only_remarks,
    without_all_persons,
    without_event,
    without_hearsay,
    without_match_told,
    without_possession,
    without_promise,
    without_purpose,
    without_reason,
    without_remark,
    without_there_is,
    without_what_others_say,
)
from dukani.agent.local_reader.talk.shop import shop_question, warranty
from dukani.agent.local_reader.talk.size_by_now import in_the_size_by_now
from dukani.agent.local_reader.talk.sizes_of_each import sizes_of_each
from dukani.agent.local_reader.talk.sizes_of_persons import sizes_of_persons
from dukani.agent.local_reader.talk.sizes_told import as_told, sizes_told
from dukani.agent.local_reader.talk.stepped_out import without_stepped_out
from dukani.agent.local_reader.talk.sums_asked import sum_question, sum_without
from dukani.agent.local_reader.talk.thought_before import without_first_thought
from dukani.agent.local_reader.talk.tidying import price_of_what_was_seen, tidied
from dukani.agent.local_reader.talk.undecided import undecided
from dukani.agent.local_reader.talk.waiting import in_swahili, waiting, waits_in
from dukani.agent.local_reader.talk.wanting_change import wants_a_change
from dukani.agent.local_reader.talk.wants_prompt import wants_the_prompt
from dukani.agent.local_reader.talk.wearers_said import (
    WearerSaid,
    beside_wearers,
    one_more_for,
    wearers_said,
    without_wearers,
)
from dukani.agent.local_reader.talk.why_told import without_why
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.steps import SHOWN_A_TOTAL

Settle = Callable[[Message, Sequence[a.Act]], list[a.Act]]
WHOLE_MESSAGE = (
    calls_assistant, checks_the_order, warranty, commands, ready_to_pay, moved_address,
    corrected_address, address, payments_alone, early_address, left_as_it_is, sum_question,
    sum_without, too_many, going_out, one_stays, taken_off, only_left,
)  # fmt: skip
_CERTAIN = (
    calls_assistant, left_as_it_is, warranty, sum_question, sum_without, too_many, going_out,
    checks_the_order, ready_to_pay, one_stays, taken_off, only_left,
)  # fmt: skip
TELLING = word_set("language", "telling")
CURIOUS = word_set("questions", "curious")  # "want to know"
ANEW = frozenset(("upya", "anza", "mwanzo", "mwanzoni", "over"))


def understand(text: str, context: TurnContext) -> a.Understanding:
    """The acts of a message, in the order said, and the language to answer in."""
    if rest := behind_before_place(text):
        said = understand(rest, context)
        edits = any(isinstance(act, a.EDITS) for act in said.acts)
        if not edits:  # those are read with `without_before_that`
            return said.model_copy(update={"acts": without_a_place(said.acts)})
    text = with_ages_of_children(text, dict(context.children))
    if waits := waits_in(text):
        return _with_waiting(*waits, context)
    if edited := _of_wearer(text, context):
        return edited
    text = with_childs_line_named(text, context) or text
    told = _with_persons_told(text, context)
    acts = for_herself_too(text, on_persons_line(text, told.acts, context))
    acts = his_too(text, own_again(text, acts, context), context)
    return told if acts == list(told.acts) else told.model_copy(update={"acts": tuple(acts)})


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
    acts = tuple(_understood(message))
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
    acts = (removed_of_wearer(message) if worn else []) or persons_contrasted(message)
    acts = acts or changed_of_wearer(message) or swapped_of_wearer(message)
    return a.Understanding(acts=tuple(acts), language=_language(message, acts)) if acts else None


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
    others = _understood(rest) if rest.tokens else []
    if says_same(rest):
        others = one_more_for(others, said, rest)
    acts = tuple(beside_wearers(others, said, rest, places))
    return a.Understanding(acts=acts, language=_language(message_of(text, context), acts))


def _understood(message: Message) -> list[a.Act]:
    acts = named_by_kinds(message, _with_sizes(message, settled))
    return shown_first(message, at_the_shops_sum(message, acts))


def message_of(text: str, context: TurnContext) -> Message:
    """The parsed message, without conditions, hearsay, possessions, promises and purposes."""
    message = without_what_stays(without_what_is_enough(read_message(text, context)))
    message = without_judgement(without_changed_mind(without_sum_of_counts(message)))
    message = without_comparison(without_why(without_before_that(without_stepped_out(message))))
    message = without_hearsay(without_condition(message))
    message = without_all_persons(
        without_there_is(without_possession(without_what_others_say(message)))
    )
    message = without_event(without_match_told(without_reason(message)))
    message = without_purpose(without_promise(message))
    return as_wish(without_passed_over(without_first_thought(without_fallback(message))))


def by_rules(message: Message) -> list[a.Act]:
    """The acts by rules alone, as the intent model gets them in training."""
    return _acts_of(message, lambda _, acts: list(acts))


def _with_sizes(message: Message, settle: Settle) -> list[a.Act]:
    """What the message tells of sizes, and the acts of the rest; a complaint stays one."""
    if agreed := wants_the_prompt(message):
        return agreed
    told = sizes_told(message)
    if commands(message):
        return _acts_of(message, settle)
    if told.rest is None:
        return [*told.acts, *in_the_size_by_now(message, told.acts)]
    said = [as_told(act, told.acts, message) for act in _acts_of(told.rest, settle)]
    if not told.acts:
        return said
    beside = [act for act in said if not _only_repeats(act)]
    return [*told.acts, *(beside or in_the_size_by_now(message, told.acts))]


def _only_repeats(act: a.Act) -> bool:
    """Whether the act beside what is told of a size says no more: "I wear 39" looks for nothing."""
    if isinstance(act, a.Search):
        return act.model_copy(update={"size": None, "evidence": None}) == a.Search()
    return isinstance(act, a.Unclear | a.Remark)


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


def _acts_of(message: Message, settle: Settle) -> list[a.Act]:
    if not message.tokens and not is_receipt(message.raw):
        return [a.Search()] if message.context.with_image else [a.Unclear()]
    for rule in WHOLE_MESSAGE:
        acts = rule(message)
        if acts and (rule in _CERTAIN or settle(message, acts) == acts):
            return acts
    paid = payments(message)
    if told := line_by_line(message):
        return tidied([told, closing(without_place(message)), _pays_too(message, bool(paid))])
    if left := leaving(message):
        return tidied([left, closing(without_place(message)), _pays_too(message, bool(paid))])
    if spared := sparing(message):
        return tidied([spared, closing(without_place(message)), _pays_too(message, bool(paid))])
    parts = clauses(message)
    said = [settle(part, _clause_acts(part, paying=bool(paid))) for part in parts]
    acts = sizes_of_each(tidied(over_clauses(parts, said)))
    acts = one_kind_for_the_ages(message, counted_then_named(message, acts))
    acts = without_one_of_each(message, for_each_child(message, acts))
    acts = as_many_as_children(message, acts)
    acts = price_of_what_is_praised(message, price_of_what_was_seen(message, acts))
    return _paid_without_a_pick(message, changed_in_place(message, acts))


def _paid_without_a_pick(message: Message, acts: list[a.Act]) -> list[a.Act]:
    """The acts without a yes beside Checkout that picks none of several: "sawa tu, nalipa"."""
    context = message.context
    listed = context.step == "products_found" and len(context.options) > 1
    if not context.cart or not listed or acts != [a.Confirm(), a.Checkout()]:
        return acts
    return [a.Checkout()]


def _clause_acts(clause: Message, *, paying: bool) -> list[a.Act]:
    """The rules' acts of a clause; `paying`: the message also has a payment act."""
    if clause.has("back", "start_over") and _goes_back(clause):
        return [a.Back()]
    if clause.has("start_over") and not clause.tagged("~send") and not wants_again(clause):
        return [a.StartOver(), *(choices(clause) if clause.slots.finds else [])]
    clause = without_remark(without_place(clause))
    if only_remarks(clause):
        return [a.Unclear()]
    if stays(clause):
        return [a.Remark()]
    if asks_of_match(clause):
        return [a.AskShop(topic="other")]
    if asked := quality_question(clause) or undecided(clause) or wondered(clause):
        return asked
    if _only_notes(clause):
        return _note(clause)
    if _asks_to_be_in_order(clause):
        return [a.ViewOrder()]
    if acts := paying_for_all(clause):
        return [*acts, *(act for act in closing(clause) if isinstance(act, a.SetAddress))]
    acts = line_edits(clause)
    if acts:
        return [
            *acts,
            *_looks_at_cart(clause),
            *closing(clause),
            *_pays_too(clause, paying),
            *_note(clause),
        ]
    if paying and (acts := payments(clause)):
        return [*ordered_beside(clause), *acts]
    if clause.has("view_cart") and _views(clause):
        return [a.ViewOrder(), *closing(clause)]
    if keeps_order(clause) or puts_off(clause):
        return [a.Remark()]
    if clause.has("cancel") and cancels(clause):
        return [a.Decline() if refuses_proposal(clause) else a.Cancel()]
    if clause.has("back"):
        return [a.Back()]
    if wants_a_change(clause):
        return [a.Decline()] if clause.context.step in SHOWN_A_TOTAL else [a.Unclear()]
    acts = _questions(clause)
    if acts:
        return acts
    if clause.has("repeat") and not clause.slots.finds:
        return [a.Repeat()]
    if _off_topic(clause):
        return [a.AskShop(topic="other")]
    acts = choices(clause)
    acts += _note(clause) if not acts else []
    paying = clause.has("checkout") and bool(clause.context.cart)
    if not acts and clause.has("more_options") and not paying:
        return [a.Remark()] if _names_kept_lines(clause) else [a.More()]
    acts += closing(clause)
    return _paid_for(clause, acts) or _moods(clause)


def _names_kept_lines(clause: Message) -> bool:
    """Whether "ingine" is about lines that stay, not a wish for more: "ingine ibaki hivyo"."""
    return bool(clause.context.cart) and clause.says_any(KEEP | ONLY)


def _asks_to_be_in_order(clause: Message) -> bool:
    """Whether an ordered piece is to be in the order: "na ule mtandio uwemo", "don't forget it"."""
    named = any(find.slot in ("category", "name") for find in clause.slots.finds)
    return reminds(clause) and named and bool(clause.lines_said())


def _paid_for(clause: Message, acts: list[a.Act]) -> list[a.Act]:
    """The acts without an Add or Set beside Checkout: "I'd like to pay for it" adds nothing."""
    pays = any(isinstance(act, a.Checkout) for act in acts)
    if not pays or not clause.context.cart or clause.slots.finds:
        return acts
    return [act for act in acts if not isinstance(act, a.Add | a.Set)]


def _goes_back(clause: Message) -> bool:
    """Whether the list before is wanted: "rudi nyuma, nionyeshe tena zile caps"."""
    texts = [token.text for token in clause.tokens if token.tags.isdisjoint(("@hello", "@ok"))]
    return texts[:2] in (["rudi", "nyuma"], ["turudi", "nyuma"]) and not clause.says_any(ANEW)


def _pays_too(clause: Message, paying: bool) -> list[a.Act]:
    """The payment acts after an edit, without a yes: "remove the shoes and send it again"."""
    acts = payments(clause) if paying else []
    return [act for act in acts if isinstance(act, a.SetPayer | a.PayAgain | a.ClaimPaid)]


def _only_notes(clause: Message) -> bool:
    """Whether the clause is only a note: "tell the rider to come after 5"."""
    return bool(_note(clause)) and not commands_in(clause) and clause.place is None


def _note(clause: Message) -> list[a.Act]:
    """SetNote where there is a cart or an order: "call Akinyi when you arrive"."""
    ordered = bool(clause.context.cart) or clause.context.has_order
    return [a.SetNote(text=clause.raw.strip())] if clause.has("note") and ordered else []


def _looks_at_cart(clause: Message) -> list[a.Act]:
    return [a.ViewOrder()] if clause.has("view_cart") and clause.tagged("~show") else []


def _views(clause: Message) -> bool:
    """Whether the cart or its total is asked for, not the price of one piece."""
    slots = clause.slots
    if clause.has("add_to_cart") and clause.tagged("~put", "~add"):
        return False
    if not clause.context.cart and clause.context.options and not clause.tagged("@cart"):
        return False  # "how much for all?" asks about the options
    pieces = any(slots.wanted(slot) for slot in ("option", "colour", "category", "name"))
    return not pieces or clause.tagged("@cart")


def _questions(clause: Message) -> list[a.Act]:
    if asks_to_pay(clause):
        return [a.Checkout()]
    if last_place_said(clause) or fetches(clause):
        return closing(clause)
    if named := named_only_by_the_shop(clause):
        return named
    asked = shop_question(clause)
    if asked and not _about_piece(clause) and clause.place is None:
        return asked
    if compared := prices_compared(clause):
        return compared
    if clause.has("cheaper", "dearest") and (
        not clause.has("ask_discount") or looks_elsewhere(clause)
    ):
        return []
    priced = price_question(clause)
    if priced and _picks_too(clause):
        return priced + picks(clause, change=False)
    return priced or size_question(clause)


def _picks_too(clause: Message) -> bool:
    """Whether a piece is picked and its price asked: "nataka ya pili, bei gani?"."""
    pointed = clause.slots.wanted("option") or clause.slots.wanted("name")
    curious = clause.has("ask_discount") or clause.says_any(CURIOUS)
    return bool(pointed) and something_shown(clause) and clause.has("want") and not curious


def _off_topic(clause: Message) -> bool:
    """Whether the question is not about clothes."""
    cue = clause.cues.get("topic.other")
    return cue is not None and cue.length > 1 and not clause.slots.finds


def _about_piece(clause: Message) -> bool:
    """Whether the question is about a piece rather than the shop: its cue is the longer one."""
    shop = max(
        (cue.length for name, cue in clause.cues.items() if name.startswith("topic.")), default=0
    )
    own = max(
        (clause.cues[n].length for n in ("ask_price", "ask_size") if clause.has(n)), default=0
    )
    return own > shop


def _moods(clause: Message) -> list[a.Act]:
    acts = agreement(clause) or pleasantries(clause)
    if acts:
        return acts
    if clause.has("topic.other"):
        return [a.AskShop(topic="other")]
    if clause.context.with_image:
        return [a.Search()]
    return _lost(clause)


def _lost(clause: Message) -> list[a.Act]:
    """The act of a clause no rule reads: an off-topic question to decline, or Unclear."""
    looking = clause.has("want", "show", "have") and clause.asks
    if looking and not something_shown(clause):
        return [a.Search(text=clause.raw.strip())]
    if clause.asks and len(clause.tokens) > 2:
        return [a.AskShop(topic="other")]
    return [a.Unclear()]
