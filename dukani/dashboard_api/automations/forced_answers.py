"""What came of a message that a person asked for by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from dukani.core.errors import InvalidValue
from dukani.dashboard_api.bodies import Answer, Body
from dukani.domain.automations import Reason


class ByHand(Body):
    """`override`: what is not held against it, with the `reason` that is written down."""

    override: tuple[Reason, ...] = Field((), max_length=20)
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] | None = None

    def why(self) -> str | None:
        """Raises InvalidValue where something is passed over and nobody says why."""
        if self.override and not self.reason:
            raise InvalidValue(
                field="reason", value=self.reason, remedy="Say why this time it does not count."
            )
        return self.reason


class ForcedMessage(Answer):
    """Without `send_id` it was not sent: `reason` says why, `until` when it may be, if known."""

    send_id: UUID | None
    reason: Reason | None
    until: datetime | None
