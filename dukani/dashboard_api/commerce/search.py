"""Searches pieces in a customer's own words, by the assistant's understanding of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field, StringConstraints

from dukani.agent.eye import Eye
from dukani.agent.facts import AskWhatToFind, Fact, NothingFound, Option, OptionsShown
from dukani.agent.reader import Reader
from dukani.agent.wording import word
from dukani.agent.wording.commerce import fit_words
from dukani.core.services import Services
from dukani.core.store import boutiques, products
from dukani.dashboard_api.access import at_work
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.commerce.access import AProvenReader
from dukani.dashboard_api.commerce.pieces import ShopPiece, fields_of
from dukani.dashboard_api.commerce.shoppers import the_shopper, voice_for
from dukani.domain.acts import Language
from dukani.domain.context import TurnContext
from dukani.tools import asked_for
from dukani.tools.asked_for import AskedFor
from dukani.tools.search import Found

router = APIRouter(prefix="/whatsapp-commerce/products", tags=["whatsapp commerce"])


class Question(Body):
    """`user_id`: who asks, whose language is answered in; without, that of the words."""

    text: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
        Field(description="as a customer writes it: “a red dress under 4k”, “gauni la harusi”"),
    ]
    user_id: Annotated[str, StringConstraints(min_length=3, max_length=140)] | None = None


class Understood(Answer):
    """What the words ask for, in canonical terms; fields that were not said are left out."""

    acts: list[str]
    wish: dict[str, str | int | bool]


class Reason(Answer):
    """`met`: whether the piece has what was asked, by `field`."""

    field: str
    met: bool
    text: str


class FoundPiece(ShopPiece):
    """`score`: the share of what was asked that the piece has, from 0 to 1."""

    number: int
    score: float
    reasons: list[Reason]


class SearchResult(Answer):
    """`dropped`: what was asked and given up, because no piece has it."""

    understood: Understood
    language: Language
    items: list[FoundPiece]
    dropped: list[str]
    more: bool
    whatsapp_text: str


@router.post("/search")
async def search_products(
    member: AProvenReader, question: Question, request: Request
) -> SearchResult:
    """The best five. Words that ask for no piece are answered as the assistant would."""
    reader: Reader = request.app.state.reader
    eye: Eye = request.app.state.eye
    async with at_work(member, acting=True) as at:
        sold = await request.app.state.assortments.of(at.conn, boutique_id=at.boutique_id)
        boutique = await boutiques.get(at.conn, boutique_id=at.boutique_id)
        assert boutique is not None  # a member's own
        customer = None
        if question.user_id is not None:
            customer = await the_shopper(at.conn, boutique, question.user_id)
    # A model may take a second, in which no transaction waits.
    read = await reader.read(question.text, TurnContext(sold=sold, currency=boutique.currency))
    asked = asked_for.asked_in(read.acts, currency=boutique.currency)
    async with at_work(member, acting=True) as at:
        found = Found(options=())
        if asked.act:
            found = await asked_for.find(at.conn, asked, sold, eye=eye)
        categories = tuple(await products.categories(at.conn))
    language = (customer.language if customer else None) or read.language
    voice = voice_for(boutique, customer).model_copy(update={"language": language})
    replies = word([_fact(asked, found, categories)], voice)
    return SearchResult(
        understood=Understood(
            acts=[act.kind for act in read.acts],
            wish=asked.wish.model_dump(exclude_none=True),
        ),
        language=language,
        items=[
            _found_piece(option, asked, found, member.services, boutique.currency, language)
            for option in found.options
        ],
        dropped=list(found.dropped),
        more=found.more,
        whatsapp_text="\n\n".join(reply.text for reply in replies),
    )


def _fact(asked: AskedFor, found: Found, categories: tuple[str, ...]) -> Fact:
    if asked.act is None:
        return AskWhatToFind(categories=categories[:6])
    if not found.options:
        return found.out_of_stock or NothingFound(wish=asked.wish, categories=categories)
    return OptionsShown(
        options=found.options, wish=asked.wish, dropped=found.dropped, more=found.more
    )


def _found_piece(
    option: Option,
    asked: AskedFor,
    found: Found,
    services: Services,
    currency: str,
    language: Language,
) -> FoundPiece:
    fitting = asked_for.fits(asked.wish, option, found)
    return FoundPiece(
        **fields_of(option, services, currency),
        number=option.number,
        score=round(asked_for.score(fitting), 3),
        reasons=[
            Reason(
                field=field,
                met=met,
                text=fit_words(field, asked.wish, met, language=language, currency=currency),
            )
            for field, met in fitting.items()
        ],
    )
