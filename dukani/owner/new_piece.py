"""Makes a draft of the owner's photo with a price, and puts it on sale at her yes."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.wording import owner_desk_stock as words
from dukani.agent.wording.names import category_name, colour_name
from dukani.core.colours import MULTICOLOUR
from dukani.core.money import to_minor
from dukani.core.store import audit, embeddings, products
from dukani.core.store.products import Product
from dukani.domain.owner_commands import SizeCount
from dukani.domain.owner_pending import SellPiece, WhichSizes
from dukani.owner.captions import read_caption
from dukani.owner.context import Desk
from dukani.owner.photos import sku_of
from dukani.tools.catalogue import NewProduct, add_product, add_variant


async def draft(desk: Desk) -> None:
    """Adds the piece, its picture and the picture's vector; nobody is shown it before her yes."""
    said, photo = read_caption(desk.message.body), desk.photo
    if said is None or photo is None or photo.path is None or photo.analysis is None:
        await desk.tell("photo_unreadable")
        return
    category = said.category or photo.analysis.category
    colour = said.colour or photo.analysis.colour or MULTICOLOUR
    new = NewProduct(
        sku=sku_of(desk.message),
        name=said.name or f"{colour_name(colour, 'en')} {category_name(category, 'en')}".title(),
        category=category,
        price_minor=to_minor(said.price, desk.boutique.currency),
        stock={},
        pattern=photo.analysis.pattern or "plain",
        embroidery=bool(photo.analysis.embroidery),
    )
    boutique_id = desk.boutique.id
    product_id = await add_product(desk.conn, new, boutique_id=boutique_id, active=False)
    image_id = await products.add_picture(
        desk.conn,
        boutique_id=boutique_id,
        product_id=product_id,
        path=photo.path,
        colour=colour,
    )
    seen = embeddings.Seen(photo.analysis.vectors)
    await embeddings.put_all(desk.conn, boutique_id=boutique_id, image_id=image_id, seen=seen)
    if said.sizes:
        await ask_to_sell(desk, product_id, colour, said.sizes)
    else:
        await _ask_sizes(desk, product_id, colour)


async def ask_to_sell(desk: Desk, product_id: str, colour: str, sizes: Sequence[SizeCount]) -> None:
    piece = await products.draft(desk.conn, product_id=product_id)
    if piece is None:
        await desk.tell("over")
        return
    text = words.draft_question(
        piece.name,
        piece.category,
        colour,
        piece.price_minor,
        sizes,
        currency=desk.boutique.currency,
        language=desk.language,
    )
    await desk.confirm(SellPiece(product_id=product_id, colour=colour, sizes=tuple(sizes)), text)


async def put_on_sale(desk: Desk, change: SellPiece) -> None:
    piece = await products.draft(desk.conn, product_id=change.product_id)
    if piece is None or not await products.put_on_sale(desk.conn, product_id=change.product_id):
        await desk.tell("over")
        return
    for one in change.sizes:
        await add_variant(
            desk.conn,
            piece.sku,
            change.colour,
            one.size,
            one.units,
            boutique_id=desk.boutique.id,
            product_id=piece.id,
        )
    await audit.write(
        desk.conn, actor="staff", action="piece_added", subject=f"product:{piece.sku}"
    )
    await desk.say(words.on_sale(piece.name, piece.sku, desk.language))


async def leave(desk: Desk, product_id: str) -> None:
    """Her no: the draft stays off sale."""
    piece = await products.draft(desk.conn, product_id=product_id)
    await desk.say(words.not_on_sale(piece.name if piece else "", desk.language))


async def _ask_sizes(desk: Desk, product_id: str, colour: str) -> None:
    piece: Product | None = await products.draft(desk.conn, product_id=product_id)
    assert piece is not None  # just added on this connection
    text = words.ask_sizes(
        piece.name,
        piece.category,
        colour,
        piece.price_minor,
        currency=desk.boutique.currency,
        language=desk.language,
    )
    await desk.ask(WhichSizes(product_id=product_id, colour=colour), text)
