"""Tells what is said too plainly for the network: so many of each, what is kept, a self-repair."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token, tokenise
from dukani.agent.local_reader.edits.kept_so_many import NOTHING_ELSE
from dukani.agent.local_reader.edits.others_stay import LEAVING, REST, others_stay
from dukani.agent.local_reader.edits.sizes_of_all import EVERY
from dukani.agent.local_reader.edits.words import (
    ALL,
    ANOTHER,
    EACH,
    INSTEAD,
    JOINERS,
    KEEP,
    ONLY,
    SET_TO,
)
from dukani.agent.local_reader.learned.comparing import takes_out_more
from dukani.agent.local_reader.learned.of_acts import Read
from dukani.agent.local_reader.learned.operations import (
    Alter,
    AlterSome,
    Amount,
    Beside,
    Operation,
    PutIn,
    TakeOut,
    product_of,
)
from dukani.agent.local_reader.learned.plain_picks import takes_a_shown_one
from dukani.agent.local_reader.learned.plain_puts import puts_in_otherwise
from dukani.agent.local_reader.parsing.repairs import repaired
from dukani.agent.local_reader.talk.judged import FINE
from dukani.agent.local_reader.talk.left_as_it_is import says_as_it_is
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

BECOMES = frozenset(("iwe", "ziwe", "ikuwe", "zikuwe", "iwekwe"))
ABOUT_PIECES = (a.AskPrice, a.AskStock, a.AskSize)
BESIDE_A_QUESTION = (a.SetWearer, a.Remark, a.TellSize, a.Greeting, a.Thanks)
WISHING = ("~want", "~give", "~add", "~put", "~take", "~buy", "~change", "~bring", "~order")
CHANGING = ("~add", "~reduce", "~remove", "~change")
PLEADING = frozenset(("please", "pls", "plz", "tafadhali", "naomba", "nataka"))
FAR = 4  # words from the count to the pause or "and" behind it
HENCE = frozenset(("then", "basi", "kumbe", "actually"))


def told_otherwise(
    text: str, meant: Sequence[Operation], first: Read, context: TurnContext
) -> bool:
    """Whether the rules read what the message says in so many words, and the network means else."""
    if _counts_otherwise(meant, first.acts) or _leaves_a_size_out(meant, first.acts):
        return True
    tokens = tokenise(text)
    if puts_in_otherwise(tokens, meant, first, context):
        return True
    if _counts_prompts(tokens, meant, first.acts) or _gives_a_count_to_two(tokens, meant, first):
        return True
    if takes_a_shown_one(text, tokens, meant, first.acts, context.options):
        return True
    if _puts_in_what_is_asked(tokens, meant, first):
        return True
    if _takes_another_of_the_list(tokens, meant, first.acts, context):
        return True
    if _takes_out_what_is_kept(tokens, meant, first) or _keeps_others(tokens, meant, first):
        return True
    if _alters_some_of_all(tokens, meant, first):
        return True
    if _leaves_one_of_both(meant, first) or _changes_some_of_one(tokens, meant, first):
        return True
    if _counts_lines_otherwise(meant, first) or _sizes_more_lines(tokens, meant, first):
        return True
    if _gives_out_no_units(tokens, meant, first) or _counts_the_coloured(meant, first):
        return True
    if _leaves_the_edit_behind_a_question(tokens, meant, first):
        return True
    if _leaves_so_many(tokens, meant, first) or _adds_what_is_changed(tokens, meant, first):
        return True
    return _as_before_the_repair(tokens, meant, first)


def _counts_prompts(
    tokens: Sequence[Token], meant: Sequence[Operation], acts: Sequence[a.Act]
) -> bool:
    """Whether "another one" is the prompt's, and no piece's: "I missed it, another one please"."""
    only_pays = bool(acts) and all(isinstance(act, a.PayAgain) for act in acts)
    edits = [one for one in meant if not isinstance(one, Beside)]
    counts = bool(edits) and all(isinstance(one, Amount | Alter) for one in edits)
    named = any(token.kind in ("category", "colour", "size") for token in tokens)
    return only_pays and counts and not named and any(t.text in ANOTHER for t in tokens)


def _takes_another_of_the_list(
    tokens: Sequence[Token], meant: Sequence[Operation], acts: Sequence[a.Act], context: TurnContext
) -> bool:
    """Whether "the first one in red" is to be the second, which comes in red."""
    numbers = {act.target.option for act in acts if isinstance(act, a.Add)}
    put = {one.piece.product_id for one in meant if isinstance(one, PutIn)}
    if len(numbers) != 1 or not put or not any(token.kind == "ordinal" for token in tokens):
        return False
    told = {option.product_id for option in context.options if option.number in numbers}
    return bool(told) and told.isdisjoint(put)


def _puts_in_what_is_asked(
    tokens: Sequence[Token], meant: Sequence[Operation], first: Read
) -> bool:
    """Whether it puts in or changes what is only asked for: "oh no. And in red, 39?"."""
    asked = [act for act in first.acts if not isinstance(act, BESIDE_A_QUESTION)]
    questions = bool(asked) and all(isinstance(act, ABOUT_PIECES) for act in asked)
    if not questions or not tokens or not (tokens[-1].asked or _ends_content(tokens)):
        return False
    wished = any(not token.tags.isdisjoint(WISHING) or token.text in PLEADING for token in tokens)
    counted = any(isinstance(one, AlterSome | Amount | TakeOut) for one in meant)
    several = any(isinstance(one, PutIn) and (one.wanted.quantity or 1) > 1 for one in meant)
    return not (wished or counted or several)


def _ends_content(tokens: Sequence[Token]) -> bool:
    """Whether what is ordered is fine behind a question: "oh, is pink out? then black is ok"."""
    at = max((n + 1 for n, token in enumerate(tokens) if token.asked), default=len(tokens))
    texts = {token.text for token in tokens[at:]}
    return bool(texts & HENCE and texts & FINE) and texts.isdisjoint(SET_TO)


def _leaves_a_size_out(meant: Sequence[Operation], acts: Sequence[a.Act]) -> bool:
    """Whether of one piece in three sizes or more it puts in some only: "26, 28 and 30"."""
    wishes = [act for act in acts if isinstance(act, a.Add)]
    told = {act.values.size for act in wishes}
    plain = len({act.target for act in wishes}) == 1 and len(told) == len(wishes) > 2
    put = {one.wanted.size for one in meant if isinstance(one, PutIn)}
    return plain and None not in told and put < told


def _counts_otherwise(meant: Sequence[Operation], acts: Sequence[a.Act]) -> bool:
    """Whether it puts in the same colours and sizes, and other counts than are said beside them.

    "Black 5, grey 3"; of a single piece only where it takes one for the several that are said.
    """
    told = [act.values for act in acts if isinstance(act, a.Add)]
    put = [one.wanted for one in meant if isinstance(one, PutIn)]
    if not told or len(told) != len(put) or any(one.quantity is None for one in told):
        return False
    sized = all(one.size for one in told)

    def which(one: a.Values) -> tuple[str | None, ...]:
        return (one.colour, one.size) if sized else (one.colour,)

    said = Counter((which(one), one.quantity) for one in told)
    heard = Counter((which(one), one.quantity or 1) for one in put)
    if said == heard or Counter(map(which, told)) != Counter(map(which, put)):
        return False
    return len(told) > 1 or ((told[0].quantity or 1) > 1 and (put[0].quantity or 1) == 1)


def _gives_a_count_to_two(tokens: Sequence[Token], meant: Sequence[Operation], first: Read) -> bool:
    """Whether a count said of one piece is given to the next too: "three sifa, a shift dress"."""
    told = [one for one in first.done if isinstance(one, PutIn)]
    put = [one for one in meant if isinstance(one, PutIn)]
    if len(told) < 2 or [one.piece for one in told] != [one.piece for one in put]:
        return False
    if len({one.piece.product_id for one in told}) < len(told) or not EACH.isdisjoint(
        token.text for token in tokens
    ):
        return False
    said = {one.wanted.quantity for one in told} - {None, 1}
    return any(
        ours.wanted.quantity in said and theirs.wanted.quantity is None
        for ours, theirs in zip(put, told, strict=True)
    )


def _counts_lines_otherwise(meant: Sequence[Operation], first: Read) -> bool:
    """Whether several lines are told how many they are to be, and it leaves one or counts else.

    "Blue ni moja tu, red ziwe mbili": not only the red.
    """
    told = {one.line.number: one.to for one in first.done if isinstance(one, Amount)}
    plain = 1 < len(told) == len(first.acts) and None not in told.values()
    if not plain or not all(isinstance(act, a.Set) for act in first.acts):
        return False
    heard = [one for one in meant if isinstance(one, Amount)]
    if len(heard) != len(meant) or not all(one.line.number in told for one in heard):
        return False
    return {one.line.number: one.to for one in heard} != told


def _sizes_more_lines(tokens: Sequence[Token], meant: Sequence[Operation], first: Read) -> bool:
    """Whether lines take a size that are not in the one meant: "everything in 8 to 10"."""
    sets = [act for act in first.acts if isinstance(act, a.Set) and act.target.line]
    plain = 0 < len(sets) == len(first.acts) and all(
        act.values == a.Values(size=act.values.size) for act in sets
    )
    if not plain or EVERY.isdisjoint(token.text for token in tokens):
        return False
    told = {act.target.line for act in sets}
    return any(isinstance(one, Alter) and one.line.number not in told for one in meant)


def _gives_out_no_units(tokens: Sequence[Token], meant: Sequence[Operation], first: Read) -> bool:
    """Whether a line is not parted whose units are given out: "belts one of each colour"."""
    [act] = first.acts if len(first.acts) == 1 else [None]
    if not isinstance(act, a.Split) or act.target.line is None:
        return False
    heard = [one.wanted for one in meant if isinstance(one, AlterSome)]
    same = {(x.colour, x.size) for x in act.parts} <= {(x.colour, x.size) for x in heard}
    each = any(word in EACH for token in tokens for word in token.text.split())
    return each and not same


def _counts_the_coloured(meant: Sequence[Operation], first: Read) -> bool:
    """Whether a line is counted like another, and is to be in a colour: "2 hats, black shoes"."""
    coloured = {x.line.number for x in first.done if isinstance(x, Alter) and x.wanted.colour}
    counted = {x.line.number: x.to for x in meant if isinstance(x, Amount)}
    told = {x.line.number: x.to for x in first.done if isinstance(x, Amount)}
    changed = {x.line.number for x in meant if isinstance(x, Alter)}
    more = counted.keys() - told.keys()
    return bool(told) and counted.items() >= told.items() and bool(more & coloured - changed)


def _leaves_the_edit_behind_a_question(
    tokens: Sequence[Token], meant: Sequence[Operation], first: Read
) -> bool:
    """Whether only the question is heard: "do you deliver to X? na gauni ongeza moja"."""
    asked = any(isinstance(act, a.AskShop) for act in first.acts)
    edits = [act for act in first.acts if isinstance(act, a.Set | a.ChangeQuantity | a.Remove)]
    named = bool(edits) and all(act.target.category or act.target.name for act in edits)
    if not asked or not named or not all(isinstance(one, Beside) for one in meant):
        return False
    at = max((n + 1 for n, token in enumerate(tokens) if token.asked), default=len(tokens))
    return any(not token.tags.isdisjoint(CHANGING) or token.text in SET_TO for token in tokens[at:])


def _takes_out_what_is_kept(
    tokens: Sequence[Token], meant: Sequence[Operation], first: Read
) -> bool:
    """Whether a line goes that the rules leave, and a word says what stays: "bakisha heels tu".

    Or whether one is left that goes with all others ("keep only the navy"), or one goes where
    none is to: "keep the bag, don't remove the others", "leave the bag as it is".
    """
    edits = [act for act in first.acts if isinstance(act, a.EDITS)]
    removes = bool(edits) and all(isinstance(act, a.Remove) for act in edits)
    texts = {token.text for token in tokens}
    keeps = bool(texts & KEEP) or bool(texts & (LEAVING | REST) and texts & ONLY)
    as_it_is = says_as_it_is(tokens)
    if not edits and (as_it_is or (keeps and others_stay(tokens))):
        return any(isinstance(one, TakeOut) for one in meant)
    if not removes or not (keeps or as_it_is):
        return False
    all_others = any(isinstance(act, a.Remove) and act.target.but is not None for act in edits)
    return takes_out_more(meant, first) or (all_others and _takes_out_less(meant, first))


def _keeps_others(tokens: Sequence[Token], meant: Sequence[Operation], first: Read) -> bool:
    """Whether other lines or counts stay than are told to: "bakisha scarf na gloves moja tu"."""
    edits = [act for act in first.acts if isinstance(act, a.EDITS)]
    texts = [token.text for token in tokens]
    kinds = {type(act) for act in edits}
    if kinds == {a.Set} and not ONLY.isdisjoint(texts):
        # "keep the hat and bag but only 2 belts", "only 1 hat and 1 belt": none goes
        several = len(edits) > 1 or not KEEP.isdisjoint(texts)
        return several and _counts_alone(edits) and takes_out_more(meant, first)
    if kinds != {a.Remove, a.Set}:
        return False
    alone = any(pair in NOTHING_ELSE for pair in itertools.pairwise(texts))
    if not alone and ONLY.isdisjoint(texts) and not (KEEP & {*texts} and REST & {*texts}):
        return False
    found = all(act.target.line is not None for act in edits if isinstance(act, a.Remove))
    return found and _counts_alone(edits) and _left(meant) != _left(first.done)


def _counts_alone(edits: Sequence[a.Act]) -> bool:
    """Whether each Set tells a count and nothing else."""
    sets = [act for act in edits if isinstance(act, a.Set)]
    return all(act.values == a.Values(quantity=act.values.quantity) for act in sets)


def _left(done: Sequence[Operation]) -> set[tuple[int, int | None]]:
    """(line, how many of it are left) of each line that is told of."""
    gone = {(one.line.number, 0) for one in done if isinstance(one, TakeOut)}
    return gone | {(one.line.number, one.to) for one in done if isinstance(one, Amount)}


def _leaves_one_of_both(meant: Sequence[Operation], first: Read) -> bool:
    """Whether only some lines go of a kind of which both or all are to: "toa skirt zote mbili"."""
    edits = [act for act in first.acts if isinstance(act, a.EDITS)]
    targets = [act.target for act in edits if isinstance(act, a.Remove)]
    of_kind = any(
        one.scope != "one" and one.but is None and (one.category or one.name) for one in targets
    )
    return of_kind and len(targets) == len(edits) and _takes_out_less(meant, first)


def _alters_some_of_all(tokens: Sequence[Token], meant: Sequence[Operation], first: Read) -> bool:
    """Whether some units change of a line that does as a whole: "… jeans zote blue"."""
    whole = {x.line.number for x in first.done if isinstance(x, Alter) and not x.wanted.quantity}
    some = {one.line.number for one in meant if isinstance(one, AlterSome)}
    return bool(whole & some) and any(token.text in ALL for token in tokens)


def _changes_some_of_one(tokens: Sequence[Token], meant: Sequence[Operation], first: Read) -> bool:
    """Whether a unit is changed beside others that are to go: "iwe moja tu, na iwe nyeusi"."""
    mine = [one for one in meant if not isinstance(one, Beside)]
    reduced = any("~reduce" in token.tags for token in tokens)
    some = [one for one in mine if isinstance(one, AlterSome)]
    if len(some) != 1 or len(first.done) != 1:
        return False
    if not reduced and (len(mine) > 1 or not any(t.text in ONLY for t in tokens)):
        return False
    ours, theirs = some[0], first.done[0]
    if not isinstance(theirs, Alter):
        return False
    counted = ours.line == theirs.line and theirs.wanted.quantity is not None
    return counted and (reduced or any(_becomes_so_many(tokens, at) for at in range(len(tokens))))


def _becomes_so_many(tokens: Sequence[Token], at: int) -> bool:
    """Whether a count by itself is told here: "iwe moja tu, …"; not "make just one tie black"."""
    if tokens[at].kind != "number" and not tokens[at].text.isdigit():
        return False
    if any("~change" in token.tags and token.text not in SET_TO for token in tokens):
        return False  # "change just one, and make it black"
    before = [token.text for token in tokens[:at] if token.text not in ONLY]
    if before[-1:] and (before[-1] in BECOMES or before[-2:] in (["make", "it"], ["make", "them"])):
        return True
    for here in range(at, min(at + FAR, len(tokens) - 1)):
        following = tokens[here + 1].text
        if following in JOINERS:
            return True
        if tokens[here].pause:
            return following not in SET_TO
    return False


def _takes_out_less(meant: Sequence[Operation], first: Read) -> bool:
    gone = {one.line.number for one in meant if isinstance(one, TakeOut)}
    by_rules = {one.line.number for one in first.done if isinstance(one, TakeOut)}
    return bool(gone) and not by_rules <= gone


def _leaves_so_many(tokens: Sequence[Token], meant: Sequence[Operation], first: Read) -> bool:
    """Whether the count that is to stay is said, and it leaves another: "… zibaki mbili"."""
    mine = [one for one in meant if not isinstance(one, Beside)]
    if len(mine) != 1 or len(first.done) != 1 or not any(t.text in KEEP for t in tokens):
        return False
    ours, theirs = mine[0], first.done[0]
    if not isinstance(ours, Amount) or not isinstance(theirs, Amount):
        return False
    return ours.line == theirs.line and theirs.to is not None and ours.to != theirs.to


def _adds_what_is_changed(tokens: Sequence[Token], meant: Sequence[Operation], first: Read) -> bool:
    """Whether a line's piece is put in once more that is to be so instead: "ok black then"."""
    mine = [one for one in meant if not isinstance(one, Beside)]
    if len(mine) != 1 or len(first.done) != 1:
        return False
    ours, theirs = mine[0], first.done[0]
    if not isinstance(ours, PutIn) or not isinstance(theirs, Alter):
        return False
    hence = any(token.text in HENCE | INSTEAD for token in tokens)
    return hence and product_of(ours) == theirs.line.product_id


def _as_before_the_repair(tokens: Sequence[Token], meant: Sequence[Operation], first: Read) -> bool:
    """Whether it means a value that was taken back: "M, no sorry, S".

    Or puts in what is only asked for behind one: "L, no wait XL, is L available?".
    """
    asks = bool(first.acts) and all(isinstance(act, a.AskStock | a.AskPrice) for act in first.acts)
    if asks and repaired(tuple(tokens))[1]:
        return any(isinstance(one, PutIn) for one in meant)
    told = [act.values for act in first.acts if isinstance(act, a.Add | a.Set)]
    heard = [one.wanted for one in meant if isinstance(one, PutIn | Alter)]
    if not told or len(told) != len(heard) or not repaired(tuple(tokens))[1]:
        return False
    return any(
        value is not None and getattr(ours, slot) not in (None, value)
        for theirs, ours in zip(told, heard, strict=True)
        for slot, value in (
            ("colour", theirs.colour), ("size", theirs.size), ("quantity", theirs.quantity),
        )
    )  # fmt: skip
