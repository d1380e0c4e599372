"""Shops, orders and edits: fixed ones to read, and generated ones for properties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from dukani.core.store.products import Variant
from dukani.domain import acts
from dukani.domain.acts import Edit, Target, Values
from dukani.domain.pieces import Focus, Line, Option, SoldPiece
from dukani.domain.questions import Question
from dukani.domain.view import Swapped, View

# ── a shop by hand ──────────────────────────────────────────────────────────


def variant(
    product: str, colour: str, size: str, left: int = 10, *, kind: str = "dress", price: int = 1000
) -> Variant:
    """`product` is name and id at once; the variant's id reads "name/colour/size"."""
    id_ = f"{product}/{colour}/{size}"
    return Variant(id_, product, product, product, kind, colour, size, id_, price, left)


def stock_of(
    product: str,
    colours: Sequence[str],
    sizes: Sequence[str],
    *,
    kind: str = "dress",
    left: int = 10,
) -> list[Variant]:
    return [variant(product, c, s, left, kind=kind) for c in colours for s in sizes]


def line(id_: str, quantity: int = 1, *, kind: str = "dress", number: int = 1) -> Line:
    """A line of the variant "name/colour/size"."""
    product, colour, size = id_.split("/")
    return Line(
        number=number,
        name=product,
        colour=colour,
        size=size,
        quantity=quantity,
        unit_price_minor=1000,
        variant_id=id_,
        product_id=product,
        category=kind,
    )


def pieces_of(variants: Sequence[Variant]) -> tuple[SoldPiece, ...]:
    products: dict[str, list[Variant]] = {}
    for one in variants:
        products.setdefault(one.product_id, []).append(one)
    return tuple(
        SoldPiece(
            product_id=id_,
            sku=id_,
            name=own[0].name,
            category=own[0].category,
            colours=tuple(dict.fromkeys(v.colour for v in own)),
            sizes=tuple(dict.fromkeys(v.size for v in own)),
            variants=tuple((v.colour, v.size) for v in own),
        )
        for id_, own in products.items()
    )


def options(*product_ids: str) -> tuple[Option, ...]:
    return tuple(
        Option(number=number, product_id=id_, name=id_, price_minor=1000)
        for number, id_ in enumerate(product_ids, start=1)
    )


def numbered(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(x.model_copy(update={"number": n}) for n, x in enumerate(lines, start=1))


def held(lines: Sequence[Line]) -> list[tuple[str, int]]:
    return [(x.variant_id, x.quantity) for x in lines]


# ── generated shops ─────────────────────────────────────────────────────────

NAMES = (
    "Malaika Wrap Dress", "Malaika Maxi Dress", "Malika Dress", "Black Star Tee", "Kikoi cha Lamu",
    "Bahari Blue Abaya", "Air Force 1", "Zawadi Belt",
)  # fmt: skip
COLOURS = ("black", "white", "army green", "emerald", "navy", "sky blue", "maroon", "Nude")
SYSTEMS = (
    ("S", "M", "L"), ("M", "L", "2XL"), ("38", "39", "40"), ("15", "15.5"), ("4-5Y", "5-6Y"),
    ("ONE",), ("EU 38", "EU 39"),
)  # fmt: skip
KINDS = ("dress", "shirt", "t-shirt", "abaya", "shoes")
FAR = (-5, -1, 0, 10**9)


@dataclass(frozen=True)
class Shop:
    variants: tuple[Variant, ...]
    pieces: tuple[SoldPiece, ...]

    def variant(self, id_: str) -> Variant:
        return next(v for v in self.variants if v.id == id_)


@st.composite
def shops(draw: st.DrawFn) -> Shop:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    variants: list[Variant] = []
    for name in names:
        colours = draw(st.lists(st.sampled_from(COLOURS), min_size=1, max_size=3, unique=True))
        kind = draw(st.sampled_from(KINDS))
        for colour in colours:
            for size in draw(st.sampled_from(SYSTEMS)) if draw(st.booleans()) else ("S", "M"):
                left = draw(st.sampled_from((0, 1, 2, 5, 60)))
                variants.append(variant(name, colour, size, left, kind=kind))
    return Shop(tuple(variants), pieces_of(variants))


@st.composite
def orders(draw: st.DrawFn, shop: Shop, *, gone: bool = False) -> tuple[Line, ...]:
    """Lines that stock allows; with `gone` perhaps a piece that is no longer sold."""
    able = [v for v in shop.variants if v.available > 0]
    if not able:
        return ()
    chosen = draw(st.lists(st.sampled_from(able), max_size=4, unique=True))
    lines = [line(v.id, draw(st.integers(1, min(v.available, 4))), kind=v.category) for v in chosen]
    if gone and draw(st.booleans()):
        lines.append(line("Old Coat/red/M", draw(st.integers(1, 3)), kind="coat"))
    return numbered(lines)


QUANTITIES = st.one_of(st.none(), st.integers(1, 6), st.sampled_from(FAR))
SAID_COLOURS = st.one_of(
    st.none(), st.sampled_from((*COLOURS, "green", "blue", "red", "", "no such colour"))
)
SAID_SIZES = st.one_of(
    st.none(),
    st.sampled_from((*(s for sizes in SYSTEMS for s in sizes), "XXL", "5", "", "99")),
)


def values() -> st.SearchStrategy[Values]:
    return st.builds(
        Values,
        colour=SAID_COLOURS,
        size=SAID_SIZES,
        quantity=QUANTITIES,
        age=st.one_of(st.none(), st.integers(0, 12), st.sampled_from(FAR)),
        exclude_colour=SAID_COLOURS,
        exclude_size=SAID_SIZES,
    )


@st.composite
def pinned_edits(draw: st.DrawFn, shop: Shop, lines: Sequence[Line]) -> Edit:
    """Pinned to a line or piece there is, or to one there is not."""
    at = Target(
        variant_id=draw(st.sampled_from([*(x.variant_id for x in lines), "no such line", ""]))
    )
    of = Target(product_id=draw(st.sampled_from([*(p.product_id for p in shop.pieces), "foreign"])))
    return draw(_edits(at, of))


def _edits(at: Target, of: Target) -> st.SearchStrategy[Edit]:
    numbers = st.one_of(st.none(), st.integers(-3, 4), st.sampled_from(FAR))
    return st.one_of(
        st.builds(acts.Add, target=st.just(of), values=values(), another=st.booleans()),
        st.builds(acts.Set, target=st.just(at), values=values(), change=st.booleans()),
        st.builds(acts.ChangeQuantity, target=st.just(at), by=numbers, times=numbers),
        st.builds(acts.Remove, target=st.just(at), quantity=QUANTITIES),
        st.builds(acts.Substitute, target=st.just(at), piece=st.just(of), values=values()),
        st.builds(acts.Split, target=st.just(at), parts=st.lists(values(), max_size=3).map(tuple)),
        st.builds(acts.Clear),
        st.builds(acts.Undo),
    )


@st.composite
def targets(draw: st.DrawFn, *, deep: bool = True) -> Target:
    said = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "line": st.integers(-1, 5),
                "option": st.integers(-1, 5),
                "name": st.sampled_from((*NAMES, "Malaika", "malika", "star tee", "hoodie", "")),
                "category": st.sampled_from((*KINDS, "hoodie")),
                "colour": SAID_COLOURS,
                "size": SAID_SIZES,
                "pattern": st.sampled_from(("plain", "floral")),
                "pointed": st.sampled_from(("it", "other")),
                "scope": st.sampled_from(("one", "both", "all")),
            },
        )
    )
    # Few words at a time, as a customer says.
    kept = draw(st.sets(st.sampled_from(sorted(said)), max_size=2)) if said else set()
    target = Target(**{key: said[key] for key in kept})
    if deep and target.scope == "all" and draw(st.booleans()):
        target = target.model_copy(update={"but": draw(targets(deep=False))})
    return target


@st.composite
def said_edits(draw: st.DrawFn) -> Edit:
    """As a mind says them: nothing is pinned."""
    return draw(_edits(draw(targets()), draw(targets())))


@st.composite
def views(draw: st.DrawFn, shop: Shop, lines: Sequence[Line]) -> View:
    ids = [piece.product_id for piece in shop.pieces]
    shown = draw(st.lists(st.lists(st.sampled_from(ids), min_size=1, unique=True), max_size=2))
    focus = draw(st.one_of(st.none(), st.sampled_from(ids)))
    last = draw(st.one_of(st.none(), st.sampled_from([*(x.variant_id for x in lines), "gone"])))
    swapped = None
    if lines and draw(st.booleans()):
        changed, piece = draw(st.sampled_from(lines)), draw(st.sampled_from(shop.pieces))
        was = {"colour": piece.colours[0], "size": piece.sizes[0]}
        swapped = Swapped(line=changed.variant_id, **was)
    return View(
        lines=tuple(lines),
        lists=tuple(options(*one) for one in shown),
        focus=Focus(product_id=focus) if focus else None,
        last_variant_id=last,
        last_product_id=draw(st.one_of(st.none(), st.sampled_from(ids))),
        swapped=swapped,
        choosing=draw(st.booleans()),
        ages=tuple(draw(st.lists(st.integers(1, 14), max_size=3))),
        wished=draw(st.one_of(st.just(Values()), values())),
        pieces=shop.pieces,
    )


@st.composite
def questions(draw: st.DrawFn, shop: Shop, lines: Sequence[Line]) -> Question:
    piece = draw(st.sampled_from(shop.pieces))
    of = Target(product_id=piece.product_id)
    field = draw(st.sampled_from(("colour", "size", "quantity", "which", "which_line", "take_it")))
    if field == "which_line" and lines:
        ids = tuple(x.variant_id for x in lines)
        edit = draw(_edits(Target(), of).filter(lambda e: hasattr(e, "target") and e.kind != "add"))
        return Question(field=field, completes=edit, choices=ids)
    add = acts.Add(target=of, values=draw(values()))
    if field == "which":
        choices = tuple(p.product_id for p in shop.pieces)
        return Question(field=field, completes=acts.Add(values=add.values), choices=choices)
    choices = {"colour": piece.colours, "take_it": piece.colours, "size": piece.sizes}.get(
        field, ()
    )
    asked = "colour" if field == "which_line" else field
    return Question(
        field=asked, completes=add, product_id=piece.product_id, name=piece.name, choices=choices
    )
