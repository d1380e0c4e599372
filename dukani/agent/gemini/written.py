"""What Gemini writes of a turn, and how that becomes acts.

The acts of `domain/acts.py` are a union of forty kinds, which is more than a schema for structured
output may hold. So Gemini fills one flat form for each act, and code keeps of it what the kind has
and nothing else: no mind can name a product's id, a price or a payment.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dukani.agent.gemini.model import MindFailed
from dukani.core.store.wearers import Relation
from dukani.domain.acts import ACTS, Act, Language, Topic, Understanding

SURE = 0.5  # below it this machine's reader is asked instead

_CLASSES = {
    kind.model_fields["kind"].default: kind for kind in get_args(get_args(Act)[0])
}  # by the kind's name
# Consent is read from plain words by code, whatever a mind makes of them.
_NEVER_A_MINDS = frozenset({"opt_in", "opt_out", "stop_promotions", "want_promotions"})
KINDS: tuple[str, ...] = tuple(kind for kind in _CLASSES if kind not in _NEVER_A_MINDS)


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class WrittenTarget(_Form):
    """Which piece is meant, in the customer's words. Leave out what was not said."""

    line: int | None = Field(None, description="number of a line of the cart")
    option: int | None = Field(None, description="number of a shown option")
    name: str | None = Field(None, description="words of a product's name, as said")
    category: str | None = Field(None, description="kind of garment, singular English")
    colour: str | None = Field(None, description="colour it has now, English")
    size: str | None = Field(None, description="size it has now")
    pattern: str | None = None
    pointed: Literal["it", "other"] | None = None
    scope: Literal["one", "both", "all"] = "one"


class WrittenValues(_Form):
    """What a piece is to be. Leave out what was not said."""

    colour: str | None = Field(None, description="English")
    size: str | None = None
    quantity: int | None = None
    age: int | None = Field(None, description="years of the child who is to wear it")
    exclude_colour: str | None = None
    exclude_size: str | None = None


class WrittenMeasure(_Form):
    """A measure of a body; inches are turned into centimetres."""

    measure: Literal["bust", "waist", "hips", "foot", "height", "length"]
    cm: float


class WrittenAct(_Form):
    """One thing the customer does; fill only the fields of its kind."""

    kind: str = Field(json_schema_extra={"enum": list(KINDS)})
    target: WrittenTarget | None = None
    values: WrittenValues | None = None
    all_except: WrittenTarget | None = Field(None, description="with target.scope all")
    piece: WrittenTarget | None = Field(None, description="substitute: what takes the place")
    parts: list[WrittenValues] | None = Field(None, description="split: one for each part")
    another: bool | None = None
    back: bool | None = Field(None, description="add: was in this order, wanted back as it was")
    change: bool | None = None
    by: int | None = None
    times: int | None = None
    quantity: int | None = None
    text: str | None = None
    replaces: str | None = Field(
        None, description="address: the words of the address before that `text` corrects"
    )
    as_last: bool | None = Field(None, description="address: the same place as last time")
    phone: str | None = None
    own: bool | None = Field(None, description="payer: their own phone again, after another's")
    receipt: str | None = None
    brief: bool | None = Field(
        None, description='order_status: only of a day, "will it come today?"'
    )
    name: str | None = None
    category: str | None = None
    colour: str | None = None
    exclude_colour: str | None = None
    size: str | None = None
    exclude_size: str | None = None
    pattern: str | None = None
    exclude_pattern: str | None = None
    embroidery: bool | None = None
    occasion: str | None = None
    age: int | None = None
    budget_min: int | None = None
    budget_max: int | None = None
    order_by: Literal["cheapest"] | None = None
    cheaper: bool | None = None
    instead: bool | None = None
    discount: bool | None = None
    besides: bool | None = Field(
        None, description="ask_price: with what is ordered: 'if I add a belt'"
    )
    without: bool | None = Field(
        None, description="ask_price: what is ordered, less this: 'without the belt'"
    )
    topic: Topic | None = None
    weekday: int | None = Field(None, description="0 is Monday")
    place: str | None = None
    until: str | None = None
    fit: Literal["too_small", "right", "too_large"] | None = Field(
        None, description="tell_size: how a piece fitted"
    )
    before: bool | None = Field(None, description="tell_size: of a piece worn before")
    measures: list[WrittenMeasure] | None = Field(None, description="tell_size: of a body")
    whose: Literal["mine", "theirs"] | None = Field(
        None, description="tell_size: mine, or somebody else's who is not named"
    )
    order_ref: str | None = None
    relation: Relation | None = Field(
        None, description="set_wearer: who will wear it; someone: a gift; left out: the customer"
    )
    units: int | None = Field(None, description="set_wearer: with a target, so many of its units")
    evidence: str | None = Field(None, description="the words it rests on")


class WrittenTurn(_Form):
    """Everything the customer does in the message, in the order it was said."""

    language: Language = Field(description="to answer in; a mix of both is sw")
    confidence: float = Field(ge=0, le=1, description="that the acts are what was meant")
    acts: list[WrittenAct]


def as_understanding(written: WrittenTurn) -> Understanding:
    """The acts of a written turn.

    Raises MindFailed when it is unsure, says nothing, or says what no act can hold.
    """
    if written.confidence < SURE:
        raise MindFailed("unsure", f"{written.confidence:.2f}")
    acts = [_plain(act) for act in written.acts if act.kind not in _NEVER_A_MINDS]
    if not acts:
        raise MindFailed("unsure", "no acts")
    try:
        return Understanding(acts=tuple(ACTS.validate_python(acts)), language=written.language)
    except ValidationError as error:
        fields = sorted({".".join(map(str, one["loc"])) for one in error.errors()})
        raise MindFailed("malformed", ", ".join(fields)) from error


def as_written(understanding: Understanding, *, confidence: float = 1.0) -> WrittenTurn:
    """The turn that says exactly these acts; consent apart, which no mind says."""
    acts = [_form(act.model_dump(exclude_defaults=True, exclude={"kind"}), act.kind)
            for act in understanding.acts if act.kind not in _NEVER_A_MINDS]  # fmt: skip
    return WrittenTurn(language=understanding.language, confidence=confidence, acts=acts)


def _form(said: dict[str, Any], kind: str) -> WrittenAct:
    if but := said.get("target", {}).pop("but", None):
        said["all_except"] = but
    return WrittenAct.model_validate({**said, "kind": kind})


def _plain(act: WrittenAct) -> dict[str, Any]:
    """The act's fields as its kind has them; an unknown kind keeps them all, and is refused."""
    said = act.model_dump(exclude_none=True)
    if "all_except" in said:
        said.setdefault("target", {})["but"] = said.pop("all_except")
    of_kind = _CLASSES.get(act.kind)
    if of_kind is None:
        return said
    return {name: value for name, value in said.items() if name in of_kind.model_fields}
