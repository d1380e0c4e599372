"""What a preview of a campaign shows, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dukani.campaigns.finishing import Finish
from dukani.campaigns.reasons import Factor
from dukani.campaigns.slots import SlotKind
from dukani.core.store.message_rates import Category
from dukani.domain.campaigns import Exclusion


@dataclass(frozen=True, slots=True)
class SamplePiece:
    """A piece that a customer is shown; `score` of the most that the weights allow."""

    product_id: str
    name: str
    price_minor: int
    kind: SlotKind
    score: float
    most: float
    factors: Sequence[Factor]
    in_her_size: bool


@dataclass(frozen=True, slots=True)
class SampleCustomer:
    customer_id: str
    name: str | None
    variant: str | None
    variables: Mapping[str, str]
    due_at: datetime
    pieces: Sequence[SamplePiece]


@dataclass(frozen=True, slots=True)
class Preview:
    """`audience` is recipients and all who are left out, together.

    `by_category`: recipients by what their messages are charged as. `fewer_pieces`: recipients who
    get fewer than six pieces; `fewer_matches`: fewer than three that match their taste.
    `cost_minor` None: a token has no price in this currency.
    """

    audience: int
    recipients: int
    left_out: Mapping[Exclusion, int]
    by_variant: Mapping[str, int]
    by_category: Mapping[Category, int]
    fewer_pieces: int
    fewer_matches: int
    tokens: int
    cost_minor: int | None
    currency: str
    starts_at: datetime | None  # None: its rule names no hour to come
    finish: Finish | None  # None: nobody gets it
    sample: Sequence[SampleCustomer]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the audience have been judged."""

    seen: int
    audience: int
