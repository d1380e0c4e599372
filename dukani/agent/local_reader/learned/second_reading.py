"""Reads a message a second time, and takes that reading where the first one is unlikely.

The rules of the local reader read first. The network is told the message and what they read; it
has seen some thousand messages with what came of them. Where it is sure of another effect on the
order, or the rules read a part of the message as it does the whole, its edits stand in the place of
the rules' edits. What else the rules read (a question, a wish to pay, mostly an address) stays, but
a yes: agreeing to a sum is never told by the network, nor beside its edits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import tokenise, words_of
from dukani.agent.lexicon.words import known
from dukani.agent.local_reader.learned.as_acts import edits_of
from dukani.agent.local_reader.learned.as_questions import about_the_piece, questions_of
from dukani.agent.local_reader.learned.doubtful import readings_of
from dukani.agent.local_reader.learned.features import name_words, told
from dukani.agent.local_reader.learned.network import network
from dukani.agent.local_reader.learned.of_acts import read_of
from dukani.agent.local_reader.learned.operations import (
    Alter,
    AlterSome,
    Amount,
    Beside,
    Operation,
    PutIn,
    Replace,
)
from dukani.agent.local_reader.learned.opinion import opinions_of, share_with
from dukani.agent.local_reader.learned.parts_read import confirmed
from dukani.agent.local_reader.learned.said_last import QUESTIONS
from dukani.agent.local_reader.learned.sureness import (
    ABOUT_PIECES,
    is_doubtful,
    is_surer,
    share_to_confirm,
)
from dukani.agent.local_reader.learned.told_plainly import told_otherwise
from dukani.agent.local_reader.learned.vocabulary import HIGHEST
from dukani.agent.local_reader.parsing.message import read_message
from dukani.agent.local_reader.talk.left_as_it_is import left_as_described
from dukani.agent.local_reader.talk.one_for_each_child import says_for_each_child
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.steps import SHOWN_A_TOTAL

_FINAL = (
    a.OptOut, a.OptIn, a.StopPromotions, a.WantPromotions, a.Handoff, a.Complaint, a.ClaimPaid,
    a.StartOver, a.WaitForStock,
)  # fmt: skip
_BESIDE_EDITS = (
    a.SetNote, a.SetPayer, a.Checkout, a.PayAgain, a.ViewOrder, a.AskShop, a.OrderStatus,
    a.TellSize,
)  # fmt: skip
SIZE_SAID = re.compile(r"\b(?:ma)?sa?iz", re.IGNORECASE)
NO_ADDRESS = 0.1  # the share of guesses with an address below which words beside an edit are none
_LEFT_FOR_NOW = (*a.EDITS, a.Remark, a.Greeting, a.Thanks, a.ViewOrder)
_NOT_TOLD = ("payer", "payment_phone", "last_address", "category", "quantity")  # questions
_BESIDE_A_YES = (a.Greeting, a.Thanks, a.Remark, a.SetPayer)  # a yes beside them counts
_QUESTIONS = (*ABOUT_PIECES, a.AskShop, a.Search, a.OrderStatus)
_TO_BE_ANSWERED = frozenset(Beside(what) for what in ("ask", "look", "cart"))


def read_again(text: str, context: TurnContext, acts: Sequence[a.Act]) -> tuple[a.Act, ...]:
    """The acts of a message of which the rules read `acts`."""
    if not _may_be_misread(context, acts) or _is_noise(text, context):
        return tuple(acts)
    if context.question == "take_it" and _agrees_first(text) and _takes_what_is_offered(acts):
        return tuple(acts)  # it does not know what was offered
    if _only(acts, (a.Remark,)) and left_as_described(read_message(text, context)):
        return tuple(acts)  # "leave the shoes black"
    if SIZE_SAID.search(text) and _wants_a_size_not_had(acts, context):
        return tuple(acts)  # it only knows sizes that there are; that there is none is told
    if says_for_each_child(words_of(text)) and _counts_one_kind(acts):
        return tuple(acts)  # it does not count the children
    first = read_of(acts, context)
    message = told(text, context, first)
    if message.words < 2 or message.is_cut or (message.words <= 3 and _only_picks(acts)):
        return tuple(acts)  # a number or a name alone, or more than the network is told
    guesses = network().guesses(message)
    if guesses and share_with("address", guesses) < NO_ADDRESS:
        acts = _without_address(acts, context)
    opinions = opinions_of(guesses, message.numbered, context)
    if not opinions or told_otherwise(text, opinions[0].meant, first, context):
        return tuple(acts)
    if is_surer(opinions[0], first, context):
        return _in_the_place(acts, opinions[0].meant, context)
    least = share_to_confirm(opinions, first, context)
    if least is not None and (told_in_a_part := confirmed(text, context, opinions, least)):
        return _in_the_place(acts, told_in_a_part.meant, context)
    if _only(acts, _LEFT_FOR_NOW) and is_doubtful(opinions, first, context):
        return (a.Unclear(readings=readings_of(opinions, first, context)),)
    return tuple(acts)


def _may_be_misread(context: TurnContext, acts: Sequence[a.Act]) -> bool:
    """Whether the network may know better: not of consent, a person or a photo."""
    if any(isinstance(act, _FINAL) for act in acts) or context.with_image:
        return False
    if context.question in _NOT_TOLD or any(isinstance(act, a.Undo) for act in acts):
        return False  # it is not told what was asked, nor what an undo takes back
    if acts and all(_tells_whose_line(act) for act in acts):
        return False  # that is all the message says
    if any(isinstance(act, a.Add) and act.back for act in acts):
        return False  # it is not told what was in the order before
    if context.question in QUESTIONS and any(_is_for_all(act) for act in acts):
        return False  # of each child's piece, as asked
    if context.children and context.question in QUESTIONS:
        return False  # whose size is asked is known to the rules
    if any((act.values.quantity or 0) > HIGHEST for act in acts if isinstance(act, a.Add | a.Set)):
        return False  # it counts no further
    if context.question == "take_it" and _only(acts, (a.Confirm, a.Decline)):
        return False  # it does not know what was offered
    return context.step not in ("human_handoff", "opted_out", "order_completed")


def _tells_whose_line(act: a.Act) -> bool:
    if not isinstance(act, a.SetWearer) or act.target is None:
        return False
    return act.target.line is not None


def _is_for_all(act: a.Act) -> bool:
    """Whether an open question is answered for every piece it is about: "both in red"."""
    return isinstance(act, a.Set) and not act.change and act.target.scope != "one"


def _agrees_first(text: str) -> bool:
    words = tokenise(text)
    return bool(words) and "@yes" in words[0].tags and bool(words[0].pause)


def _takes_what_is_offered(acts: Sequence[a.Act]) -> bool:
    """Whether a plain yes stands beside another wish: "ndio. na iko na bonnet?"."""
    adds = [act for act in acts if isinstance(act, a.Add)]
    return len(acts) > 1 and any(
        add.target.pointed == "it" and add.values.says_nothing for add in adds
    )


def _wants_a_size_not_had(acts: Sequence[a.Act], context: TurnContext) -> bool:
    """Whether a line is to be of a size that no ordered piece is made in: "make it size 3"."""
    ordered = {line.product_id for line in context.cart}
    pieces = [piece for piece in context.sold.pieces if piece.product_id in ordered]
    had = {size for piece in pieces for size in piece.sizes}
    sizes = {act.values.size for act in acts if isinstance(act, a.Set) and act.change} - {None}
    return bool(had and sizes) and sizes.isdisjoint(had)


def _counts_one_kind(acts: Sequence[a.Act]) -> bool:
    """Whether several of a kind are put in, and nothing else."""
    adds = [act for act in acts if isinstance(act, a.Add)]
    counted = len(adds) == 1 and (adds[0].values.quantity or 1) > 1
    return counted and bool(adds[0].target.category)


def _only_picks(acts: Sequence[a.Act]) -> bool:
    """Whether a number of the list shown is all that is said: "ya pili", "the second one"."""
    pick = acts[0] if len(acts) == 1 else None
    return isinstance(pick, a.Add) and pick.target.option is not None and pick.values.says_nothing


def _is_noise(text: str, context: TurnContext) -> bool:
    """Whether no word is known, to the lexicon or from a name the shop sells: "asdf qwer"."""
    words = tokenise(text)
    if any(token.entry or known(token.text) for token in words):
        return False
    named = {word for name in context.sold.names for word in name_words(name)}
    return not any(token.text in named for token in words)


def _without_address(acts: Sequence[a.Act], context: TurnContext) -> Sequence[a.Act]:
    """The acts without words that are no address to the network: "wait not yet, I …".

    Only where the address is asked for, so that it is asked again, or where nothing else is said:
    an address beside a wish to pay keeps the sum before it from being charged.
    """
    others = [act for act in acts if not isinstance(act, a.SetAddress)]
    if len(others) == len(acts):
        return acts
    if not others:
        return [a.Unclear()]
    asked = context.step == "awaiting_delivery_address"
    return others if asked and _only(others, _LEFT_FOR_NOW) else acts


def _changes_nothing(one: Operation) -> bool:
    match one:
        case Amount(line, to, by):
            return to == line.quantity or by == 0
        case Alter(line, wanted) | AlterSome(line, wanted):
            coloured = wanted.colour not in (None, line.colour)
            sized = wanted.size not in (None, line.size) or wanted.age is not None
            counted = isinstance(one, Alter) and wanted.quantity not in (None, line.quantity)
            return not (coloured or sized or counted)
    return False


def _in_the_place(
    acts: Sequence[a.Act], meant: Sequence[Operation], context: TurnContext
) -> tuple[a.Act, ...]:
    """The network's edits, and what the rules read beside edits."""
    meant = [one for one in meant if not _changes_nothing(one)]
    searches = _searches(acts, meant)
    edits = edits_of(meant, context, listed_anew=bool(searches))
    if not edits:
        return _without_edits(acts, meant, context)
    kinds: tuple[type, ...] = _BESIDE_EDITS
    if Beside("address") in meant or not _only(acts, (a.SetAddress, a.SetNote)):
        kinds = (*kinds, a.SetAddress)
    if Beside("ask") in meant:
        kinds = (*kinds, *ABOUT_PIECES)
    kept = [act for act in acts if isinstance(act, kinds)]
    kept += searches
    wearers = [act for act in acts if isinstance(act, a.SetWearer)]
    if len(wearers) > 1:
        return tuple(acts)  # which piece is whose is known to the rules alone
    added = any(isinstance(edit, a.Add) for edit in edits)
    if added and not any(isinstance(act, a.EDITS) for act in acts):
        # "Add a brown one, for my sister": the rules took it for said of a line
        wearers = [wearer.model_copy(update={"target": None}) for wearer in wearers]
    before = _edits_before_wearer(acts, edits)
    return (*edits[:before], *wearers, *edits[before:], *kept)


def _edits_before_wearer(acts: Sequence[a.Act], edits: Sequence[a.Act]) -> int:
    """How many edits are not for the person: as many as the rules read before, of so many."""
    told = [act for act in acts if isinstance(act, (*a.EDITS, a.SetWearer))]
    if len(told) != len(edits) + 1:
        return 0
    return next((at for at, act in enumerate(told) if isinstance(act, a.SetWearer)), 0)


def _searches(acts: Sequence[a.Act], meant: Sequence[Operation]) -> list[a.Search]:
    """What the rules search and the network neither puts in nor takes for said of a line."""
    put = [one.piece for one in meant if isinstance(one, PutIn | Replace)]
    searches = [act for act in acts if isinstance(act, a.Search)]
    if Beside("look") in meant:
        return searches
    left = [act for act in searches if act.category not in {piece.category for piece in put}]
    return left if len(searches) > len(put) > 0 else []


def _without_edits(
    acts: Sequence[a.Act], meant: Sequence[Operation], context: TurnContext
) -> tuple[a.Act, ...]:
    """What the rules read but their edits.

    At a total nothing takes the place of an edit beside which a yes, said in another part of the
    turn, would count.
    """
    if any(isinstance(act, (a.Checkout, a.PayAgain, a.Confirm)) for act in acts):
        return tuple(acts)  # without the edit the sum before it would be charged
    if any(isinstance(act, a.SetWearer) for act in acts) and _tells_a_size(acts):
        return tuple(acts)  # "my sister wears 38, hers brown": the size is the person's
    others: tuple[a.Act, ...] = tuple(
        act for act in acts if not isinstance(act, a.EDITS) and not _of_edits(act)
    )
    others = about_the_piece(others, acts)
    if not any(isinstance(act, _QUESTIONS) for act in others):
        others = (*others, *questions_of(acts, meant, context))
    if context.step in SHOWN_A_TOTAL and _only(others, _BESIDE_A_YES):
        return (*others, a.Unclear())
    if not others and any(one in _TO_BE_ANSWERED for one in meant):
        return (a.Unclear(),)
    return others or (a.Remark(),)


def _tells_a_size(acts: Sequence[a.Act]) -> bool:
    return any(isinstance(act, a.TellSize) for act in acts)


def _of_edits(act: a.Act) -> bool:
    """Whether it says whom the edits beside it are for."""
    return isinstance(act, a.SetWearer) and act.target is None


def _only(acts: Sequence[a.Act], kinds: tuple[type, ...]) -> bool:
    return all(isinstance(act, kinds) for act in acts)
