"""Defines facts, the content of replies: every price, number and name a reply may contain.

Nodes add facts in the order in which they should be said; `wording` turns them into replies
in the customer's language. Amounts are integer minor units of the boutique's currency.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from dukani.agent.facts.brought import (
    AskWhichPayer,
    CardTaken,
    CatalogueCut,
    NotAllRead,
    PayerAfterPrompt,
    PayerOffered,
    PhotosCounted,
    PiecesGone,
    PiecesUnknown,
    PricesDiffer,
    PriceTag,
    PromotionsResumed,
    PromotionsStopped,
)
from dukani.agent.facts.cart import (
    AddedToCart,
    AskWhichLine,
    BoughtTogether,
    CartCleared,
    CartEmpty,
    CartShown,
    LineChanged,
    LineRemoved,
    WindowCartOver,
)
from dukani.agent.facts.choosing import (
    AskVariant,
    AskWhichOption,
    Available,
    FitOfWhat,
    NoDiscount,
    OptionsAgain,
    PieceDescribed,
    PieceOutOfStock,
    PriceTold,
    SizeAdvised,
    SizeConverted,
    SizeNoted,
    SizeUnknown,
    SumTold,
    SumWithoutTold,
)
from dukani.agent.facts.editing import (
    ChangeRequested,
    EditsKept,
    FeeDiffers,
    LeftAsItIs,
    LeftOut,
    NoteTaken,
    OfferNearest,
    OrderEdited,
    OrderReopened,
    PlacedOrderChanged,
    RequestPassedOn,
    StillOpen,
)
from dukani.agent.facts.finding import (
    AskWhatToFind,
    NoMoreOptions,
    NothingFound,
    NothingWorn,
    OptionsShown,
    PhotoSeen,
    PhotoUnreadable,
    PhotoUnsure,
    VoiceNotHeard,
)
from dukani.agent.facts.meeting import (
    Greeted,
    Introduced,
    Thanked,
)
from dukani.agent.facts.order_news import (
    OrderCancelledByShop,
    OrderMoved,
    OrderSentInPart,
    PaymentNotFound,
    Refunded,
)
from dukani.agent.facts.ordering import (
    AddedByNewOrder,
    AddressNoted,
    AskAddress,
    AskConfirmation,
    AskMissing,
    AskReading,
    Cancelled,
    CannotCancel,
    ChangeWhat,
    NoOrders,
    OrderExpired,
    OrderStatus,
    SayOtherwise,
    WhenFeePaid,
)
from dukani.agent.facts.paying import (
    AlreadyPaid,
    AskPaymentPhone,
    FailureReason,
    NoMorePrompts,
    NothingToPay,
    PaymentFailed,
    PaymentInstructed,
    PaymentPending,
    PaymentPrompted,
    PaymentReceived,
    PaymentUnderReview,
    PromptAgainSoon,
    TooManyHeld,
    WaitBeforePrompt,
)
from dukani.agent.facts.people import (
    AskPerson,
    CallReason,
    HandedBack,
    HandedOff,
    PersonDeclined,
    PersonOffered,
    PersonWrites,
    ShopPaused,
    StillWaiting,
    Unclear,
    WaitedInVain,
    WearerNoted,
)
from dukani.agent.facts.pieces import (
    Fact,
    Line,
    Option,
    Wish,
)
from dukani.agent.facts.recovering import CartTakenUp, LeftForLater
from dukani.agent.facts.shop import (
    Acknowledged,
    AssistantExplained,
    OffTopic,
    OptedIn,
    OptedOut,
    PaymentWays,
    ShopAnswer,
    StartedOver,
    ZoneFee,
)
from dukani.agent.facts.waiting import MayWait, StockWaited, WaitForWhat
from dukani.core.languages import Language
from dukani.domain.changes import Change

__all__ = [
    "FACTS",
    "Acknowledged",
    "AddedByNewOrder",
    "AddedToCart",
    "AddressNoted",
    "AlreadyPaid",
    "AnyFact",
    "AskAddress",
    "AskConfirmation",
    "AskMissing",
    "AskPaymentPhone",
    "AskPerson",
    "AskReading",
    "AskVariant",
    "AskWhatToFind",
    "AskWhichLine",
    "AskWhichOption",
    "AskWhichPayer",
    "AssistantExplained",
    "Available",
    "BoughtTogether",
    "Button",
    "CallReason",
    "Cancelled",
    "CannotCancel",
    "CardTaken",
    "CartCleared",
    "CartEmpty",
    "CartShown",
    "CartTakenUp",
    "CatalogueCut",
    "Change",
    "ChangeRequested",
    "ChangeWhat",
    "EditsKept",
    "Fact",
    "FailureReason",
    "FeeDiffers",
    "FitOfWhat",
    "Greeted",
    "HandedBack",
    "HandedOff",
    "Introduced",
    "LeftAsItIs",
    "LeftForLater",
    "LeftOut",
    "Line",
    "LineChanged",
    "LineRemoved",
    "MayWait",
    "NoDiscount",
    "NoMoreOptions",
    "NoMorePrompts",
    "NoOrders",
    "NotAllRead",
    "NoteTaken",
    "NothingFound",
    "NothingToPay",
    "NothingWorn",
    "OffTopic",
    "OfferNearest",
    "OptedIn",
    "OptedOut",
    "Option",
    "OptionsAgain",
    "OptionsShown",
    "OrderCancelledByShop",
    "OrderEdited",
    "OrderExpired",
    "OrderMoved",
    "OrderReopened",
    "OrderSentInPart",
    "OrderStatus",
    "PayerAfterPrompt",
    "PayerOffered",
    "PaymentFailed",
    "PaymentInstructed",
    "PaymentNotFound",
    "PaymentPending",
    "PaymentPrompted",
    "PaymentReceived",
    "PaymentUnderReview",
    "PaymentWays",
    "PersonDeclined",
    "PersonOffered",
    "PersonWrites",
    "PhotoSeen",
    "PhotoUnreadable",
    "PhotoUnsure",
    "PhotosCounted",
    "PieceDescribed",
    "PieceOutOfStock",
    "PiecesGone",
    "PiecesUnknown",
    "PlacedOrderChanged",
    "PriceTag",
    "PriceTold",
    "PricesDiffer",
    "PromotionsResumed",
    "PromotionsStopped",
    "PromptAgainSoon",
    "Refunded",
    "Reply",
    "RequestPassedOn",
    "SayOtherwise",
    "ShopAnswer",
    "ShopPaused",
    "SizeAdvised",
    "SizeConverted",
    "SizeNoted",
    "SizeUnknown",
    "StartedOver",
    "StillOpen",
    "StillWaiting",
    "StockWaited",
    "SumTold",
    "SumWithoutTold",
    "Thanked",
    "TooManyHeld",
    "Unclear",
    "Voice",
    "VoiceNotHeard",
    "WaitBeforePrompt",
    "WaitForWhat",
    "WaitedInVain",
    "WearerNoted",
    "WhenFeePaid",
    "WindowCartOver",
    "Wish",
    "ZoneFee",
]

AnyFact = Annotated[
    Introduced | Greeted | Thanked
    | PhotoSeen | NothingWorn | PhotoUnsure | PhotoUnreadable | VoiceNotHeard
    | OptionsShown | NothingFound | NoMoreOptions | AskWhatToFind | AskWhichOption
    | OptionsAgain | AskVariant
    | SizeAdvised | SizeUnknown | SizeNoted | FitOfWhat | SizeConverted
    | Available | PieceOutOfStock | PieceDescribed | PriceTold | SumTold
    | SumWithoutTold | NoDiscount | AddedToCart
    | LineChanged | LineRemoved | CartShown | CartEmpty | CartCleared | AskWhichLine | AskAddress
    | AddressNoted | AskConfirmation | AskPaymentPhone | PaymentPrompted | PaymentInstructed
    | PaymentPending | PaymentFailed | PaymentReceived | PaymentUnderReview | NothingToPay
    | AlreadyPaid | OrderExpired | OrderMoved | OrderStatus | NoOrders | Cancelled
    | AskMissing | AskReading | SayOtherwise | CannotCancel | ChangeWhat | ShopAnswer | PaymentWays
    | OffTopic | AssistantExplained | HandedOff | HandedBack | ShopPaused
    | OptedOut | OptedIn | StartedOver | Acknowledged | Unclear
    | OrderEdited | OfferNearest | StillOpen | LeftOut | LeftAsItIs | EditsKept | ChangeRequested
    | OrderReopened | PlacedOrderChanged | FeeDiffers | NoteTaken | RequestPassedOn
    | AskPerson | PersonDeclined | PersonWrites | StillWaiting | WaitedInVain | WearerNoted
    | PersonOffered | PromptAgainSoon | WaitBeforePrompt | NoMorePrompts | TooManyHeld
    | PiecesUnknown | PricesDiffer | CatalogueCut | PhotosCounted | NotAllRead | PayerOffered
    | AskWhichPayer | PayerAfterPrompt | CardTaken | PromotionsStopped | PromotionsResumed
    | OrderSentInPart | OrderCancelledByShop | PaymentNotFound | Refunded | BoughtTogether
    | PiecesGone | WindowCartOver | CartTakenUp | LeftForLater | StockWaited | MayWait
    | WaitForWhat | WhenFeePaid | AddedByNewOrder,
    Field(discriminator="kind"),
]  # fmt: skip

FACTS: TypeAdapter[list[AnyFact]] = TypeAdapter(list[AnyFact])


class Voice(BaseModel):
    """The settings of a reply's words: language, currency, boutique and customer names."""

    model_config = ConfigDict(frozen=True)

    language: Language = "en"
    currency: str = "KES"
    boutique: str
    customer: str | None = None
    # For a model alone: how the boutique wishes to sound, and its own rules.
    tone: str | None = None
    policies: dict[str, str] = Field(default_factory=dict)


class Button(BaseModel):
    """A quick-reply button, on Meta only; a tap sends `id` back. Titles end at 20 characters."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: Annotated[str, Field(max_length=20)]


class Reply(BaseModel):
    """One outbound message. `options` are sent with the numbered picture (and a list, on Meta)."""

    model_config = ConfigDict(frozen=True)

    text: str
    options: tuple[Option, ...] = ()
    buttons: tuple[Button, ...] = ()
