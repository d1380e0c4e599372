"""Makes more messages of written scenes: two said in one, and one beside a piece nobody means.

What comes of two messages that mean different lines, said together, is both; a remark before or
behind an edit changes nothing of it. A piece more in the shop or in the order changes nothing of
what is said of the others, as long as no word counts them all.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dukani.agent.local_reader.learned.vocabulary import WITHOUT_CHANGE
from dukani.domain.pieces import Line, SoldPiece
from effects.scenes import Scene, Unreadable, piece_named

MOST_TOGETHER, MOST_BESIDE = 4, 2  # messages of one scene
_BETWEEN = (", ", ". ", " and ", " na ", "; ", " then ", " alafu ", " pia ", " also ", " ")
_SHORTEST, _LONGEST = 3, 20  # words
_COUNTS_ALL = re.compile(
    r"\b(all|both|only|tu|pekee|peke|zote|yote|wote|vyote|everything|everyone|rest|kila|each|any"
    r"|\w*ngine|other|others|instead|except|isipokuwa|first|last|ya kwanza|ya mwisho|keep|\w*baki"
    r"|bakisha|remaining|half|nusu|moja moja|same|sawa na|kama|like|dear|cheap|rahisi|ghali)\b",
    re.IGNORECASE,
)
_GOES_BACK = re.compile(
    r"^\W*(no|nope|wait|la|ngoja|actually|sorry|hapana|zii|oops|scratch|pole|samahani|but|lakini"
    r"|si|not|sio|ah|kumbe|i mean|yaani|ama|or|au)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(it|its|that|this|them|those|these|one|ones|huyo|[hi]?[iy][lzy]?[eoi]|[hi]?iz[oi]|zile)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{3,}")
_LINE = re.compile(r"\bL(\d+)")


def two_in_one(scene: Scene, drawn: random.Random) -> Scene:
    """The scene with messages of which each is two of its own."""
    plain = [one for one in scene.messages if _can_stand_beside(one[0])]
    drawn.shuffle(plain)
    pairs = itertools.permutations(plain, 2)
    made = (_together(first, second, scene, drawn) for first, second in pairs)
    told = [one for one in made if one is not None]
    return replace(scene, messages=drawn.sample(told, min(len(told), MOST_TOGETHER)))


def with_a_piece_more(scene: Scene, others: Sequence[Scene], drawn: random.Random) -> Scene | None:
    """The scene with a piece of another one in the shop, and in the order where one can be."""
    said = _words(" ".join(text for text, _ in scene.messages))
    said |= set().union(*(_words(f"{one.name} {one.category}") for one in scene.pieces))
    unsaid = [
        (piece, line)
        for other in others
        for piece, line in _ordered(other)
        if not _words(f"{piece.name} {piece.category}") & said
    ]
    if not unsaid or len(scene.cart) not in range(2, 5):
        return None
    piece, line = drawn.choice(unsaid)
    number = f"piece-{len(scene.pieces)}"
    piece = piece.model_copy(update={"product_id": number, "sku": number})
    more = line.model_copy(
        update={"product_id": number, "variant_id": f"{number}/{line.colour}/{line.size}"}
    )
    first = drawn.random() < 0.5
    cart = [more, *scene.cart] if first else [*scene.cart, more]
    plain = [
        (text, _LINE.sub(lambda said: f"L{int(said[1]) + first}", effect))
        for text, effect in scene.messages
        if not _COUNTS_ALL.search(text) and not {"clear", "which", "undo"} & set(effect.split())
    ]
    return replace(
        scene,
        pieces=[*scene.pieces, piece],
        cart=[one.model_copy(update={"number": at + 1}) for at, one in enumerate(cart)],
        messages=drawn.sample(plain, min(len(plain), MOST_BESIDE)),
    )


def _can_stand_beside(text: str) -> bool:
    return _SHORTEST <= len(text.split()) <= _LONGEST and not _COUNTS_ALL.search(text)


def _together(
    first: tuple[str, str], second: tuple[str, str], scene: Scene, drawn: random.Random
) -> tuple[str, str] | None:
    """Both messages in one, where the second does not take back or point to the first."""
    (before, one), (after, other) = first, second
    if _GOES_BACK.match(after):
        return None
    edits = [said for said in (first, second) if _only_edits(said[1])]
    if len(edits) == 2:
        apart = not _meant(one, scene) & _meant(other, scene)
        named = all(_names_what_it_means(*said, scene) for said in edits)
        effect = f"{one} ; {other}" if apart and named and not _GOES_BACK.match(before) else None
    elif not edits or not _names_what_it_means(*edits[0], scene):
        effect = None
    elif "remark" in (one, other):
        effect = edits[0][1]
    else:
        asks = other in ("ask", "pay") and not _POINTS.search(after)
        effect = f"{one} ; {other}" if asks else None
    return (
        None if effect is None else (before.rstrip(".!") + drawn.choice(_BETWEEN) + after, effect)
    )


def _only_edits(effect: str) -> bool:
    return not any(part.split()[0] in WITHOUT_CHANGE for part in effect.split(" ; "))


def _meant(effect: str, scene: Scene) -> set[str]:
    """The names of the pieces and lines an effect is of."""
    numbers = [int(number) for number in _LINE.findall(effect)]
    meant = {scene.cart[number - 1].name for number in numbers if number <= len(scene.cart)}
    put = [part.lstrip("+ ") for part in effect.split(" ; ") if part.startswith("+")]
    put += [part.split("=>")[1].strip() for part in effect.split(" ; ") if "=>" in part]
    return meant | {one.split("|")[0].strip() for one in put}


def _names_what_it_means(text: str, effect: str, scene: Scene) -> bool:
    """Whether each piece of an effect is named, so that it is understood anywhere."""
    said = _words(text)
    meant = _meant(effect, scene)
    return bool(meant) and all(said & _names(name, scene) for name in meant)


def _names(name: str, scene: Scene) -> set[str]:
    words = _words(name)
    try:
        words.add(piece_named(name, scene.pieces).category)
    except Unreadable:
        return words
    return words | {f"{word}s" for word in words}


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _ordered(scene: Scene) -> Iterator[tuple[SoldPiece, Line]]:
    for line in scene.cart:
        yield piece_named(line.name, scene.pieces), line
