"""search_products and get_product: the boutique's own search, understood as in the chat."""

from __future__ import annotations

from typing import Annotated

from mcp.server.mcpserver import Context
from pydantic import AfterValidator, Field, StringConstraints

from dukani.agent.eye import Eye
from dukani.agent.facts import Option
from dukani.agent.reader import Reader
from dukani.agent.wording.commerce import options_text
from dukani.agents_api.access import AtWork, at_work, called
from dukani.agents_api.shapes import Choice, Found, Language, Piece, PieceInFull, ProductId
from dukani.agents_api.voices import money, voice_of
from dukani.core.errors import NotFound
from dukani.core.media_links import own_link
from dukani.core.store import product_list, products
from dukani.dashboard_api.bodies import storable
from dukani.domain.context import TurnContext
from dukani.graph.hearing.assortments import Assortments
from dukani.tools import asked_for
from dukani.tools.options import as_options

Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(storable),
    Field(description="What the shopper wants, in English or Swahili: “a red dress under 4k”."),
]


class Finding:
    """The two tools that only read."""

    def __init__(self, reader: Reader, eye: Eye | None) -> None:
        self._reader, self._eye = reader, eye
        self._assortments = Assortments()

    async def search_products(self, words: Words, ctx: Context, language: Language = None) -> Found:
        """The five best pieces for the shopper's words; without any wish, the newest."""
        async with called(ctx, "search_products") as agent:
            async with at_work(agent) as at:
                sold = await self._assortments.of(at.conn, boutique_id=agent.boutique_id)
            # A model may take a second, in which no transaction waits.
            context = TurnContext(sold=sold, currency=at.boutique.currency)
            read = await self._reader.read(words, context)
            asked = asked_for.asked_in(read.acts, currency=at.boutique.currency)
            async with at_work(agent) as at:
                found = await asked_for.find(at.conn, asked, sold, eye=self._eye)
            voice = voice_of(at.boutique, language or read.language)
            return Found(
                items=[_piece(one, at, voice.language) for one in found.options],
                dropped=list(found.dropped),
                more=found.more,
                text=options_text(found.options, voice),
            )

    async def get_product(
        self, product_id: ProductId, ctx: Context, language: Language = None
    ) -> PieceInFull:
        """A piece with every colour and size that is made of it, and whether each is in stock."""
        async with called(ctx, "get_product") as agent, at_work(agent) as at:
            made = await products.variants(at.conn, product_ids=[product_id])
            options = await as_options(at.conn, [product_id])
            shown = await product_list.get(at.conn, product_id=product_id)
            if not made or not options or shown is None:
                raise NotFound(
                    f"product_id: {product_id} is no piece on sale here. Search for it anew."
                )
            spoken = voice_of(at.boutique, language).language
            return PieceInFull(
                **_piece(options[0], at, spoken).model_dump(),
                description=shown.description,
                choices=[
                    Choice(
                        variant_id=one.id,
                        colour=one.colour,
                        size=one.size,
                        in_stock=one.available > 0,
                        price_minor=one.price_minor,
                        price=money(one.price_minor, at.boutique),
                    )
                    for one in made
                ],
            )


def _piece(option: Option, at: AtWork, language: str) -> Piece:
    path = option.image_path
    return Piece(
        product_id=option.product_id,
        name=option.name,
        category=option.category,
        price_minor=option.price_minor,
        price=money(option.price_minor, at.boutique),
        currency=at.boutique.currency,
        colours=list(option.colours),
        sizes=list(option.sizes),
        in_stock=bool(option.sizes),
        picture_url=own_link(at.agent.services, path) if path else None,
    )
