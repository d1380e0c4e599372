"""A campaign as its owner writes it: to whom, which message, when, how fast, and what is tried.

Each is a document of its own in a campaign's row; a campaign is edited only as a draft.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Literal
from uuid import UUID

from dateutil.rrule import rrulestr
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    NaiveDatetime,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from dukani.core.languages import Language

Status = Literal[
    "draft", "scheduled", "sending", "paused", "completed", "cancelled", "failed", "missed"
]
OccurrenceStatus = Literal["planning", "sending", "paused", "completed", "cancelled", "failed"]
RecipientState = Literal[
    "planned", "posting", "accepted", "sent", "delivered", "read", "skipped", "failed",
    "unknown",
]  # fmt: skip
# Why a customer gets nothing of a campaign, in the order in which it is asked.
Exclusion = Literal[
    "opted_out",  # said stop
    "not_opted_in",  # never said yes
    "suppressed",  # the number cannot be reached, or a person took it out
    "us_number",  # WhatsApp takes no marketing to +1
    "cooldown",  # got marketing less than five days ago
    "frequency_cap",  # got two in the last seven days
    "no_profile",  # bought nothing yet
    "price_gate",  # no piece is in reach of her price band
    "low_score",  # no piece scores enough
    "holdout",  # kept apart, to compare with
]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

MAX_LISTED = 100_000


# An hour of somebody's day. JSON's own format for times has an offset, which such an hour has not.
LocalTime = Annotated[
    time,
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$",
            "examples": ["09:00"],
        }
    ),
]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Everyone(_Written):
    kind: Literal["all"] = "all"


class OfSegment(_Written):
    kind: Literal["segment"] = "segment"
    segment_id: UUID


class OfList(_Written):
    """Customers picked by hand, or from a file."""

    kind: Literal["list"] = "list"
    list_id: UUID


class OfCampaign(_Written):
    """Those who got an earlier campaign and did, or did not, open or answer it."""

    kind: Literal["campaign"] = "campaign"
    campaign_id: UUID
    responded: bool


Audience = Annotated[Everyone | OfSegment | OfList | OfCampaign, Field(discriminator="kind")]


class CampaignMessage(_Written):
    """An approved template. `language` customer: each in her own, else in the boutique's.

    `variables` override what a variable has by itself (`customer_name`, `boutique_name`, `price`).
    """

    template: str = Field(min_length=1, max_length=512, pattern=r"^[a-z0-9_]+$")
    language: Literal["customer", Language] = "customer"
    variables: dict[str, Annotated[str, Field(min_length=1, max_length=300)]] = {}


class Now(_Written):
    kind: Literal["now"] = "now"


class Later(_Written):
    kind: Literal["at"] = "at"
    at: AwareDatetime


class Recurring(_Written):
    """By RFC 5545, from `starts` on, both in the boutique's zone; each time has own recipients."""

    kind: Literal["recurring"] = "recurring"
    rule: str = Field(min_length=6, max_length=300, examples=["FREQ=WEEKLY;BYDAY=FR"])
    starts: NaiveDatetime = Field(description="local time of the boutique")

    @field_validator("rule")
    @classmethod
    def _is_readable(cls, rule: str) -> str:
        parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
        if parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
            raise ValueError(f"{rule}: FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY")
        for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            if name in parts:
                raise ValueError(f"{rule}: the hour is that of `starts`, leave {name} out")
        if parts.get("INTERVAL", "1").strip("0") == "":
            raise ValueError(f"{rule}: INTERVAL must be at least 1")
        if "DTSTART" in parts or "\n" in rule:
            raise ValueError(f"{rule}: the start is told in `starts`, not in the rule")
        try:
            rrulestr(rule)
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{rule}: {error}") from error
        return rule

    @field_validator("starts")
    @classmethod
    def _is_of_this_age(cls, starts: datetime) -> datetime:
        if not 2020 <= starts.year <= 2100:
            raise ValueError(f"{starts:%Y-%m-%d}: a campaign starts between 2020 and 2100")
        return starts


Schedule = Annotated[Now | Later | Recurring, Field(discriminator="kind")]


class Pace(_Written):
    """How fast, and at which hours of the recipient's zone."""

    per_minute: int = Field(10, ge=1, le=4800)
    opens: LocalTime = time(9)
    closes: LocalTime = time(21)
    skip_days: frozenset[Weekday] = frozenset()
    best_hour: bool = Field(False, description="at the hour in which she reads most")
    retry_failed: bool = True
    max_retries: int = Field(3, ge=0, le=10)

    @model_validator(mode="after")
    def _is_open(self) -> Pace:
        if not time(9) <= self.opens < self.closes <= time(21):
            raise ValueError("marketing goes out between 09:00 and 21:00, and must have an hour")
        if len(self.skip_days) == 7:
            raise ValueError("skip_days: a day must be left")
        return self


class ExperimentVariant(_Written):
    """One arm: what differs from the campaign; the rest is the campaign's."""

    key: str = Field(pattern=r"^[a-z0-9-]{1,20}$")
    share: float = Field(gt=0, le=1)
    message: CampaignMessage | None = None
    pieces: tuple[UUID, ...] | None = None
    collage: bool = True
    hour: int | None = Field(None, ge=9, le=20)


class Experiment(_Written):
    """Customers are shared out by lot, and stay where they were; the holdout gets nothing."""

    variants: tuple[ExperimentVariant, ...] = Field((), max_length=6)
    holdout: float = Field(0.0, ge=0, le=0.5)
    measure: Literal["read", "clicked", "replied", "converted"] = "converted"
    least_difference: float = Field(0.02, ge=0.001, lt=1, description="in share of recipients")
    decide_by: AwareDatetime | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Experiment:
        keys = [variant.key for variant in self.variants]
        if len(set(keys)) != len(keys):
            raise ValueError("variants: two have the same key")
        if len(keys) == 1:
            raise ValueError("variants: one alone is compared with nothing")
        if keys and abs(sum(variant.share for variant in self.variants) - 1) > 1e-6:
            raise ValueError("variants: the shares must add up to 1")
        return self


class WrittenCampaign(_Written):
    """All that an owner decides. `pieces`: the pool, in her order; none: all that is on sale."""

    name: str = Field(min_length=1, max_length=80)
    audience: Audience = Everyone()
    pieces: tuple[UUID, ...] = Field((), max_length=1000)
    message: CampaignMessage
    schedule: Schedule = Now()
    pace: Pace = Pace()
    experiment: Experiment | None = None
