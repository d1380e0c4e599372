"""The kinds of cases, each a story of what is known of a customer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from dukani.domain.sizing.evidence import Bought, Evidence
from dukani.evals.sizes import shops
from dukani.evals.sizes.bodies import Who, drawn
from dukani.evals.sizes.histories import Case, Customer
from dukani.evals.sizes.shops import Piece, Shop

GIFTS = 0.08  # of purchases are for others, and nobody says so
Story = tuple[Customer, Piece, list[Evidence]]


def _woman(random: Random) -> Customer:
    return Customer(drawn("woman", random), shops.women(random), random, random.gauss(0.8, 1.5))


def _piece(customer: Customer, *, other_than: str = "") -> Piece:
    return customer.random.choice([p for p in customer.shop.pieces if p.category != other_than])


def _bought(
    customer: Customer, piece: Piece, times: int, *, gifts: float = GIFTS, years: float = 3.0
) -> list[Evidence]:
    found: list[Evidence] = []
    for _ in range(times):
        days = customer.random.randint(5, int(365 * years))
        found += customer.buys(piece, days, gifts=gifts)
    return found


def many(random: Random) -> Story:
    customer = _woman(random)
    piece = _piece(customer)
    return customer, piece, _bought(customer, piece, random.randint(4, 9))


def few(random: Random) -> Story:
    customer = _woman(random)
    piece = _piece(customer)
    return customer, piece, _bought(customer, piece, random.randint(1, 2))


def other_category(random: Random) -> Story:
    customer = _woman(random)
    piece = _piece(customer)
    found: list[Evidence] = []
    for _ in range(random.randint(2, 5)):
        found += _bought(customer, _piece(customer, other_than=piece.category), 1)
    return customer, piece, found


def gifts(random: Random) -> Story:
    customer = _woman(random)
    piece = _piece(customer)
    return customer, piece, _bought(customer, piece, random.randint(4, 8), gifts=0.35)


def stated(random: Random) -> Story:
    customer = _woman(random)
    piece = customer.random.choice([p for p in customer.shop.pieces if p.ruling == "girth"])
    return customer, piece, customer.states(category=random.choice([None, piece.category]))


def measured(random: Random) -> Story:
    customer = _woman(random)
    piece = _piece(customer)
    names = random.choice([("bust",), ("bust", "waist", "hips"), ("waist", "hips")])
    return customer, piece, customer.measures(*names)


def fitted(random: Random) -> Story:
    customer = _woman(random)
    piece = _piece(customer)
    found = _bought(customer, piece, random.randint(1, 3))
    for one in list(found):
        if isinstance(one, Bought) and random.random() < 0.8:
            found += customer.says_fit(piece, one)
    return customer, piece, found


def changed(random: Random) -> Story:
    """Up or down by about one size a year."""
    customer = _woman(random)
    customer.slope = random.choice([-1, 1]) * random.uniform(3, 7)
    piece = _piece(customer)
    return customer, piece, _bought(customer, piece, random.randint(4, 8), years=4)


def mixed(random: Random) -> Story:
    customer = _woman(random)
    piece = _piece(customer)
    found = _bought(customer, piece, random.randint(0, 2))
    found += _bought(customer, _piece(customer, other_than=piece.category), random.randint(0, 3))
    if random.random() < 0.5:
        found += customer.states(category=None)
    if random.random() < 0.4:
        found += customer.measures("bust", "waist")
    return customer, piece, found


def men(random: Random) -> Story:
    customer = Customer(drawn("man", random), shops.men(random), random, random.gauss(0.6, 1.2))
    piece = _piece(customer)
    found = _bought(customer, piece, random.randint(0, 3))
    found += _bought(customer, _piece(customer), random.randint(1, 3))
    if random.random() < 0.3:
        found += customer.measures("bust", "waist")
    return customer, piece, found


def children(random: Random) -> Story:
    customer = Customer(drawn("child", random), shops.children(random), random)
    piece = _piece(customer)
    found = _bought(customer, piece, random.randint(0, 4), gifts=0.03)
    if random.random() < 0.5:
        found += customer.tells_age()
    return customer, piece, found


def shoes(random: Random) -> Story:
    who: Who = random.choice(["woman", "woman", "man", "child"])
    audience = {"woman": "women", "man": "men", "child": "children"}[who]
    shop: Shop = shops.shoes(audience, random)  # type: ignore[arg-type]
    customer = Customer(drawn(who, random), shop, random)
    piece = shop.pieces[0]
    found = _bought(customer, piece, random.randint(0, 3), years=2)
    if random.random() < 0.4:
        found += customer.measures("foot")
    if who == "child" and random.random() < 0.6:
        found += customer.tells_age()
    return customer, piece, found


def lengths(random: Random) -> Story:
    customer = Customer(drawn("woman", random), shops.lengths(random), random)
    piece = customer.shop.pieces[0]
    found = _bought(customer, piece, random.randint(0, 3))
    if random.random() < 0.5:
        found += customer.measures("height")
    return customer, piece, found


KINDS: dict[str, Callable[[Random], Story]] = {
    "bought often": many,
    "bought once or twice": few,
    "bought other categories": other_category,
    "gifts among them": gifts,
    "stated, elsewhere": stated,
    "measured": measured,
    "said how it fitted": fitted,
    "body has changed": changed,
    "of everything a little": mixed,
    "men": men,
    "children": children,
    "shoes": shoes,
    "abayas by length": lengths,
}


def cases(seed: int, count: int) -> Iterator[Case]:
    """So many cases, the kinds in turn; only of wearers whom the piece can fit."""
    names = list(KINDS)
    for number in range(count):
        kind = names[number % len(names)]
        yield _case(kind, Random(f"{seed} {number}"))


def _case(kind: str, random: Random) -> Case:
    while True:
        customer, piece, evidence = KINDS[kind](random)
        truth = piece.fitting(customer.body)
        if truth is not None and evidence:
            random.shuffle(evidence)
            return Case(kind, tuple(evidence), piece, customer.shop.charts, truth)
