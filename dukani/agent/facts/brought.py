"""Defines facts about attachments: catalogue pieces, photos, contact cards, overlong texts."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact
from dukani.domain.pieces import Frozen


class PriceTag(Frozen):
    """A piece and its price in the shop, in minor units."""

    name: str
    price_minor: int


class PiecesUnknown(Fact):
    """The message has catalogue ids that no piece of the shop has, as the sender wrote them."""

    kind: Literal["pieces_unknown"] = "pieces_unknown"
    ids: tuple[str, ...]
    others: bool = False  # other pieces of the same order are known
    asked_about: bool = False  # the id came with a question, not with an order


class PiecesGone(Fact):
    """The catalogue order has pieces that the shop sold once and sells no more."""

    kind: Literal["pieces_gone"] = "pieces_gone"
    names: tuple[str, ...]
    others: bool = False  # other pieces of the same order are sold


class PricesDiffer(Fact):
    """A catalogue order, or a list, has other prices than the shop; the shop's prices count."""

    kind: Literal["prices_differ"] = "prices_differ"
    pieces: tuple[PriceTag, ...]
    of_list: bool = False  # a list of the assistant's showed them, not Meta's catalogue


class CatalogueCut(Fact):
    """The catalogue order had more lines than are read; `left_out` counts the rest."""

    kind: Literal["catalogue_cut"] = "catalogue_cut"
    left_out: int


class PhotosCounted(Fact):
    """The customer sent more photos than are analysed in one turn."""

    kind: Literal["photos_counted"] = "photos_counted"
    looked_at: int
    sent: int


class NotAllRead(Fact):
    """The text was too long: only its beginning and its end were read."""

    kind: Literal["not_all_read"] = "not_all_read"


class PayerOffered(Fact):
    """The number of a contact card, offered as the payer's; nothing is sent without a yes."""

    kind: Literal["payer_offered"] = "payer_offered"
    phone: str  # E.164


class AskWhichPayer(Fact):
    """The contact cards have several numbers; asks which is the payer's."""

    kind: Literal["ask_which_payer"] = "ask_which_payer"
    phones: tuple[str, ...]  # E.164, in the order of their numbers from 1
    names: tuple[str, ...] = ()  # on whose card each is, as written there


class PayerAfterPrompt(Fact):
    """A contact card came while a prompt is out; the payer is asked about when the prompt ends."""

    kind: Literal["payer_after_prompt"] = "payer_after_prompt"
    order_number: str
    phone: str


class CardTaken(Fact):
    """A contact card came where none was needed, or has no number that can pay."""

    kind: Literal["card_taken"] = "card_taken"
    at_payment: bool = False


class PromotionsStopped(Fact):
    """Promotions are stopped; the chat and order updates go on."""

    kind: Literal["promotions_stopped"] = "promotions_stopped"


class PromotionsResumed(Fact):
    kind: Literal["promotions_resumed"] = "promotions_resumed"
