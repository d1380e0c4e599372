"""What other systems send of pieces for a chat, and what they are told of it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from dukani.core.clients.messenger import (
    MAX_CARDS,
    MAX_PRODUCT_BODY,
    MAX_PRODUCT_HEADER,
    MAX_PRODUCTS,
    MAX_ROW_TITLE,
    MAX_SECTIONS,
    MIN_CARDS,
)
from dukani.dashboard_api.bodies import Answer, Body
from dukani.tools.product_messages import SentAs, WhyPicture

UserId = Annotated[str, StringConstraints(min_length=3, max_length=140)]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_PRODUCT_BODY)
]
Header = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_PRODUCT_HEADER)
]
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_ROW_TITLE)
]


class Sends(Body):
    """`picture_instead`: pieces that Meta's catalogue does not show go as a picture with text."""

    user_id: UserId
    picture_instead: bool = False


class NewProduct(Sends):
    product_id: UUID
    text: Words | None = None


class NewSection(Body):
    title: Title
    product_ids: Annotated[list[UUID], Field(min_length=1, max_length=MAX_PRODUCTS)]


class NewProductList(Sends):
    """At most 30 pieces, in at most 10 sections. A piece named twice is shown once."""

    header: Header
    text: Words
    sections: Annotated[list[NewSection], Field(min_length=1, max_length=MAX_SECTIONS)]

    @model_validator(mode="after")
    def _not_too_many(self) -> NewProductList:
        count = sum(len(section.product_ids) for section in self.sections)
        if count > MAX_PRODUCTS:
            raise ValueError(f"{count} pieces: at most {MAX_PRODUCTS} in all sections")
        return self


class NewCarousel(Sends):
    """2 to 10 different pieces."""

    text: Words
    product_ids: Annotated[list[UUID], Field(min_length=MIN_CARDS, max_length=MAX_CARDS)]

    @model_validator(mode="after")
    def _different(self) -> NewCarousel:
        if len(set(self.product_ids)) != len(self.product_ids):
            raise ValueError("a card for each piece: one is named twice")
        return self


class SentProducts(Answer):
    """`sent_as`: what she gets. `picture` has its reason in `why_picture`."""

    sent_as: SentAs
    why_picture: WhyPicture | None
    conversation_id: UUID
    message_ids: list[UUID]
    whatsapp_text: str
