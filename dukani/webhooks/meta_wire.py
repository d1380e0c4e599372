"""Models of Meta's webhook envelope: only the fields we read, so that Meta may add others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

YEAR_2100_S = 4_102_444_800


def timestamp_or_none(seconds: object) -> datetime | None:
    """Unix seconds as a time in UTC; none for an invalid value, as a message can do without."""
    try:
        whole = int(str(seconds))
    except ValueError:
        return None
    return datetime.fromtimestamp(whole, UTC) if 0 < whole < YEAR_2100_S else None


Timestamp = Annotated[datetime | None, BeforeValidator(timestamp_or_none)]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class Metadata(_Wire):
    phone_number_id: str


class Profile(_Wire):
    name: str | None = None


class Contact(_Wire):
    """A sender; one who uses a WhatsApp username has `user_id` and perhaps no `wa_id`."""

    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    profile: Profile = Field(default_factory=Profile)


class Context(_Wire):
    id: str | None = None
    referred_product: Any = None  # the catalogue product that the message asks about


class Message(_Wire):
    """A message of any kind; its content is the field named by `type`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str = Field(min_length=1)
    type: str
    timestamp: Timestamp = None
    from_: str | None = Field(None, alias="from")
    from_user_id: str | None = None
    from_parent_user_id: str | None = None
    to: str | None = None
    to_user_id: str | None = None
    to_parent_user_id: str | None = None
    group_id: str | None = None
    context: Context | None = None
    referral: dict[str, Any] | None = None

    @property
    def content(self) -> dict[str, Any]:
        """The field named by `type` (a list as `items`); empty when it is missing or unusable."""
        content = (self.model_extra or {}).get(self.type)
        if isinstance(content, list):
            return {"items": content}
        return content if isinstance(content, dict) else {}

    @property
    def error_codes(self) -> frozenset[str]:
        """The codes that say why WhatsApp shows nothing of the message."""
        errors = (self.model_extra or {}).get("errors")
        listed = errors if isinstance(errors, list) else []
        return frozenset(str(error.get("code")) for error in listed if isinstance(error, dict))


class StatusError(_Wire):
    code: int | str


class Status(_Wire):
    id: str = Field(min_length=1)
    status: str
    biz_opaque_callback_data: str | None = None
    errors: list[StatusError] = Field(default_factory=list)


class System(_Wire):
    """The content of a system message: the new names, and in newer versions the old ones."""

    body: str = ""
    type: str = ""
    wa_id: str | None = None
    new_wa_id: str | None = None  # the new number, in older versions
    user_id: str | None = None
    new_user_id: str | None = None
    parent_user_id: str | None = None
    previous_user_id: str | None = None
    previous_parent_user_id: str | None = None
    customer: str | None = None  # the old number, in older versions


class Renamed(_Wire):
    previous: str | None = None
    current: str | None = None


class UserIdUpdate(_Wire):
    """A change of a user's id, as some of Meta's partners report it."""

    wa_id: str | None = None
    user_id: Renamed = Field(default_factory=Renamed)
    timestamp: Timestamp = None


class UserPreference(_Wire):
    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    category: str = ""
    value: str
    detail: str = ""
    timestamp: int | str = ""


class Value(_Wire):
    """A change's value; the lists stay raw, so that one bad item does not fail the rest."""

    metadata: Metadata
    contacts: list[Any] = Field(default_factory=list)
    messages: list[dict[str, Any]] = Field(default_factory=list)
    statuses: list[dict[str, Any]] = Field(default_factory=list)
    message_echoes: list[dict[str, Any]] = Field(default_factory=list)
    user_preferences: list[dict[str, Any]] = Field(default_factory=list)
    user_id_update: list[dict[str, Any]] = Field(default_factory=list)


class Change(_Wire):
    field: str
    value: dict[str, Any]


class Entry(_Wire):
    id: str = ""
    time: int | str = ""
    changes: list[Change] = Field(default_factory=list)


class Webhook(_Wire):
    entry: list[Entry]
