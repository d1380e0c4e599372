"""Evaluates photo search: a gallery becomes a boutique's products, queries are WhatsApp photos."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dukani.agent.local_eye import CLASS_TO_CATEGORY
from dukani.core.images import reencode
from dukani.core.store import products
from dukani.evals.harness import Harness
from dukani.evals.read_standing import standing_of
from dukani.evals.shop import Shop, open_shop
from dukani.evals.shopper import NotAnswered, Shopper, options_in
from dukani.tools.catalogue import NewProduct
from dukani.tools.criteria import SURE
from dukani.tools.pictures import look_at_pictures

PRICE_MINOR = 200_000
BATCH = 200
STOCK = {"multicolour": {"ONE": 5}}
TOP = 5

Labelled = tuple[Path, str]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class PhotoResult:
    """A query with the categories of the products shown, best first, and its analysis."""

    photo: Path
    category: str
    shown: tuple[str, ...]
    seen: str | None
    asked: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class PhotoFigures:
    gallery: int
    results: Sequence[PhotoResult]

    @property
    def p1(self) -> float:
        return _mean([r.shown[:1] == (r.category,) for r in self.results])

    @property
    def p5(self) -> float:
        """Precision at 5: the share of right categories among the first five shown."""
        return _mean([r.shown[:TOP].count(r.category) / TOP for r in self.results])

    @property
    def accuracy(self) -> float:
        return _mean([r.seen == r.category for r in self.results])

    @property
    def asked(self) -> float:
        return _mean([r.asked for r in self.results])

    @property
    def without_options(self) -> int:
        return sum(not r.shown for r in self.results)

    def milliseconds(self, percentile: float) -> float:
        """Duration of a photo turn: from the webhook's receipt to the reply in the outbox."""
        return float(np.percentile([r.seconds * 1000 for r in self.results], percentile))

    def by_category(self) -> dict[str, tuple[int, int]]:
        """Precision at 1 of each category, as (right, all)."""
        found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for result in self.results:
            right, of = found[result.category]
            found[result.category] = (right + (result.shown[:1] == (result.category,)), of + 1)
        return dict(found)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0


async def hang_gallery(
    harness: Harness,
    gallery: Sequence[Labelled],
    *,
    stored: Progress = lambda _: None,
    seen: Progress = lambda _: None,
) -> Shop:
    """A boutique with one product for each photo, embedded by the image model in use."""
    shop = await open_shop(harness, (_product(n, photo) for n, photo in enumerate(gallery)))
    numbered = list(enumerate(gallery))
    for first in range(0, len(numbered), BATCH):
        batch = numbered[first : first + BATCH]
        pictures = await asyncio.to_thread(lambda rows: [_clean(row[1][0]) for row in rows], batch)
        await _hang(harness, shop, [number for number, _ in batch], pictures)
        stored(len(batch))
    await look_at_pictures(
        harness.services, harness.senses.eye, boutique_id=shop.boutique_id, seen=seen
    )
    return shop


def _product(number: int, labelled: Labelled) -> NewProduct:
    category = category_of(labelled[1])
    return NewProduct(
        sku=_sku(number),
        name=f"Piece {number}",
        category=category,
        price_minor=PRICE_MINOR,
        stock=STOCK,
        pattern="",
    )


def category_of(class_name: str) -> str:
    """The shop's category for a class; a class unknown to the image model stays unchanged."""
    return CLASS_TO_CATEGORY.get(class_name, class_name)


def _sku(number: int) -> str:
    return f"P{number:05d}"


def _clean(photo: Path) -> bytes:
    return reencode(photo.read_bytes(), max_side=1024)


async def _hang(
    harness: Harness, shop: Shop, numbers: Sequence[int], pictures: Sequence[bytes]
) -> None:
    """Add products and pictures, as `add_picture` does, many in one transaction."""
    paths = [f"{shop.boutique_id}/products/{_sku(number)}.jpg" for number in numbers]
    for path, picture in zip(paths, pictures, strict=True):
        await harness.services.media.put(path, picture, "image/jpeg")
    async with harness.database.tenant_connection(shop.boutique_id) as conn:
        for number, path in zip(numbers, paths, strict=True):
            await products.add_picture(
                conn,
                boutique_id=shop.boutique_id,
                product_id=shop.products[_sku(number)],
                path=path,
            )


async def ask_with_photos(
    harness: Harness,
    shop: Shop,
    queries: Sequence[Labelled],
    *,
    progress: Progress = lambda _: None,
) -> PhotoFigures:
    """Send each photo as a new shopper, one after another."""
    results = []
    for photo, class_name in queries:
        results.append(await _ask(harness, shop, photo, category_of(class_name)))
        progress(1)
    return PhotoFigures(gallery=len(shop.products), results=results)


async def _ask(harness: Harness, shop: Shop, photo: Path, category: str) -> PhotoResult:
    shopper = Shopper(harness, shop)
    await shopper.send_photo(await asyncio.to_thread(photo.read_bytes))
    try:
        seconds = await _until_replied(shopper)
        written = await shopper.answered()
    except NotAnswered:
        return PhotoResult(photo, category, shown=(), seen=None, asked=False, seconds=_LONGEST_S)
    standing = await standing_of(shopper)
    search = (standing.state.get("search") if standing else None) or {}
    analysis = search.get("photo") or {}
    return PhotoResult(
        photo=photo,
        category=category,
        shown=tuple(option["category"] for option in options_in(written)),
        seen=analysis.get("category"),
        asked=analysis.get("confidence", 0.0) < SURE,
        seconds=seconds,
    )


_REPLIED = """
select extract(epoch from clock_timestamp() - heard.created_at)::float8 as seconds
from messages heard join messages reply on reply.boutique_id = heard.boutique_id
  and reply.conversation_id = heard.conversation_id and reply.direction = 'out'
where heard.direction = 'in' and heard.conversation_id = %(conversation_id)s
order by reply.seq limit 1
"""
_POLL_S = 0.002
_LONGEST_S = 30.0


async def _until_replied(shopper: Shopper) -> float:
    """Seconds from the webhook's receipt to the reply's commit, by the database's clock.

    A row's own time is that of the turn's beginning, so the time of the first poll that finds the
    reply counts: up to 3 ms too much. Raises NotAnswered.
    """
    give_up = time.monotonic() + _LONGEST_S
    conversation_id: str | None = None
    while time.monotonic() < give_up:
        async with shopper.harness.database.tenant_connection(shopper.shop.boutique_id) as conn:
            conversation_id = conversation_id or await shopper.conversation_id(conn)
            cursor = await conn.execute(_REPLIED, {"conversation_id": conversation_id})
            row = await cursor.fetchone()
        if row is not None:
            return float(row["seconds"])
        await asyncio.sleep(_POLL_S)
    raise NotAnswered(f"no reply within {_LONGEST_S:.0f} s: see the log")
