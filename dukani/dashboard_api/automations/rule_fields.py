"""A rule as an owner sends it; whatever is wrong with it is told of its field."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from dukani.dashboard_api.bodies import Body
from dukani.domain.automations import RuleDefinition

# Of a check of several fields together: `steps: each must wait longer than the one before`.
_OF_FIELD = re.compile(r"(?:Value error, )?(text|variants|class|steps): (.+)", re.DOTALL)


class RuleFields(Body, RuleDefinition):
    """All that an owner decides of a rule but its switch."""

    @model_validator(mode="wrap")
    @classmethod
    def _told_of_its_field(
        cls, sent: Any, handler: ModelWrapValidatorHandler[RuleFields]
    ) -> RuleFields:
        try:
            return handler(sent)
        except ValidationError as error:
            told = [_placed(dict(one)) for one in _causes(error)]
            raise ValidationError.from_exception_data(cls.__name__, told) from None

    def definition(self) -> RuleDefinition:
        return RuleDefinition.model_validate(self.model_dump(by_alias=True))


def _causes(error: ValidationError) -> list[ErrorDetails]:
    """Without a list that is too short only because one of its items is wrong."""
    every = error.errors()
    places = [one["loc"] for one in every]
    return [
        one
        for one in every
        if one["type"] != "too_short"
        or not any(
            len(place) > len(one["loc"]) and place[: len(one["loc"])] == one["loc"]
            for place in places
        )
    ]


def _placed(error: dict[str, Any]) -> InitErrorDetails:
    found = _OF_FIELD.fullmatch(str(error["msg"]))
    place, said = ((found[1],), found[2]) if found else ((), str(error["msg"]))
    return InitErrorDetails(
        type=PydanticCustomError(error["type"], "{said}", {"said": said}),
        loc=(*error["loc"], *place),
        input=error["input"],
    )
