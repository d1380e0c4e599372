"""Faults to inject into each service: slow, doubled, lost and late messages, and errors.

A `…_next` field counts the next occasions that the fault hits; 0 is none. Set faults with
`POST /faults`, for example `{"twilio": {"error_next": 1, "error_code": "20429"}}`.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class ServiceFaults(BaseModel):
    """The faults of one service."""

    model_config = ConfigDict(validate_assignment=True, extra="forbid")

    answer_delay_s: float = Field(0, ge=0, le=120, description="Before answering a request.")
    delay_s: float = Field(0, ge=0, le=3600, description="Before each webhook or callback.")
    error_next: int = Field(0, ge=0, description="Requests refused with `error_code`.")
    error_code: str = Field("", description="As the service spells it: 131056, http_502.")
    error_text: str = Field("", description="The words of that refusal, where the code needs them.")
    break_next: int = Field(0, ge=0, description="Requests carried out, then answered HTTP 500.")
    lose_next: int = Field(0, ge=0, description="Webhooks or callbacks never posted.")
    duplicate_next: int = Field(0, ge=0, description="Webhooks or callbacks posted twice.")

    def take(self, fault: str) -> bool:
        """Whether the fault hits this occasion; counts down by one."""
        left: int = getattr(self, fault)
        if left:
            setattr(self, fault, left - 1)
        return left > 0


class MessagingFaults(ServiceFaults):
    """Faults of messages."""

    unreachable: list[str] = Field(
        default_factory=list, description="Phones whose messages end with `unreachable_code`."
    )
    unreachable_code: str = Field("", description="As the service spells it.")

    shuffle_next: int = Field(0, ge=0, description="Messages whose statuses arrive backwards.")
    fail_next: int = Field(0, ge=0, description="Messages that end `failed` with `fail_code`.")
    fail_code: str = Field("", description="63049, 131049, 131026 and the like.")
    hold_next: int = Field(
        0, ge=0, description="Templates accepted, and held back until their quality is known."
    )
    held: Literal["back", "released", "dropped"] = Field(
        "back", description="What becomes of them; dropped ones end `failed` with `fail_code`."
    )
    window: Literal["answer", "status"] = Field(
        "answer", description="Where a message outside 24 hours is refused: both are seen."
    )


class MpesaFaults(ServiceFaults):
    """Faults of payments."""

    wrong_amount_next: int = Field(0, ge=0, description="Callbacks telling 10 shillings less.")
    answer_all_with: str | None = Field(
        default=None, description="Result code given to every prompt at once: nobody is asked."
    )
    firewall_next: int = Field(0, ge=0, description="Pushes a firewall refuses: 403, HTML.")
    token_dies_next: int = Field(0, ge=0, description="Pushes whose access token died early.")
    token_code: str = Field("401.003.01", description="Also 400.003.01 and 404.001.03.")
    query_error_next: int = Field(0, ge=0, description="Queries answered with the error below.")
    query_error_code: str = Field("500.001.1001", description="As Daraja spells it.")
    query_error_text: str = Field("", description="Its words: Wrong credentials, for example.")
    bare_next: int = Field(0, ge=0, description="Callbacks of success without any metadata.")
    odd_amount_next: int = Field(0, ge=0, description="Callbacks telling `odd_amount` as amount.")
    odd_amount: Any = Field(None, description="A text, a list, a boolean, nothing, -5 …")


class PayLinkFaults(ServiceFaults):
    """Faults before M-Pesa is called."""

    answer_next: int = Field(0, ge=0, description="Calls answered with `answer_text` as it is.")
    answer_text: str = Field("", description="What MCP servers say: Unknown tool: stk_push, …")


class GeminiFaults(ServiceFaults):
    """Faults of a language model; `error_code` is an HTTP status: 429, 500, 503."""

    block_next: int = Field(0, ge=0, description="Requests blocked for their content.")
    cut_next: int = Field(0, ge=0, description="Answers cut off in the middle of their JSON.")
    other_schema_next: int = Field(0, ge=0, description="Answers of another schema than asked.")
    answer_next: int = Field(0, ge=0, description="Requests answered with `answer_text` as it is.")
    answer_text: str = Field("", description="Words, no JSON, or the worst a mind could say.")


class ReviewOfTemplates(BaseModel):
    """How WhatsApp reviews message templates here."""

    model_config = ConfigDict(validate_assignment=True, extra="forbid")

    review_s: float = Field(4, ge=0, le=3600, description="From submission to the decision.")


class CatalogueFaults(BaseModel):
    """How Meta takes in and reviews items of catalogues here."""

    model_config = ConfigDict(validate_assignment=True, extra="forbid")

    batch_s: float = Field(2, ge=0, le=3600, description="Until a batch is taken in.")
    review_s: float = Field(3, ge=0, le=3600, description="From there to the reviews.")
    busy_next: int = Field(0, ge=0, description="Batches refused with 80014: too many calls.")
    break_next: int = Field(0, ge=0, description="Batches taken, then answered HTTP 500.")
    batches_failing: int = Field(0, ge=0, description="Batches that end with `error`.")
    forget_batches: bool = Field(False, description="Asked about a batch, Meta answers 100.")


class Faults(BaseModel):
    """The faults of all services."""

    model_config = ConfigDict(extra="forbid")

    twilio: MessagingFaults = Field(
        default_factory=lambda: MessagingFaults(unreachable_code="63024")
    )
    meta: MessagingFaults = Field(
        default_factory=lambda: MessagingFaults(window="status", unreachable_code="131026")
    )
    twilio_sms: MessagingFaults = Field(
        default_factory=lambda: MessagingFaults(unreachable_code="30003")
    )
    africastalking: MessagingFaults = Field(
        default_factory=lambda: MessagingFaults(unreachable_code="AbsentSubscriber")
    )
    daraja: MpesaFaults = Field(default_factory=MpesaFaults)
    paylink: PayLinkFaults = Field(default_factory=PayLinkFaults)
    gemini: GeminiFaults = Field(default_factory=GeminiFaults)
    templates: ReviewOfTemplates = Field(default_factory=ReviewOfTemplates)
    catalogue: CatalogueFaults = Field(default_factory=CatalogueFaults)

    def change(self, wanted: dict[str, dict[str, Any]]) -> None:
        """Set the named fields only. Raises ValueError for an unknown field."""
        merged = self.model_dump()
        for service, fields in wanted.items():
            merged[service] = merged.get(service, {}) | fields
        checked = Faults.model_validate(merged)
        for service in Faults.model_fields:
            setattr(self, service, getattr(checked, service))
