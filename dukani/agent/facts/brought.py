"""Facts of what a message brought: catalogue pieces, photos, cards, too many words."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact
from dukani.domain.pieces import Frozen


class PriceTag(Frozen):
    """What a piece costs in the shop, in minor units."""

    name: str
    price_minor: int


class PiecesUnknown(Fact):
    """Ids of a catalogue that name no piece of the shop, as the sender wrote them."""

    kind: Literal["pieces_unknown"] = "pieces_unknown"
    ids: tuple[str, ...]
    others: bool = False  # other pieces of the same order are known
    asked_about: bool = False  # a question was about it, and nothing ordered


class PricesDiffer(Fact):
    """The catalogue said another price; the shop's counts."""

    kind: Literal["prices_differ"] = "prices_differ"
    pieces: tuple[PriceTag, ...]


class CatalogueCut(Fact):
    """Lines of a native order beyond what is taken at once."""

    kind: Literal["catalogue_cut"] = "catalogue_cut"
    left_out: int


class PhotosCounted(Fact):
    """More photos came than are looked at in one reply."""

    kind: Literal["photos_counted"] = "photos_counted"
    looked_at: int
    sent: int


class NotAllRead(Fact):
    """Of a flood of words the beginning and the end were read."""

    kind: Literal["not_all_read"] = "not_all_read"


class PayerOffered(Fact):
    """The number of a contact card, offered as the payer's; nothing is sent without a yes."""

    kind: Literal["payer_offered"] = "payer_offered"
    phone: str  # E.164


class AskWhichPayer(Fact):
    """A card, or several, with more than one number."""

    kind: Literal["ask_which_payer"] = "ask_which_payer"
    phones: tuple[str, ...]  # E.164, in the order of their numbers from 1
    names: tuple[str, ...] = ()  # on whose card each is, as written there


class PayerAfterPrompt(Fact):
    """A card while a prompt is still out: its number is asked about when that one has ended."""

    kind: Literal["payer_after_prompt"] = "payer_after_prompt"
    order_number: str
    phone: str


class CardTaken(Fact):
    """A contact card where none was needed, or one without a number that can pay."""

    kind: Literal["card_taken"] = "card_taken"
    at_payment: bool = False


class PromotionsStopped(Fact):
    """No more promotions; the chat and the news of orders go on."""

    kind: Literal["promotions_stopped"] = "promotions_stopped"


class PromotionsResumed(Fact):
    kind: Literal["promotions_resumed"] = "promotions_resumed"
