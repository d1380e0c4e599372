"""Reads scenes: the pieces of a shop, an order, what was said last, and messages with their effect.

The form is told in `scenes/README.md`. A line that cannot be read is left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast, get_args

from dukani.agent.local_reader.learned.features import Told
from dukani.agent.local_reader.learned.vocabulary import HIGHEST, WITHOUT_CHANGE
from dukani.core.store.wearers import Relation, WornBy
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Assortment, Line, Option, SoldPiece
from dukani.domain.sizes import ONE_SIZE
from dukani.domain.steps import Step

SCENES = Path(__file__).parent / "scenes"
_STEPS: dict[str, Step] = {
    "greeting": "start",
    "shown": "products_found",
    "asked address": "awaiting_delivery_address",
    "total": "awaiting_confirmation",
    "failed": "payment_failed",
}
_ASKED = re.compile(r"asked (size|colour) of (.*?)(?: / (.*))?$")
_ABOUT = re.compile(r"(added|changed|answered) (.+)$")
_SET = re.compile(r"L(\d+)\s+(?:part (\d+) )?(.*?)(?:\s*\bx(\d+))?$")
_VALUE = re.compile(r"(colour|size|age)=(.*?)(?=\s+(?:colour|size|age)=|$)")


class Unreadable(ValueError):
    """A line of a scene that cannot be read, or an effect the network has no symbols for."""


@dataclass
class Scene:
    pieces: list[SoldPiece] = field(default_factory=list)
    cart: list[Line] = field(default_factory=list)
    shown: list[SoldPiece] = field(default_factory=list)
    last: str = "greeting"
    messages: list[tuple[str, str]] = field(default_factory=list)  # text, effect as written


def read_scenes(path: Path) -> Iterator[Scene]:
    """The scenes of a file."""
    scene, text = Scene(), ""
    for line in path.read_text().splitlines():
        key, _, rest = line.strip().partition(" ")
        if key == "==":
            if scene.pieces:
                yield scene
            scene = Scene()
        elif key == "piece:":
            scene.pieces.append(_piece(rest, len(scene.pieces)))
        elif key == "cart:" and "|" in rest:
            scene.cart.append(_line(rest, scene))
        elif key == "shown:":
            named = (name.strip() for name in rest.split(";"))
            scene.shown = [piece_named(name, scene.pieces) for name in named if name]
        elif key == "last:":
            scene.last = rest.strip()
        elif key == ">":
            text = rest.strip()
        elif text and line.strip():
            scene.messages.append((text, line.strip()))
            text = ""
    if scene.pieces:
        yield scene


def context_of(scene: Scene) -> TurnContext:
    """The dialogue context of a scene's messages."""
    pieces = tuple(scene.pieces)
    sold = Assortment(
        pieces=pieces,
        names=tuple(piece.name for piece in pieces),
        categories=tuple(dict.fromkeys(piece.category for piece in pieces)),
        colours=tuple(dict.fromkeys(colour for piece in pieces for colour in piece.colours)),
        sizes=tuple(dict.fromkeys(size for piece in pieces for size in piece.sizes)),
    )
    options = tuple(_option(piece, at + 1) for at, piece in enumerate(scene.shown))
    usual: Step = "cart_updated" if scene.cart else "products_found" if options else "start"
    context = TurnContext(
        step=_STEPS.get(scene.last, usual), options=options, cart=tuple(scene.cart), sold=sold
    )
    if asked := _ASKED.match(scene.last):
        return _with_question(context, asked, scene)
    if about := _ABOUT.match(scene.last):
        name, *said = about[2].split(" / ")
        piece = piece_named(name, scene.pieces)
        if about[1] == "answered":
            colour, size = (None if one == "?" else one for one in (*said, "?", "?")[:2])
            spoken = {"spoken_colour": colour, "spoken_size": size}
            return context.model_copy(update={"focus": _option(piece, 0), **spoken})
        numbers = (one.number for one in scene.cart if one.product_id == piece.product_id)
        return context.model_copy(update={"last_line": max(numbers, default=None)})
    return context


def _with_question(context: TurnContext, asked: re.Match[str], scene: Scene) -> TurnContext:
    piece, known = piece_named(asked[2], scene.pieces), asked[3]
    of_size = asked[1] == "size"
    colour, size = (known, None) if of_size else (None, known)
    colours = tuple(dict.fromkeys([*([colour] if colour else []), *piece.colours]))
    return context.model_copy(
        update={
            "step": "size_recommended",
            "question": asked[1],
            "choices": piece.sizes if of_size else piece.colours,
            "focus": _option(piece, 0).model_copy(update={"colours": colours}),
            "spoken_colour": colour,
            "spoken_size": size,
        }
    )


def piece_named(name: str, pieces: Sequence[SoldPiece]) -> SoldPiece:
    """The piece of this name. Raises Unreadable."""
    for piece in pieces:
        if _plain(piece.name) == _plain(name):
            return piece
    raise Unreadable(f"no piece {name!r}")


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def _piece(rest: str, number: int) -> SoldPiece:
    name, kind, colours, sizes, price = (part.strip() for part in rest.split("|")[:5])
    return SoldPiece(
        product_id=f"piece-{number}",
        sku=f"S{number}",
        name=name,
        category=kind.lower(),
        colours=tuple(one.strip() for one in colours.split(",")),
        sizes=tuple(one.strip() for one in sizes.split(",")),
        price_minor=int(re.sub(r"\D", "", price) or 0) * 100,
    )


def _line(rest: str, scene: Scene) -> Line:
    name, colour, size, quantity, wearer = (*(x.strip() for x in rest.split("|")), "")[:5]
    piece = piece_named(name, scene.pieces)
    return Line(
        number=len(scene.cart) + 1,
        name=piece.name,
        colour=colour,
        size=size,
        quantity=int(quantity.strip("x") or 1),
        unit_price_minor=piece.price_minor,
        variant_id=f"{piece.product_id}/{colour}/{size}",
        product_id=piece.product_id,
        sku=piece.sku,
        category=piece.category,
        worn_by=_wearer(wearer),
    )


def _wearer(told: str) -> WornBy | None:
    """Whom a line is for: "mother", "son Brian"."""
    relation, _, name = told.partition(" ")
    if not relation:
        return None
    if relation not in get_args(Relation):
        raise Unreadable(f"no relation {relation!r}")
    return WornBy(id=told, relation=cast("Relation", relation), name=name or None)


def _option(piece: SoldPiece, number: int) -> Option:
    return Option(
        number=number,
        product_id=piece.product_id,
        sku=piece.sku,
        name=piece.name,
        category=piece.category,
        colours=piece.colours,
        sizes=piece.sizes,
        price_minor=piece.price_minor,
    )


# ── effects as symbols ──────────────────────────────────────────────────────


def symbols_of(effect: str, told: Told, scene: Scene) -> list[str]:
    """The symbols of a written effect for a message told so. Raises Unreadable."""
    parts = [part.strip() for part in effect.split(" ; ") if part.strip()]
    return [symbol for part in parts for symbol in _symbols(part, told, scene)]


def _symbols(part: str, told: Told, scene: Scene) -> list[str]:
    if part.startswith("+"):
        piece, values = _wanted(part[1:], told, scene)
        return ["ADD", _numbered("p", told.numbered.pieces, piece.product_id), *values]
    if gone := re.fullmatch(r"-\s*L(\d+)", part):
        return ["REM", _at(gone[1], scene)]
    if swapped := re.match(r"L(\d+)\s*=>\s*(.*)$", part):
        piece, values = _wanted(swapped[2], told, scene)
        new = _numbered("p", told.numbered.pieces, piece.product_id)
        return ["SWAP", _at(swapped[1], scene), new, *values]
    if counted := re.fullmatch(r"L(\d+)\s*([x+-])\s*(\d+)", part):
        name = {"x": "SETQ", "+": "INC", "-": "DEC"}[counted[2]]
        return [name, _at(counted[1], scene), _count(counted[3])]
    if changed := _SET.fullmatch(part):
        return _change(changed, told, scene)
    word = part.split()[0].lower()
    if word not in WITHOUT_CHANGE:
        raise Unreadable(part)
    return [word]


def _change(changed: re.Match[str], told: Told, scene: Scene) -> list[str]:
    number, some, values, count = changed.groups()
    line = _at(number, scene)
    said = dict(_VALUE.findall(values))
    if not said:
        raise Unreadable(values)
    colour = _numbered("c", told.numbered.colours, said["colour"]) if "colour" in said else "Q"
    size = ["AGE", _count(said["age"])] if "age" in said else ["Q"]
    if "size" in said:
        size = [_resized(scene.cart[int(number) - 1], said["size"], told, scene)]
    if some:
        return ["PART", line, _count(some), colour, *size]
    return ["CHG", line, colour, *size, _count(count) if count else "Q"]


def _resized(line: Line, size: str, told: Told, scene: Scene) -> str:
    """The symbol of a line's new size; "one size up" has no size among its words."""
    if size in told.numbered.sizes:
        return f"s{told.numbered.sizes[size]}"
    sizes = next(p.sizes for p in scene.pieces if p.product_id == line.product_id)
    steps = sizes.index(size) - sizes.index(line.size) if size in sizes else 0
    if steps not in (1, -1):
        raise Unreadable(size)
    return "UP" if steps == 1 else "DN"


def _wanted(text: str, told: Told, scene: Scene) -> tuple[SoldPiece, list[str]]:
    """The piece and the symbols of its colour, size and count."""
    name, colour, size, count = (*(one.strip() for one in text.split("|")), "?", "?", "?")[:4]
    piece = piece_named(name, scene.pieces)
    only_colour = len(piece.colours) == 1 or colour == "?"
    values = ["Q" if only_colour else _numbered("c", told.numbered.colours, colour)]
    if size.startswith("age="):
        values += ["AGE", _count(size[4:])]
    elif size == "?" or piece.sizes == (ONE_SIZE,):
        values.append("Q")
    else:
        values.append(_numbered("s", told.numbered.sizes, size))
    return piece, [*values, "Q" if count == "?" else _count(count)]


def _at(number: str, scene: Scene) -> str:
    if not 1 <= int(number) <= len(scene.cart):
        raise Unreadable(f"no line {number}")
    return f"L{int(number) - 1}"


def _numbered(kind: str, numbers: dict[str, int], value: str) -> str:
    if value not in numbers:
        raise Unreadable(f"{value!r} is not said")
    return f"{kind}{numbers[value]}"


def _count(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    if not digits or int(digits) > HIGHEST:
        raise Unreadable(text)
    return f"n{int(digits)}"
