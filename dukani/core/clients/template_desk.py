"""What a provider's template management can do, and its words for a template's state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dukani.core.store.message_templates import Quality, TemplateCategory, TemplateStatus, Told
from dukani.core.template_form import TemplateForm

_STATUSES: dict[str, TemplateStatus] = {
    "approved": "approved",
    "reinstated": "approved",
    "unlocked": "approved",
    "flagged": "approved",  # it may be sent still; quality says how it stands
    "pending": "pending",
    "received": "pending",
    "unsubmitted": "pending",
    "in_appeal": "pending",
    "pending_deletion": "disabled",
    "rejected": "rejected",
    "paused": "paused",
    "locked": "paused",
    "disabled": "disabled",
    "deleted": "disabled",
    "archived": "disabled",
    "limit_exceeded": "disabled",
}
_CATEGORIES: dict[str, TemplateCategory] = {
    "utility": "utility",
    "marketing": "marketing",
    "authentication": "authentication",
}
_QUALITIES: dict[str, Quality] = {"green": "green", "yellow": "yellow", "red": "red"}


def status_of(word: object) -> TemplateStatus | None:
    """The status that a provider's word means; None for a word we do not know."""
    return _STATUSES.get(str(word).lower())


def category_of(word: object) -> TemplateCategory | None:
    return _CATEGORIES.get(str(word).lower())


def quality_of(word: object) -> Quality | None:
    return _QUALITIES.get(str(word).lower())


@dataclass(frozen=True, slots=True)
class Submission:
    """A template for review. `example` is the header's picture: its link, and its bytes."""

    name: str
    locale: str
    category: TemplateCategory
    form: TemplateForm
    example_link: str | None = None
    example: bytes | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """The provider took it; it may have given another category than was asked for."""

    status: TemplateStatus
    category: TemplateCategory
    provider_id: str | None = None
    content_sid: str | None = None
    media_base: str | None = None


class TemplateDesk(Protocol):
    """One boutique's templates at its provider."""

    async def every(self) -> list[Told]:
        """All that the provider has, as it stands now."""
        ...

    async def may_use_marketing_endpoint(self) -> bool | None:
        """Whether offers have an endpoint of their own there; None: the provider does not say."""
        ...

    async def submit(self, wanted: Submission, *, again: str | None = None) -> Submitted:
        """Send to review; `again` is the provider's id of the rejected one it replaces.

        Raises ProviderRefused with the provider's words, or ProviderUnavailable.
        """
        ...

    async def remove(self, name: str, *, provider_id: str | None, content_sid: str | None) -> None:
        """Delete it there; one that is gone already is no error."""
        ...
