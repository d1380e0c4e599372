"""Writes the replies about the edits of an order: one line per change, then the cart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from dukani.agent.facts import Change, Line, OrderEdited, Voice
from dukani.agent.wording.cart import LOOK_EN, LOOK_SW, NEXT_EN, NEXT_SW, pieces_en, pieces_sw
from dukani.agent.wording.markup import lines, listed, price
from dukani.agent.wording.names import variant_phrase
from dukani.agent.wording.pieces import line_phrase, order_lines, piece
from dukani.agent.wording.refusing import refused
from dukani.agent.wording.registry import Said, words
from dukani.agent.wording.relations import for_whom
from dukani.domain.acts import Language


@words(OrderEdited, "en")
def order_edited_en(fact: OrderEdited, voice: Voice) -> Said:
    if _is_one_addition(fact):
        (change,) = fact.changes
        assert change.line is not None  # an addition has its line
        total = f"Your cart: {pieces_en(fact.pieces)}, total {price(fact.total_minor, voice)}."
        return Said(lines(f"Added: {line_phrase(change.line, voice)}", total), NEXT_EN)
    cart = ("Your cart:", f"Total: {price(fact.total_minor, voice)}")
    return _edited(fact, voice, _changes(fact, _change_en), cart, "Your cart is empty now.")


@words(OrderEdited, "sw")
def order_edited_sw(fact: OrderEdited, voice: Voice) -> Said:
    if _is_one_addition(fact):
        (change,) = fact.changes
        assert change.line is not None  # an addition has its line
        total = f"Kikapu chako: {pieces_sw(fact.pieces)}, jumla {price(fact.total_minor, voice)}."
        return Said(lines(f"Nimekuwekea: {line_phrase(change.line, voice)}", total), NEXT_SW)
    cart = ("Kikapu chako:", f"Jumla: {price(fact.total_minor, voice)}")
    return _edited(fact, voice, _changes(fact, _change_sw), cart, "Kikapu chako sasa hakina kitu.")


def _is_one_addition(fact: OrderEdited) -> bool:
    """Whether only one piece was added, so that the reply sums up the cart, unlisted."""
    return not fact.listed and [change.what for change in fact.changes] == ["added"]


def _edited(
    fact: OrderEdited, voice: Voice, changes: str, cart: tuple[str, str], emptied: str
) -> Said:
    """The changes and below them the cart, unless the cart was and stays empty."""
    if fact.listed:
        return Said(changes)
    sw = voice.language == "sw"
    if not fact.lines:
        gone = any(change.what == "removed" for change in fact.changes)
        offered = any(change.choices or change.left for change in fact.changes)
        look = LOOK_SW if sw else LOOK_EN
        return Said(lines(changes, emptied if gone else ""), "" if offered else look)
    head, total = cart
    shown = lines(head, order_lines(fact.lines, voice), total)
    text = f"{changes}\n\n{shown}" if changes else shown
    return Said(text, f"\n{NEXT_SW if sw else NEXT_EN}")


# ── changes ─────────────────────────────────────────────────────────────────


def _changes(fact: OrderEdited, told: Callable[[Sequence[Change]], str]) -> str:
    """One line per change; the parts of a split share a line."""
    alike = [list(group) for _, group in groupby(fact.changes, key=split_of)]
    return lines(*dict.fromkeys(told(group) for group in alike))


def split_of(change: Change) -> object:
    """The grouping key of a change: the same for the parts of one split, else unique."""
    return change.before if change.what == "changed" and change.before else object()


def _change_en(changes: Sequence[Change]) -> str:
    first = changes[0]
    line, before = first.line, first.before
    if first.what == "refused" or line is None:
        return refused(first, "en")
    if first.what == "added":
        return f"Added: {counted(line, 'en')}"
    if first.what == "removed":
        return f"Removed: {counted(line, 'en')}"
    if first.what == "kept" or before is None:
        return f"Already in your cart: {counted(line, 'en')}"
    if len(changes) > 1:
        return f"Changed: {counted(before, 'en')} is now {parts_of(changes, 'en', last='and')}"
    changed = counted(line, "en", before=before)
    if not (was := _was(before, line, "en")):
        verb = "is" if line.quantity == 1 else "are"
        return f"Noted: {changed} {verb} {for_whom(line, 'en') or 'for you'}"
    return f"Changed: {changed} – was {was}"


def _change_sw(changes: Sequence[Change]) -> str:
    first = changes[0]
    line, before = first.line, first.before
    if first.what == "refused" or line is None:
        return refused(first, "sw")
    if first.what == "added":
        return f"Nimekuwekea: {counted(line, 'sw')}"
    if first.what == "removed":
        return f"Nimeondoa: {counted(line, 'sw')}"
    if first.what == "kept" or before is None:
        return f"Tayari iko kwenye kikapu: {counted(line, 'sw')}"
    if len(changes) > 1:
        return (
            f"Nimebadilisha: {counted(before, 'sw')} sasa ni {parts_of(changes, 'sw', last='na')}"
        )
    changed = counted(line, "sw", before=before)
    if not (was := _was(before, line, "sw")):
        return f"Sawa: {changed} ni {for_whom(line, 'sw') or 'yako'}"
    verb = "zilikuwa" if before.quantity > 1 and was == str(before.quantity) else "ilikuwa"
    return f"Nimebadilisha: {changed} – {verb} {was}"


def counted(line: Line, language: Language, *, before: Line | None = None) -> str:
    """`2 × *Amani Wrap Dress* (blue, size M)`; "1 ×" only where there were several before."""
    name = piece(line.name, line.colour, line.size, language)
    one = line.quantity == 1 and (before is None or before.quantity == 1)
    return name if one else f"{line.quantity} × {name}"


def _was(before: Line, line: Line, language: Language) -> str:
    """The values of `before` that differ now: `2`, `size S`, `red, size S`, or the old piece.

    "" where only the person it is for has changed.
    """
    if before.name != line.name:
        return counted(before, language, before=line)
    quantity = str(before.quantity) if before.quantity != line.quantity else ""
    variant = variant_phrase(
        before.colour if before.colour != line.colour else None,
        before.size if before.size != line.size else None,
        language,
    )
    return ", ".join(part for part in (quantity, variant) if part)


def parts_of(changes: Sequence[Change], language: Language, *, last: str) -> str:
    """The parts of a split line: `1 blue, 1 orange and 1 green`."""
    parts = [change.line for change in changes if change.line is not None]
    in_colours = len({part.colour for part in parts}) > 1
    in_sizes = len({part.size for part in parts}) > 1
    named = [
        (
            part.quantity,
            variant_phrase(
                part.colour if in_colours else None, part.size if in_sizes else None, language
            ),
        )
        for part in parts
    ]
    if language == "sw":
        return listed([f"{name} {count}" for count, name in named], last=last)
    return listed([f"{count} {name}" for count, name in named], last=last)
