"""What a customer does in a message: an ordered list of acts with their slots.

The vocabulary is shared by every reader (local rules, a language model) and by
the graph, which works the acts off in order.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ActKind = Literal[
    "search",  # wants to see pieces: category, colour, exclude_colour, size, budget, occasion, …
    "more_options",  # "show me more", "zingine"
    "select_option",  # picks one of the shown pieces: option, colour, or name
    "set_variant",  # size, colour and/or quantity of the piece under discussion
    "add_to_cart",  # wants that piece in the cart
    "correction",  # takes back what was just said; the slots hold the new values
    "ask_price",  # "how much is the yellow one?"
    "ask_availability",  # "is it there in M?"
    "ask_size",  # "what size am I?", "will it fit?"
    "ask_shop",  # shop question; topic: hours, delivery, returns, location, payment, other
    "view_cart",
    "remove_item",
    "change_quantity",  # a cart line's quantity: the slots say which line and how many
    "clear_cart",
    "checkout",
    "provide_address",
    "affirm",
    "deny",
    "payment_retry",  # "send the prompt again"
    "payment_phone",  # pay with another phone number: phone
    "payment_done",  # "I have paid": text keeps the M-Pesa message if there is one
    "order_status",
    "handoff",  # wants a person
    "opt_out",
    "opt_in",
    "greeting",
    "thanks",
    "start_over",
    "cancel",  # cancel the order or what is going on
    "unclear",  # nothing was understood
]

Manner = Literal["again", "cheaper", "discount"]
Topic = Literal["hours", "delivery", "returns", "location", "payment", "assistant", "other"]
Language = Literal["en", "sw"]

# Canonical category names; products, the eye and the lexicon all use these.
CATEGORIES = (
    "dress", "kaftan", "kanzu", "shirt", "t-shirt", "blouse", "top", "trousers", "jeans",
    "shorts", "skirt", "jacket", "coat", "sweater", "suit", "jumpsuit", "leso", "shoes",
    "hat", "bag", "scarf", "belt", "jewellery",
)  # fmt: skip


class Act(BaseModel):
    """One thing the customer does. Slots not said are None."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ActKind
    option: int | None = Field(None, description="1-based number among the shown options")
    name: str | None = Field(None, description="words of a product's name, as said")
    category: str | None = Field(None, description="canonical category name, singular")
    colour: str | None = Field(None, description="canonical English colour, lower case")
    exclude_colour: str | None = None
    size: str | None = Field(None, description="S, M, L, XL, XXL…, an EU number as text, or ONE")
    exclude_size: str | None = None
    quantity: int | None = None
    budget_min: int | None = Field(None, description="whole currency units, as the customer says")
    budget_max: int | None = Field(None, description="whole currency units")
    occasion: str | None = Field(None, description="wedding, office, casual, party, church, …")
    pattern: str | None = Field(None, description="plain, striped, ankara, kitenge, lace, …")
    embroidery: bool | None = None
    address: str | None = Field(None, description="the address in the customer's own words")
    phone: str | None = Field(None, description="phone number as said, digits and +")
    topic: Topic | None = None
    manner: Manner | None = Field(
        None, description="how: buy the same again, look for cheaper ones, ask for a discount"
    )
    text: str | None = Field(None, description="raw words, where the act needs them")

    def slots(self) -> dict[str, object]:
        """The slots that were said, without the kind."""
        return self.model_dump(exclude={"kind"}, exclude_none=True)


class Understanding(BaseModel):
    """What a reader made of a turn."""

    model_config = ConfigDict(frozen=True)

    acts: tuple[Act, ...]
    language: Language = Field("en", description="the language to answer in; mixes count as sw")


Step = Literal[
    "start",
    "image_analyzed",  # a photo was seen and a question about it is open
    "products_found",  # numbered options are shown, none is chosen
    "size_recommended",  # a piece is chosen; its size, colour or quantity is open
    "cart_updated",
    "awaiting_delivery_address",
    "awaiting_confirmation",  # the total is shown; payment needs a yes
    "payment_initiated",
    "payment_failed",
    "order_completed",
    "human_handoff",
    "opted_out",
]


class ShownOption(BaseModel):
    """A numbered option as the customer last saw it (or the piece under discussion)."""

    model_config = ConfigDict(frozen=True)

    number: int
    product_id: str
    sku: str
    name: str
    category: str
    colours: tuple[str, ...] = Field((), description="colours it comes in; the shown one first")
    sizes: tuple[str, ...] = ()
    price_minor: int = 0


class CartLine(BaseModel):
    model_config = ConfigDict(frozen=True)

    line: int
    sku: str
    name: str
    category: str
    colour: str
    size: str
    quantity: int


class Assortment(BaseModel):
    """What a boutique sells, in its own words; colours, categories and sizes as it files them."""

    model_config = ConfigDict(frozen=True)

    names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()


class TurnContext(BaseModel):
    """What a reader may know of the conversation besides the words."""

    model_config = ConfigDict(frozen=True)

    step: Step = "start"
    options: tuple[ShownOption, ...] = ()
    focus: ShownOption | None = Field(None, description="the piece under discussion")
    replied_to_option: int | None = Field(
        None, description="option number of the picture this message replies to"
    )
    cart: tuple[CartLine, ...] = ()
    question: str | None = Field(
        None, description="what the assistant last asked: colour, size, quantity, category, …"
    )
    has_order: bool = False
    language: Language = "en"
    with_image: bool = False
    sold: Assortment = Assortment()
    currency: str = "KES"
