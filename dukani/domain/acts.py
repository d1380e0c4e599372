"""Defines the dialogue acts: the edits of an order and the other intents a message can express.

Every mind (local rules, a language model, the simulator) produces these acts and the graph
consumes them. A mind only describes: a `Target` says in the customer's own terms which piece is
meant, and `domain.resolver` finds the line, the option or the product. Amounts of money are
whole currency units here, as customers say them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from dukani.core.languages import Language as Language
from dukani.core.store.wearers import Relation
from dukani.domain.whose import Whose

Topic = Literal[
    "hours", "delivery", "returns", "location", "payment", "pay_on_delivery", "reservation",
    "gift_wrap", "quality", "assistant", "other", "delivery_fee", "add_to_order",
]  # fmt: skip


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Target(_Words):
    """Says which pieces are meant, in the customer's terms. Empty: the piece spoken of last."""

    line: int | None = Field(None, description="1-based number of a line of the order as shown")
    option: int | None = Field(None, description="1-based number among the shown options")
    name: str | None = Field(None, description="words of a product's name, as said")
    category: str | None = Field(None, description="kind of piece, singular, canonical")
    colour: str | None = Field(None, description="colour the piece has now, canonical English")
    size: str | None = Field(None, description="size the piece has now")
    pattern: str | None = None
    pointed: Literal["it", "other"] | None = Field(
        None, description="it: the one spoken of last; other: of two the one not spoken of last"
    )
    scope: Literal["one", "both", "all"] = "one"
    but: Target | None = Field(None, description="with scope all: all except these")
    product_id: str | None = Field(None, description="set by the resolver, never by a mind")
    variant_id: str | None = Field(None, description="set by the resolver: a line of the order")

    @property
    def says_nothing(self) -> bool:
        """Whether no word tells which piece is meant."""
        return self == Target() or self == Target(pointed="it")

    @property
    def describes(self) -> bool:
        """Whether a word fits some pieces and not others."""
        told = (self.name, self.category, self.colour, self.size, self.pattern)
        return any(value is not None for value in told)


class Values(_Words):
    """The slots of a wanted piece: colour, size, quantity, age. None: not said."""

    colour: str | None = Field(None, description="canonical English, or as the shop files it")
    size: str | None = Field(None, description="S, M, L, XL, XXL, a number as text, or ONE")
    quantity: int | None = Field(None, description="absolute; 0 takes it out, below is refused")
    age: int | None = Field(None, description="years of the child who is to wear it")
    exclude_colour: str | None = None
    exclude_size: str | None = None

    @property
    def says_nothing(self) -> bool:
        return self == Values()


class _Act(_Words):
    """The base of all acts. `evidence` holds the words an act rests on, where a mind gives them."""

    evidence: str | None = None


# ── edits of the draft order ────────────────────────────────────────────────


class Add(_Act):
    """Wants a piece: from a list, by its name, or "another one". Missing values are asked for."""

    kind: Literal["add"] = "add"
    target: Target = Target()
    values: Values = Values()
    another: bool = Field(
        False, description="besides what is there: 'another one', 'also', 'ongeza', never a repeat"
    )
    back: bool = Field(
        False, description="it was in this order and is wanted back as it was: 'nirudishie ile X'"
    )
    for_whom: Whose | None = Field(None, description="set by the graph, never by a mind")


class Set(_Act):
    """Sets values of a piece: "size M", "black", "make it 3", "the dress in L instead".

    `change` is true where the words say that something changes (make it, change, no, actually,
    iwe, badala). Otherwise the values answer an open question, or describe the piece in view.
    """

    kind: Literal["set"] = "set"
    target: Target = Target()
    values: Values = Values()
    change: bool = False
    for_whom: Whose | None = Field(None, description="set by the graph, never by a mind")
    for_units: int | None = Field(None, description="set by the graph: how many are for whom")


class ChangeQuantity(_Act):
    """Raises or lowers a quantity: "one more", "two less", "double it"."""

    kind: Literal["change_quantity"] = "change_quantity"
    target: Target = Target()
    by: int | None = Field(None, description="how many more (below 0: fewer)")
    times: int | None = None
    for_whom: Whose | None = Field(None, description="set by the graph, never by a mind")


class Remove(_Act):
    """Takes pieces out of the order; with `quantity`, only that many of the line."""

    kind: Literal["remove"] = "remove"
    target: Target = Target()
    quantity: int | None = None
    units_of: Whose | None = Field(
        None, description="set by the reader: whose those units are, of a line for several people"
    )


class Substitute(_Act):
    """Replaces `target` by `piece`; quantity and size are kept unless the customer says others."""

    kind: Literal["substitute"] = "substitute"
    target: Target = Target()
    piece: Target = Target()
    values: Values = Values()


class Split(_Act):
    """Gives units of one line different values: "one in red", "one white and one pink"."""

    kind: Literal["split"] = "split"
    target: Target = Target()
    parts: tuple[Values, ...] = Field(description="each with its quantity (1 when not said)")
    units_of: Whose | None = Field(
        None, description="set by the reader: whose those units are, of a line for several people"
    )
    for_whom: Whose | None = Field(None, description="set by the graph, never by a mind")


class Clear(_Act):
    """Empties the cart."""

    kind: Literal["clear"] = "clear"


class Undo(_Act):
    """Takes the last change back: "rudisha", "undo", "put it back as it was"."""

    kind: Literal["undo"] = "undo"


class SetAddress(_Act):
    """Gives the delivery address in the customer's words; a map pin has its position in degrees."""

    kind: Literal["address"] = "address"
    text: str
    change: bool = Field(False, description="another place than the one said before")
    replaces: str | None = Field(
        None, description="words of the address given before that are corrected, as said"
    )
    as_last: bool = Field(False, description="the same place as last time, named by no word")
    latitude: float | None = None
    longitude: float | None = None


class SetNote(_Act):
    """Leaves a note for the packer or the rider: "call Akinyi when you arrive"."""

    kind: Literal["note"] = "note"
    text: str


class SetWearer(_Act):
    """Says whom a piece is for: "for my sister", "ni ya mume wangu", "it's a gift", "for me".

    It holds for the edits beside it and from then on; with `target`, for those lines of the order.
    """

    kind: Literal["set_wearer"] = "set_wearer"
    relation: Relation | None = Field(
        None, description="to the customer; someone: a gift; None: the customer herself"
    )
    name: str | None = None
    age: int | None = Field(None, description="years")
    target: Target | None = Field(None, description="the pieces of the order that are for them")
    units: int | None = Field(
        None, description="so many of the units of the target or of those added; none: all"
    )


class SetPayer(_Act):
    """Names the phone that pays; `phone` is None when no digits were said."""

    kind: Literal["payer"] = "payer"
    phone: str | None = Field(None, description="as said: digits and +")
    own: bool = Field(False, description="their own phone again, after another's")


Edit = Add | Set | ChangeQuantity | Remove | Substitute | Split | Clear | Undo
Edits = tuple[Annotated[Edit, Field(discriminator="kind")], ...]


# ── agreeing, paying ────────────────────────────────────────────────────────


class Confirm(_Act):
    """Says yes to the last question."""

    kind: Literal["confirm"] = "confirm"


class Decline(_Act):
    """Says no to the last question."""

    kind: Literal["decline"] = "decline"


class Checkout(_Act):
    kind: Literal["checkout"] = "checkout"


class PayAgain(_Act):
    """Asks for the payment prompt again."""

    kind: Literal["pay_again"] = "pay_again"


class ClaimPaid(_Act):
    """Says "I have paid"; `text` holds the M-Pesa message if one was pasted."""

    kind: Literal["claim_paid"] = "claim_paid"
    text: str | None = None
    receipt: str | None = Field(None, description="the M-Pesa code, ten letters and digits")


class Cancel(_Act):
    """Cancels the order, or whatever is under way."""

    kind: Literal["cancel"] = "cancel"


# ── looking and asking ──────────────────────────────────────────────────────


class Search(_Act):
    """Asks to see pieces. Budgets are whole currency units."""

    kind: Literal["search"] = "search"
    name: str | None = None
    category: str | None = None
    colour: str | None = None
    exclude_colour: str | None = None
    size: str | None = None
    exclude_size: str | None = None
    exclude_pattern: str | None = None
    quantity: int | None = Field(None, description="how many are wanted of what will be chosen")
    age: int | None = Field(None, description="years of the child who is to wear it")
    budget_min: int | None = None
    budget_max: int | None = None
    occasion: str | None = None
    pattern: str | None = None
    embroidery: bool | None = None
    order_by: Literal["cheapest"] | None = None
    cheaper: bool = Field(False, description="cheaper than what is shown")
    instead: bool = Field(False, description="in the place of what was just looked for")
    text: str | None = Field(None, description="other search words")


class More(_Act):
    """Asks for the next results: "show me more", "zingine"."""

    kind: Literal["more"] = "more"


class Back(_Act):
    """Goes back to the list shown before."""

    kind: Literal["back"] = "back"


class AskPrice(_Act):
    kind: Literal["ask_price"] = "ask_price"
    target: Target = Target()
    discount: bool = Field(False, description="asks for a lower price")
    quantity: int | None = Field(None, description="so many of it: 'if I take three'")
    besides: bool = Field(False, description="with what is ordered: 'if I add a belt'")
    without: bool = Field(False, description="what is ordered, less this: 'without the belt'")


class AskStock(_Act):
    """Asks whether a piece is in stock, or which colours and sizes it has."""

    kind: Literal["ask_stock"] = "ask_stock"
    target: Target = Target()
    values: Values = Values()


class WaitForStock(_Act):
    """Asks to be told when a sold-out piece is there again: "nijulishe ikirudi"."""

    kind: Literal["wait_for_stock"] = "wait_for_stock"
    target: Target = Target()
    values: Values = Values()


class AskSize(_Act):
    """Asks for a size recommendation: "what size am I?", "will M fit me?"."""

    kind: Literal["ask_size"] = "ask_size"
    target: Target = Target()
    size: str | None = Field(None, description="the size it is asked of: 'will M fit me?'")


class BodyMeasure(_Words):
    """A measure of a body, in centimetres."""

    measure: Literal["bust", "waist", "hips", "foot", "height", "length"]
    cm: float = Field(gt=0, lt=300)


class TellSize(_Act):
    """Tells a size of a person: "I wear 14", "bust 92, waist 74", "the M was too tight".

    With `fit`, how a piece fitted; its size is known from `size`, or from the piece itself.
    """

    kind: Literal["tell_size"] = "tell_size"
    target: Target = Target()
    size: str | None = Field(None, description="with its system where said: M, 14, UK 14, 34B")
    fit: Literal["too_small", "right", "too_large"] | None = None
    before: bool = Field(False, description="of a piece worn before: 'the last one was tight'")
    measures: tuple[BodyMeasure, ...] = ()
    whose: Literal["mine", "theirs"] | None = Field(
        None, description="mine: the customer's own; theirs: 'she wears 14'; else of the wearer"
    )
    for_whom: Whose | None = Field(None, description="set by the graph, never by a mind")


class AskShop(_Act):
    """Asks about the shop. `weekday` 0 is Monday; `place` is the place the question names."""

    kind: Literal["ask_shop"] = "ask_shop"
    topic: Topic = "other"
    weekday: int | None = Field(None, ge=0, le=6)
    place: str | None = None
    until: str | None = Field(None, description="of a reservation: till when, as said")
    target: Target = Field(Target(), description="quality: of which piece")


class ViewOrder(_Act):
    """Asks to see the cart or its total."""

    kind: Literal["view_order"] = "view_order"


class OrderStatus(_Act):
    """Asks where a placed order is; `order_ref` is the order number as said."""

    kind: Literal["order_status"] = "order_status"
    order_ref: str | None = None
    receipt: str | None = Field(None, description="the M-Pesa code it was paid with")
    brief: bool = Field(False, description="asks only for a day, as in: will it come today?")


class Repeat(_Act):
    """Asks to have the last reply repeated: "sielewi", "say that again"."""

    kind: Literal["repeat"] = "repeat"


class Handoff(_Act):
    """Asks for a person."""

    kind: Literal["handoff"] = "handoff"


class Complaint(_Act):
    """Complains about a purchase: torn, wrong, late, or money is missing."""

    kind: Literal["complaint"] = "complaint"


class OptOut(_Act):
    kind: Literal["opt_out"] = "opt_out"


class OptIn(_Act):
    kind: Literal["opt_in"] = "opt_in"


class StopPromotions(_Act):
    """Opts out of marketing only; the chat and order updates go on (compare `OptOut`)."""

    kind: Literal["stop_promotions"] = "stop_promotions"


class WantPromotions(_Act):
    """Opts in to marketing."""

    kind: Literal["want_promotions"] = "want_promotions"


class Greeting(_Act):
    kind: Literal["greeting"] = "greeting"


class Thanks(_Act):
    kind: Literal["thanks"] = "thanks"


class Remark(_Act):
    """Says something without asking or ordering: "it's for my sister's wedding"."""

    kind: Literal["remark"] = "remark"


class StartOver(_Act):
    kind: Literal["start_over"] = "start_over"


class Unclear(_Act):
    """The message was not understood, or it is in doubt which of several edits it means."""

    kind: Literal["unclear"] = "unclear"
    readings: tuple[Edits, ...] = Field(
        (), description="set by the reader, never by a mind: the edits of each, to be asked about"
    )


Act = Annotated[
    Add | Set | ChangeQuantity | Remove | Substitute | Split | Clear | Undo
    | SetAddress | SetNote | SetWearer | SetPayer
    | Confirm | Decline | Checkout | PayAgain | ClaimPaid | Cancel
    | Search | More | Back | AskPrice | AskStock | AskSize | TellSize | AskShop | ViewOrder
    | OrderStatus | Repeat | Handoff | Complaint | OptOut | OptIn | Greeting | Thanks | Remark
    | StartOver | StopPromotions | WantPromotions | WaitForStock | Unclear,
    Field(discriminator="kind"),
]  # fmt: skip

EDITS = (Add, Set, ChangeQuantity, Remove, Substitute, Split, Clear, Undo)
ACTS: TypeAdapter[list[Act]] = TypeAdapter(list[Act])
EDIT: TypeAdapter[Edit] = TypeAdapter(Annotated[Edit, Field(discriminator="kind")])


class Understanding(BaseModel):
    """The result of natural language understanding for one turn."""

    model_config = ConfigDict(frozen=True)

    acts: tuple[Act, ...]
    language: Language = Field("en", description="the language to answer in; mixes count as sw")
