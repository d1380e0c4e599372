"""A segment as it is written and said: groups of conditions on fields that have a type."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from dukani.core.store.segments import COMPARISONS, KINDS, Comparison, Condition, Group
from dukani.core.store.segments import Field as SegmentField

MOST_CONDITIONS = 30
DEEPEST = 4

_Text = Annotated[str, Field(min_length=1, max_length=80)]
_Number = Annotated[int, Field(ge=-(2**53), le=2**53)]
_Days = Annotated[int, Field(ge=1, le=3650)]
_Texts = Annotated[tuple[_Text, ...], Field(min_length=1, max_length=100)]

_ONE: dict[str, Any] = {
    "text": _Text,
    "several": _Text,
    "number": _Number,
    "day": date,
    "yes_or_no": bool,
}
_BETWEEN: dict[str, Any] = {"number": tuple[_Number, _Number], "day": tuple[date, date]}


class WrittenCondition(BaseModel):
    """`{"field": "spent_minor", "comparison": "gte", "value": 500000}`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: SegmentField
    comparison: Comparison
    value: Any = Field(description="a text, number, day (ISO 8601), list, pair, or true")

    @model_validator(mode="after")
    def _fits(self) -> WrittenCondition:
        kind = KINDS[self.field]
        if self.comparison not in COMPARISONS[kind]:
            allowed = ", ".join(COMPARISONS[kind])
            raise ValueError(f"{self.field} is not compared by {self.comparison}, but by {allowed}")
        self.typed()
        return self

    def typed(self) -> Condition:
        """With the value in its type. Raises ValueError naming the field and the value."""
        try:
            value = TypeAdapter(_wanted(self)).validate_json(_as_json(self.value))
        except ValidationError as error:
            why = error.errors()[0]["msg"]
            raise ValueError(f"{self.field} {self.comparison} {self.value!r}: {why}") from error
        if self.comparison == "in":
            value = tuple(one.lower() for one in value)
        if self.comparison == "between" and value[0] > value[1]:
            raise ValueError(f"{self.field} between {value[0]} and {value[1]}: turn them round")
        return Condition(self.field, self.comparison, value)


def _as_json(value: Any) -> str:
    return TypeAdapter(Any).dump_json(value).decode()


def _wanted(condition: WrittenCondition) -> Any:
    kind = KINDS[condition.field]
    match condition.comparison:
        case "exists":
            return bool
        case "in":
            return _Texts
        case "between":
            return _BETWEEN[kind]
        case "in_last_days":
            return _Days
        case _:
            return _ONE[kind]


class WrittenGroup(BaseModel):
    """`{"match": "all", "of": [conditions and groups]}`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    match: Literal["all", "any"] = "all"
    of: tuple[WrittenCondition | WrittenGroup, ...] = ()

    @model_validator(mode="after")
    def _is_not_too_large(self) -> WrittenGroup:
        if _depth(self) > DEEPEST:
            raise ValueError(f"groups lie in one another at most {DEEPEST} deep")
        if _conditions(self) > MOST_CONDITIONS:
            raise ValueError(f"a segment has at most {MOST_CONDITIONS} conditions")
        return self

    def typed(self) -> Group:
        return Group(self.match, tuple(part.typed() for part in self.of))


def _depth(part: WrittenCondition | WrittenGroup) -> int:
    if isinstance(part, WrittenCondition):
        return 0
    return 1 + max((_depth(one) for one in part.of), default=0)


def _conditions(part: WrittenCondition | WrittenGroup) -> int:
    if isinstance(part, WrittenCondition):
        return 1
    return sum(_conditions(one) for one in part.of)
