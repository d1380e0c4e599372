"""Reads messages that both keep and remove pieces: "keep the belt, drop the hoodie".

Swahili puts the command before or behind the piece, so pieces and commands are paired by their
order: the first piece with the first command.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.ops import Op, op_at
from dukani.agent.local_reader.edits.pieces import target
from dukani.agent.local_reader.edits.words import ALL, INSTEAD, IT, JOINERS, KEEP, ONLY, OTHER
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

REST = word_set("sparing", "rest")
WHOLE = frozenset(("everything", "rest", "everyone"))
DEAR = word_set("hesitating", "dear")
LETTING = frozenset(("acha", "wacha", "leave"))
GOES = word_set("verb_last", "goes") | word_set("verb_last", "leaves") | frozenset(("go", "out"))
NEAR = 2  # words between a count and its piece: "moja ya zile za 42"
REFUSES = ("~!want", "~!take", "~!like", "~!put", "~!buy")
THE = frozenset(("the", "my", "hiyo", "ile", "ya"))
MOST_BESIDE = 4  # words beside the pieces and their answers
TAKEN_OUT = ("~remove", "~erase", "~cancel")
TELLING = ("option", "name", "category", "colour", "size")

Outcome = Literal["keep", "remove"]


@dataclass(frozen=True)
class Piece:
    """Words that name a piece; with empty `finds`, words for all other pieces."""

    start: int
    finds: tuple[Find, ...] = ()


def sparing(message: Message) -> list[a.Act]:
    """The Removes of a message that keeps some pieces and removes others; else nothing."""
    if not message.context.cart or message.asks:
        return []
    if spared := _answered(message) or _refused_behind(message) or _only_behind(message):
        return spared
    outcomes = [
        (at, outcome) for at in range(len(message.tokens)) if (outcome := _outcome(message, at))
    ]
    outcomes = _deduplicated(message, outcomes)
    if {outcome for _, outcome in outcomes} != {"keep", "remove"} or _does_more(message):
        return []
    if so_many := _other_units_go(message):
        return [so_many]
    pieces = _pieces(message)
    pairs = _paired(message, pieces, outcomes)
    kept = [piece for piece, outcome in pairs if outcome == "keep" and piece.finds]
    gone = [piece for piece, outcome in pairs if outcome == "remove"]
    if any(not piece.finds for piece in gone):
        return [*_all_but(message, kept), *_kept_so_many(message, pieces, kept)]
    removed = [_removal(message, piece) for piece in gone]
    return [*removed, *_kept_so_many(message, pieces, kept)]


def _answered(message: Message) -> list[a.Act]:
    """What goes where each ordered piece has its yes or no behind it: "heels no, polo yes"."""
    tokens, told = message.tokens, {}
    for find in message.slots.finds:
        behind = tokens[find.end].tags if find.end < len(tokens) else frozenset[str]()
        if find.slot not in ("name", "category") or behind.isdisjoint(("@yes", "@no")):
            return []
        told[replace(find, denied=False)] = "@no" in behind
    gone = [find for find, refused in told.items() if refused]
    if len(gone) in (0, len(told)) or len(tokens) > 2 * len(told) + MOST_BESIDE:
        return []
    if not all(message.only([find]).lines_said() for find in told):
        return []
    return [_removal(message, Piece(find.start, (find,))) for find in gone]


def _refused_behind(message: Message) -> list[a.Act]:
    """The one of two ordered pieces that is refused behind the other: "polo not heels"."""
    finds = [find for find in message.slots.finds if find.slot in ("name", "category")]
    if len(finds) != 2 or len(message.slots.finds) != 2 or finds[0].denied or not finds[1].denied:
        return []
    if any(op_at(message, at) not in (None, "take") for at in range(len(message.tokens))):
        return []
    if message.tagged("~change", "~return", "~add", "~put") or message.says_any(INSTEAD):
        return []
    lines = [message.only([replace(find, denied=False)]).lines_said() for find in finds]
    if not all(lines) or lines[0] == lines[1]:
        return []
    return [_removal(message, Piece(finds[1].start, (replace(finds[1], denied=False),)))]


def _only_behind(message: Message) -> list[a.Act]:
    """What goes where "X only" follows a pause: "futa kanzu, kofia tu", "toa hiyo, belt tu"."""
    tokens = message.tokens
    finds = [find for find in message.slots.finds if find.slot in ("name", "category")]
    kept = [find for find in finds if _is_only_behind_a_pause(message, find)]
    if len(kept) != 1 or _does_more(message):
        return []
    at = kept[0].start
    said = tokens[:at]
    if not any(not token.tags.isdisjoint(TAKEN_OUT) for token in said):
        return []
    if any(_outcome(message, i) for i in range(at, len(tokens))):
        return []  # "toa hiyo, belt tu ibaki"
    gone = tuple(find for find in finds if find.end <= at)
    if gone:
        return [_removal(message, Piece(find.start, (find,))) for find in gone]
    pointed = any("@this" in token.tags for token in said)
    return _all_but(message, [Piece(at, (kept[0],))]) if pointed else []


def _is_only_behind_a_pause(message: Message, find: Find) -> bool:
    """Whether a piece opens anew and is all that is wanted: ", belt tu", ". just the tote"."""
    tokens, start = message.tokens, find.start
    while start and not tokens[start - 1].pause and tokens[start - 1].text in ONLY | THE:
        start -= 1
    beside = (*tokens[start : find.start], *tokens[find.end : find.end + 1])
    return start > 0 and bool(tokens[start - 1].pause) and any(t.text in ONLY for t in beside)


def _other_units_go(message: Message) -> a.Set | None:
    """The count of the one line that stays: "moja ibaki, hiyo ingine toa"."""
    counts, cart = message.slots.wanted("quantity"), message.context.cart
    if len(cart) != 1 or len(counts) != 1 or not message.says_any(OTHER):
        return None
    stays = int(str(counts[0].value))
    told = a.Values(quantity=stays)
    fewer = 0 < stays < cart[0].quantity
    return a.Set(target=a.Target(line=cart[0].number), values=told, change=True) if fewer else None


def _removal(message: Message, piece: Piece) -> a.Remove:
    """A Remove of the piece, or of so many of it: "ondoa moja ya 42 nibaki na moja"."""
    told = _target(message, piece)
    fitting = message.only(piece.finds).lines_said()
    sizes = {find.value for find in piece.finds if find.slot == "size"}
    most = max((line.quantity for line in fitting if not sizes or line.size in sizes), default=0)
    counts = [f for f in message.slots.wanted("quantity") if _counts(message, f, piece)]
    count = int(str(counts[0].value)) if counts else most
    return a.Remove(target=told, quantity=count if count < most else None)


def _counts(message: Message, count: Find, piece: Piece) -> bool:
    """Whether the count is said with the piece: beside it, with no command between the two."""
    end = max((find.end for find in piece.finds), default=piece.start)
    between = range(count.end, piece.start) if count.end <= piece.start else range(end, count.start)
    parted = any(
        _outcome(message, at) or message.tokens[at].text in JOINERS or message.tokens[at].pause
        for at in between
    )
    return len(between) <= NEAR and not parted


def _kept_so_many(
    message: Message, pieces: Sequence[Piece], kept: Sequence[Piece]
) -> Iterator[a.Set]:
    """Sets of the kept lines' quantities: "nyekundu zibaki mbili na ya kijani itoke"."""
    for piece in kept:
        later = [one.start for one in pieces if one.start > piece.start]
        end = min(later, default=len(message.tokens) + 1)
        counts = [
            f
            for f in message.slots.wanted("quantity")
            if f.end == piece.start or (piece.start <= f.start and f.end < end)
        ]
        if counts:
            so_many = a.Values(quantity=int(str(counts[0].value)))
            yield a.Set(target=_target(message, piece), values=so_many, change=True)


def _outcome(message: Message, at: int) -> Outcome | None:
    token = message.tokens[at]
    op = op_at(message, at)
    if op == "keep" or (op == "take" and _takes_only(message, at)):
        return "keep"
    if token.text in LETTING and _leads_before_rest(message, at):
        return "keep"
    following = message.tokens[at + 1].text if at + 1 < len(message.tokens) else ""
    refused = not token.tags.isdisjoint(REFUSES) or (token.text == "dont" and following != "")
    taken_out = token.text == "take" and following in ("out", "off", "away")
    goes = (token.text in GOES and _rest_before(message, at)) or _is_too_dear(message, at)
    return "remove" if op == "remove" or refused or taken_out or goes else None


def _is_too_dear(message: Message, at: int) -> bool:
    """Whether a complaint of a piece ends here, where no other is kept: "vans ni ghali"."""
    if message.tokens[at].text not in DEAR or not message.tokens[at].pause:
        return False
    start = max((i + 1 for i in range(at) if message.tokens[i].pause), default=0)
    kept = any(token.text in KEEP for token in message.tokens[start:at])
    return not kept and any(
        start <= f.start < at and f.slot in TELLING for f in message.slots.finds
    )


def _rest_before(message: Message, at: int) -> bool:
    """Whether all other lines are said to go: "everything else goes", "the rest can go"."""
    return any(
        t.text in REST or t.text in ("rest", "else") for t in message.tokens[max(0, at - 2) : at]
    )


def _leads_before_rest(message: Message, at: int) -> bool:
    """Whether "leave" opens the message and the rest is to go: "acha kilemba, vingine toa"."""
    rest = any(token.text in REST for token in message.tokens)
    taken_out = any("~remove" in token.tags for token in message.tokens)
    return at == 0 and rest and taken_out


def _takes_only(message: Message, at: int) -> bool:
    """Whether "only" stands with the wish, and the rest goes: "I only need the belt, drop …"."""
    near = message.tokens[max(0, at - 1) : at + 2]
    rest = any(token.text in REST or token.text == "else" for token in message.tokens)
    return rest and any(token.text in ONLY for token in near)


def _deduplicated(
    message: Message, outcomes: Sequence[tuple[int, Outcome]]
) -> list[tuple[int, Outcome]]:
    """The commands, with one of two words ("dont want") counted once."""
    kept: list[tuple[int, Outcome]] = []
    for at, outcome in outcomes:
        if kept and kept[-1][1] == outcome and at - kept[-1][0] <= 1:
            continue
        kept.append((at, outcome))
    return kept


def _does_more(message: Message) -> bool:
    """Whether the message also adds or changes something, which other rules read."""
    ops = [op_at(message, at) for at in range(len(message.tokens))]
    return any(op in ("add", "set", "fewer") for op in ops) or _puts_another(message, ops)


def _puts_another(message: Message, ops: Sequence[Op | None]) -> bool:
    """Whether what is not in the order is put in: "toa suti, weka shati nyeupe, viatu vibaki"."""
    heads = [find for find in message.slots.finds if find.slot in ("name", "category")]
    new = [replace(find, denied=False) for find in heads]
    new = [find for find in new if not message.only([find]).lines_said()]
    taken = [at for at, op in enumerate(ops) if op == "take"]
    return any(
        at < find.start and not any(at < one.start < find.start for one in heads)
        for at in taken
        for find in new
    )


def _pieces(message: Message) -> list[Piece]:
    """The pieces named; words without a command or a joint between them are one piece."""
    pieces: list[Piece] = []
    for at, token in enumerate(message.tokens):
        finds = [f for f in message.slots.finds if f.start == at and f.slot in TELLING]
        if finds:
            plain = tuple(replace(find, denied=False) for find in finds)
            if pieces and pieces[-1].finds and _goes_on(message, pieces[-1], at):
                pieces[-1] = replace(pieces[-1], finds=(*pieces[-1].finds, *plain))
            else:
                pieces.append(Piece(at, plain))
        elif token.text in ALL and _all_of_piece(message, at):
            continue  # "vilemba vyote": all of one kind
        elif token.text in REST or (token.text in ALL and not _is_rest(pieces, at)):
            pieces.append(Piece(at))
        elif token.text in IT and not _before_piece(message, at):
            pieces.append(Piece(at, (Find("pointed", "it", at, at + 1),)))
    return pieces


def _goes_on(message: Message, piece: Piece, at: int) -> bool:
    """Whether the next word describes the same piece: "the red headwrap"."""
    last = piece.finds[-1]
    between = range(last.end, at)
    parted = message.tokens[last.end - 1].pause or any(
        _outcome(message, i) or message.tokens[i].text in JOINERS for i in between
    )
    slots = {find.slot for find in piece.finds}
    here = {find.slot for find in message.slots.finds if find.start == at}
    return not parted and at - last.end <= 1 and not slots & here


def _is_rest(pieces: Sequence[Piece], at: int) -> bool:
    """Whether this word repeats "the rest": "zingine zote"."""
    return bool(pieces) and not pieces[-1].finds and at - pieces[-1].start <= 1


def _all_of_piece(message: Message, at: int) -> bool:
    """Whether "all" is of the piece right before or behind it: "vilemba vyote", "all the caps"."""
    if message.tokens[at].text in REST | WHOLE:
        return False
    heads = [find for find in message.slots.finds if find.slot in ("name", "category")]
    before = at > 0 and not message.tokens[at - 1].pause and any(f.end == at for f in heads)
    article = any(token.text in ("the", "my") for token in message.tokens[at + 1 : at + 2])
    return before or any(find.start == at + 1 + article for find in heads)


def _before_piece(message: Message, at: int) -> bool:
    """Whether a demonstrative belongs to the piece named behind it: "hiyo belt"."""
    return any(at < find.start <= at + 2 for find in message.slots.finds if find.slot in TELLING)


def _paired(
    message: Message, pieces: Sequence[Piece], outcomes: Sequence[tuple[int, Outcome]]
) -> list[tuple[Piece, Outcome]]:
    if len(pieces) == len(outcomes):
        return [(piece, outcome) for piece, (_, outcome) in zip(pieces, outcomes, strict=True)]
    return [(piece, _outcome_of(message, piece, outcomes)) for piece in pieces]


def _outcome_of(message: Message, piece: Piece, outcomes: Sequence[tuple[int, Outcome]]) -> Outcome:
    """The last command before the piece, or the first one behind it; first in its own phrase."""
    pauses = [at + 1 for at, token in enumerate(message.tokens) if token.pause]
    start = max((at for at in pauses if at <= piece.start), default=0)
    end = min((at for at in pauses if at > piece.start), default=len(message.tokens))
    outcomes = [one for one in outcomes if start <= one[0] < end] or outcomes
    before = [outcome for at, outcome in outcomes if at < piece.start]
    return before[-1] if before else outcomes[0][1]


def _all_but(message: Message, kept: Sequence[Piece]) -> list[a.Act]:
    """The Removes of all lines but those kept; nothing where one kept is not in the order."""
    named = [piece for piece in kept if any(find.slot in TELLING for find in piece.finds)]
    kept = named or kept  # "vans … so those must stay"
    if len(kept) < 2:
        but = (_target(message, piece) for piece in kept)
        return [a.Remove(target=a.Target(scope="all", but=told)) for told in but]
    stay = [message.only(piece.finds).lines_said() for piece in kept]
    numbers = {line.number for lines in stay for line in lines}
    gone = [line.number for line in message.context.cart if line.number not in numbers]
    return [a.Remove(target=a.Target(line=number)) for number in gone] if all(stay) else []


def _target(message: Message, piece: Piece) -> a.Target:
    finds = tuple(find for find in piece.finds if find.slot in TELLING)
    if not finds:
        return a.Target(pointed="it")
    group = Group(finds, finds[0].start, max(find.end for find in finds))
    told = target(message.only(finds), group, line=True)
    pauses = [at + 1 for at in range(group.start) if message.tokens[at].pause]
    near = message.tokens[max(0, group.start - 2, *pauses) : group.end + 1]
    every = any(t.text in ALL - WHOLE for t in near) and _several(message, finds)
    scope = "all" if every else "one"
    return told.model_copy(update={"scope": scope, "pointed": None})


def _several(message: Message, finds: Sequence[Find]) -> bool:
    return len(message.only(finds).lines_said()) > 1
