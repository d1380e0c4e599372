"""What a turn found out or did, for the words to tell: every price, number and name a reply may hold.

Nodes add facts in the order in which they should be said; `wording` turns them into replies
in the customer's language. Amounts are integer minor units of the boutique's currency.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from dukani.agent.acts import Step, Topic


class Fact(BaseModel):
    model_config = ConfigDict(frozen=True)


class Line(Fact):
    """A piece in the cart or an order."""

    number: int  # 1-based position
    name: str
    colour: str
    size: str
    quantity: int
    unit_price_minor: int


class Option(Fact):
    """A numbered piece as shown."""

    number: int
    product_id: str
    sku: str = ""
    name: str
    category: str = ""
    colour: str | None = None  # the colour meant or pictured; None: any of `colours`
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()  # in stock in that colour (or in any)
    price_minor: int
    image_path: str | None = None


class Wish(Fact):
    """What the customer asked for, in canonical words; None: not said."""

    category: str | None = None
    colour: str | None = None
    exclude_colour: str | None = None
    size: str | None = None
    budget_min_minor: int | None = None
    budget_max_minor: int | None = None
    occasion: str | None = None
    pattern: str | None = None
    embroidery: bool | None = None
    name: str | None = None  # words of a piece's name
    words: str | None = None  # other words that may tell it: heels, wrap


# --- meeting -------------------------------------------------------------------------------


class Introduced(Fact):
    """Once per new conversation: an assistant answers, and how to reach a person."""

    kind: Literal["introduced"] = "introduced"


class Greeted(Fact):
    kind: Literal["greeted"] = "greeted"
    name: str | None = None
    returning: bool = False


class Thanked(Fact):
    kind: Literal["thanked"] = "thanked"


# --- seeing and finding --------------------------------------------------------------------


class PhotoSeen(Fact):
    """Confident: what the photo shows; options usually follow."""

    kind: Literal["photo_seen"] = "photo_seen"
    category: str
    colour: str | None = None
    pattern: str | None = None


class PhotoUnsure(Fact):
    """Below 0.6: ask which of these it is (the closest pieces may follow)."""

    kind: Literal["photo_unsure"] = "photo_unsure"
    candidates: tuple[str, ...]


class PhotoUnreadable(Fact):
    kind: Literal["photo_unreadable"] = "photo_unreadable"


class VoiceNotHeard(Fact):
    """A voice note or another kind we cannot take in yet: ask for text or a photo."""

    kind: Literal["voice_not_heard"] = "voice_not_heard"
    message_kind: str = "audio"


class OptionsShown(Fact):
    """Numbered options, shown with one picture and a list. Ask which one she wants."""

    kind: Literal["options_shown"] = "options_shown"
    options: tuple[Option, ...]
    wish: Wish = Wish()
    dropped: tuple[str, ...] = Field(
        (), description="wishes no piece fulfils (names of Wish fields), given up to find these"
    )
    similar_to: str | None = None  # name of the piece that is out of stock
    more: bool = False  # there are more to show


class NothingFound(Fact):
    kind: Literal["nothing_found"] = "nothing_found"
    wish: Wish
    categories: tuple[str, ...] = ()  # what the shop does have


class NoMoreOptions(Fact):
    kind: Literal["no_more_options"] = "no_more_options"


class AskWhatToFind(Fact):
    """She wants to see something but said nothing to go by."""

    kind: Literal["ask_what_to_find"] = "ask_what_to_find"
    categories: tuple[str, ...] = ()


# --- choosing ------------------------------------------------------------------------------


class AskWhichOption(Fact):
    """Unsure which of the shown options is meant; name them with their numbers."""

    kind: Literal["ask_which_option"] = "ask_which_option"
    options: tuple[Option, ...]


class OptionsAgain(Fact):
    """What the shown pieces come in, when she asks for their colours or sizes."""

    kind: Literal["options_again"] = "options_again"
    options: tuple[Option, ...]


class AskVariant(Fact):
    """The piece is chosen; ask for what is still open."""

    kind: Literal["ask_variant"] = "ask_variant"
    name: str
    missing: Literal["colour", "size", "quantity"]
    choices: tuple[str, ...]  # in stock
    colour: str | None = None
    size: str | None = None
    price_minor: int


class SizeAdvised(Fact):
    """Her size from what she bought here, and why."""

    kind: Literal["size_advised"] = "size_advised"
    size: str
    confidence: Literal["high", "medium"]
    orders: int  # how many paid orders it rests on
    category: str | None = None  # the kind of garment those were; None: mixed
    in_stock: bool | None = None  # of the piece under discussion


class SizeUnknown(Fact):
    """No history here: ask what she usually wears."""

    kind: Literal["size_unknown"] = "size_unknown"
    choices: tuple[str, ...] = ()


class Available(Fact):
    """Yes, it is there: ask whether she takes it."""

    kind: Literal["available"] = "available"
    name: str
    colour: str | None = None
    size: str | None = None
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    price_minor: int


class OutOfStock(Fact):
    """Says so and offers what is there."""

    kind: Literal["out_of_stock"] = "out_of_stock"
    name: str
    colour: str | None = None
    size: str | None = None
    other_sizes: tuple[str, ...] = ()  # in stock in that colour
    other_colours: tuple[str, ...] = ()  # in stock in that size
    wanted: int = 1
    left: int = 0  # >0: some are left, fewer than wanted


class PriceTold(Fact):
    kind: Literal["price_told"] = "price_told"
    options: tuple[Option, ...]


class NoDiscount(Fact):
    """Prices are as marked; a person may be asked."""

    kind: Literal["no_discount"] = "no_discount"


# --- cart ----------------------------------------------------------------------------------


class AddedToCart(Fact):
    kind: Literal["added_to_cart"] = "added_to_cart"
    line: Line
    total_minor: int
    pieces: int  # in the whole cart


class LineChanged(Fact):
    kind: Literal["line_changed"] = "line_changed"
    line: Line
    total_minor: int


class LineRemoved(Fact):
    kind: Literal["line_removed"] = "line_removed"
    name: str
    total_minor: int
    pieces: int


class CartShown(Fact):
    kind: Literal["cart_shown"] = "cart_shown"
    lines: tuple[Line, ...]
    total_minor: int


class CartEmpty(Fact):
    kind: Literal["cart_empty"] = "cart_empty"


class CartCleared(Fact):
    kind: Literal["cart_cleared"] = "cart_cleared"


class AskWhichLine(Fact):
    """Unsure which line of the cart is meant."""

    kind: Literal["ask_which_line"] = "ask_which_line"
    lines: tuple[Line, ...]


# --- checkout and payment ------------------------------------------------------------------


class AskAddress(Fact):
    kind: Literal["ask_address"] = "ask_address"
    last_address: str | None = None  # offer it again: yes, or a new one


class AddressNoted(Fact):
    kind: Literal["address_noted"] = "address_noted"
    address: str


class AskConfirmation(Fact):
    """The whole order with its total; payment needs a yes."""

    kind: Literal["ask_confirmation"] = "ask_confirmation"
    lines: tuple[Line, ...]
    delivery_minor: int | None  # None: not in the total, the shop agrees it with her
    total_minor: int
    address: str
    phone_masked: str  # whose M-Pesa pays
    manual: bool = False  # paid by paybill or till instead of a prompt


class AskPaymentPhone(Fact):
    kind: Literal["ask_payment_phone"] = "ask_payment_phone"
    wrong: str | None = None  # masked: what was given and is no mobile number


class PaymentPrompted(Fact):
    """The M-Pesa prompt is on its way."""

    kind: Literal["payment_prompted"] = "payment_prompted"
    order_number: str
    total_minor: int
    phone_masked: str
    attempt: int = 1


class PaymentInstructed(Fact):
    """Manual payment: how to pay by paybill or till."""

    kind: Literal["payment_instructed"] = "payment_instructed"
    order_number: str
    total_minor: int
    paybill: str | None = None
    till: str | None = None


class PaymentPending(Fact):
    """A prompt is still open, or M-Pesa has not answered; nothing new is sent yet."""

    kind: Literal["payment_pending"] = "payment_pending"
    order_number: str
    checking: bool = False  # we are asking M-Pesa now


class PaymentFailed(Fact):
    kind: Literal["payment_failed"] = "payment_failed"
    order_number: str
    total_minor: int
    reason: Literal[
        "low_balance", "busy", "prompt_open", "expired", "push_error", "cancelled",
        "unreachable", "wrong_pin", "refused",
    ]  # fmt: skip
    till: str | None = None


class PaymentReceived(Fact):
    """Paid: the receipt."""

    kind: Literal["payment_received"] = "payment_received"
    order_number: str
    total_minor: int
    receipt: str
    lines: tuple[Line, ...] = ()
    address: str = ""


class PaymentUnderReview(Fact):
    """Something about the money needs a person; nothing is lost."""

    kind: Literal["payment_under_review"] = "payment_under_review"
    order_number: str | None = None


class NothingToPay(Fact):
    kind: Literal["nothing_to_pay"] = "nothing_to_pay"


class AlreadyPaid(Fact):
    kind: Literal["already_paid"] = "already_paid"
    order_number: str


class OrderExpired(Fact):
    """Not paid in time: the pieces are free again; the cart is kept."""

    kind: Literal["order_expired"] = "order_expired"
    order_number: str


class OrderStatus(Fact):
    kind: Literal["order_status"] = "order_status"
    order_number: str
    state: Literal[
        "awaiting_payment", "payment_failed", "paid", "dispatched", "delivered", "returned",
        "cancelled", "needs_review",
    ]  # fmt: skip
    total_minor: int
    lines: tuple[Line, ...] = ()


class NoOrders(Fact):
    kind: Literal["no_orders"] = "no_orders"


class Cancelled(Fact):
    kind: Literal["cancelled"] = "cancelled"
    order_number: str | None = None  # None: nothing had been ordered yet


class CannotCancel(Fact):
    """Paid already: a person must help."""

    kind: Literal["cannot_cancel"] = "cannot_cancel"
    order_number: str


class ChangeWhat(Fact):
    """She said no to the summary: ask what to change."""

    kind: Literal["change_what"] = "change_what"


# --- the shop and the conversation ---------------------------------------------------------


class ShopAnswer(Fact):
    """From the boutique's own settings, word for word; None: the shop has not said."""

    kind: Literal["shop_answer"] = "shop_answer"
    topic: Topic
    text: str | None = None


class PaymentWays(Fact):
    """How to pay here, where the shop has put it in no words of its own."""

    kind: Literal["payment_ways"] = "payment_ways"
    prompt: bool = True  # an M-Pesa prompt comes to her phone; else she pays by herself
    paybill: str | None = None
    till: str | None = None


class OffTopic(Fact):
    """Not the shop's business: say so kindly."""

    kind: Literal["off_topic"] = "off_topic"


class AssistantExplained(Fact):
    """Asked whether she talks to a machine: yes, and how to reach a person."""

    kind: Literal["assistant_explained"] = "assistant_explained"


class HandedOff(Fact):
    kind: Literal["handed_off"] = "handed_off"
    reason: Literal["asked", "misunderstood", "money"]


class HandedBack(Fact):
    kind: Literal["handed_back"] = "handed_back"


class OptedOut(Fact):
    kind: Literal["opted_out"] = "opted_out"


class OptedIn(Fact):
    kind: Literal["opted_in"] = "opted_in"


class StartedOver(Fact):
    kind: Literal["started_over"] = "started_over"


class Acknowledged(Fact):
    """A "no" or "ok" that asks for nothing more."""

    kind: Literal["acknowledged"] = "acknowledged"


class Unclear(Fact):
    """Not understood: say what would help at this step."""

    kind: Literal["unclear"] = "unclear"
    step: Step
    choices: tuple[str, ...] = ()


AnyFact = Annotated[
    Introduced | Greeted | Thanked | PhotoSeen | PhotoUnsure | PhotoUnreadable | VoiceNotHeard
    | OptionsShown | NothingFound | NoMoreOptions | AskWhatToFind | AskWhichOption
    | OptionsAgain | AskVariant
    | SizeAdvised | SizeUnknown | Available | OutOfStock | PriceTold | NoDiscount | AddedToCart
    | LineChanged | LineRemoved | CartShown | CartEmpty | CartCleared | AskWhichLine | AskAddress
    | AddressNoted | AskConfirmation | AskPaymentPhone | PaymentPrompted | PaymentInstructed
    | PaymentPending | PaymentFailed | PaymentReceived | PaymentUnderReview | NothingToPay
    | AlreadyPaid | OrderExpired | OrderStatus | NoOrders | Cancelled | CannotCancel | ChangeWhat
    | ShopAnswer | PaymentWays | OffTopic | AssistantExplained | HandedOff | HandedBack
    | OptedOut | OptedIn | StartedOver | Acknowledged | Unclear,
    Field(discriminator="kind"),
]  # fmt: skip

FACTS: TypeAdapter[list[AnyFact]] = TypeAdapter(list[AnyFact])


class Voice(BaseModel):
    """Who speaks to whom."""

    model_config = ConfigDict(frozen=True)

    language: Literal["en", "sw"] = "en"
    currency: str = "KES"
    boutique: str
    customer: str | None = None


class Reply(BaseModel):
    """One outbound message. `options`: send with the numbered picture (and list, on Meta)."""

    model_config = ConfigDict(frozen=True)

    text: str
    options: tuple[Option, ...] = ()
