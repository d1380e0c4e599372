"""Meta's webhook envelope: only what we read is named, all else may come and change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

YEAR_2100_S = 4_102_444_800


def when(seconds: object) -> datetime | None:
    """Unix seconds as a time; none for what is no time: a message can do without it."""
    try:
        whole = int(str(seconds))
    except ValueError:
        return None
    return datetime.fromtimestamp(whole, UTC) if 0 < whole < YEAR_2100_S else None


When = Annotated[datetime | None, BeforeValidator(when)]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class Metadata(_Wire):
    phone_number_id: str


class Profile(_Wire):
    name: str | None = None


class Contact(_Wire):
    """A sender; whoever uses a username shows `user_id` and perhaps no `wa_id`."""

    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    profile: Profile = Field(default_factory=Profile)


class Context(_Wire):
    id: str | None = None
    referred_product: Any = None  # of the catalogue: what the message asks about


class Message(_Wire):
    """A message of any kind; its content lies under the name of its `type`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str = Field(min_length=1)
    type: str
    timestamp: When = None
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
        """What lies under the type's name (a list as `items`); empty when nothing of use does."""
        content = (self.model_extra or {}).get(self.type)
        if isinstance(content, list):
            return {"items": content}
        return content if isinstance(content, dict) else {}

    @property
    def error_codes(self) -> frozenset[str]:
        """Why WhatsApp shows nothing of it."""
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
    """A system message's own part: the names that are new, and in newer ones the old."""

    body: str = ""
    type: str = ""
    wa_id: str | None = None
    new_wa_id: str | None = None  # as older versions call the new number
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
    """Another user id of one user, as some of Meta's partners pass it on."""

    wa_id: str | None = None
    user_id: Renamed = Field(default_factory=Renamed)
    timestamp: When = None


class UserPreference(_Wire):
    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    category: str = ""
    value: str
    detail: str = ""
    timestamp: int | str = ""


class Value(_Wire):
    """A change's value; the lists stay raw, so that one bad item does not spoil the rest."""

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
    changes: list[Change] = Field(default_factory=list)


class Webhook(_Wire):
    entry: list[Entry]
