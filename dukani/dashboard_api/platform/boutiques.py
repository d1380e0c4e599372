"""All boutiques of the installation, with how each is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.core.channels import WhatsAppProvider
from dukani.core.payment_providers import PaymentProvider
from dukani.core.store import audit, members, platform_looks, platform_pauses
from dukani.core.store import boutique_health as store
from dukani.core.store.boutique_health import BoutiqueSigns
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.platform.access import APlatformAdmin, APlatformAdminOf
from dukani.dashboard_api.platform.pauses import PauseShown
from dukani.tools.boutique_health import FindingKind, Health, Level, State, judge

router = APIRouter(prefix="/platform/boutiques", tags=["platform"])

DAYS = 7
LINES = 20
MOST = 100
Sort = Literal["worst", "name", "newest", "quiet"]


class FindingShown(Answer):
    """`codes` are a provider's, the most frequent first; `detail` is a word of ours."""

    kind: FindingKind
    level: Level
    count: int
    codes: list[str]
    detail: str | None


class PlatformBoutique(Answer):
    id: UUID
    slug: str
    name: str
    state: State
    findings: list[FindingShown]
    whatsapp_provider: WhatsAppProvider
    payment_provider: PaymentProvider
    people: int
    created_at: datetime
    last_message_at: datetime | None
    last_prompt_at: datetime | None
    paused_at: datetime | None  # by its owner
    platform_paused_at: datetime | None
    channels_paused: list[str]


class PlatformBoutiques(Answer):
    items: list[PlatformBoutique]
    total: int  # that fit what was asked
    counts: dict[State, int]  # of all that fit the words, by state


class PersonOfBoutique(Answer):
    user_id: UUID
    email: str | None
    role: Literal["owner", "staff"]
    confirmed: bool
    last_sign_in_at: datetime | None


class DayOfHealth(Answer):
    day: str
    failed_sends: int
    prompts_paid: int
    prompts_failed: int
    dead_letters: int


class LookShown(Answer):
    id: UUID
    reason: str
    began_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    pages: list[str]


class DoneByPlatform(Answer):
    """`by`: the admin's address; none for who is none any more."""

    at: datetime
    by: str | None
    action: str
    subject: str
    reason: str | None
    page: str | None


class PlatformBoutiquePage(PlatformBoutique):
    persons: list[PersonOfBoutique]
    days: list[DayOfHealth]
    pauses: list[PauseShown]
    done: list[DoneByPlatform]  # by the platform, the newest first
    my_look: LookShown | None  # of whoever asks, while it is open


@router.get("")
async def list_platform_boutiques(
    admin: APlatformAdmin,
    search: Annotated[str, Query(max_length=80)] = "",
    state: State | None = None,
    sort: Sort = "worst",
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> PlatformBoutiques:
    """Every boutique is judged, for a sort by what is worst; so pages go by number."""
    now = datetime.now(UTC)
    words = search.casefold().split()
    judged = [(one, judge(one, now=now)) for one in await store.of_all(admin.conn)]
    named = [pair for pair in judged if _has(pair[0], words)]
    fitting = [pair for pair in named if state in (None, pair[1].state)]
    fitting.sort(key=lambda pair: _place(*pair, sort=sort))
    states: Sequence[State] = ("healthy", "needs_attention", "paused", "closed")
    return PlatformBoutiques(
        items=[PlatformBoutique(**_shown(*pair)) for pair in fitting[offset : offset + limit]],
        total=len(fitting),
        counts={s: sum(health.state == s for _, health in named) for s in states},
    )


@router.get("/{boutique_id}")
async def get_platform_boutique(admin: APlatformAdminOf) -> PlatformBoutiquePage:
    boutique_id, user_id = admin.the_boutique.id, admin.signed_in.user_id
    signs = await store.of_one(admin.conn, boutique_id=boutique_id)
    assert signs is not None  # it was found on this connection
    people = await members.of_boutique(admin.conn, boutique_id=boutique_id)
    days = await store.days(admin.conn, boutique_id=boutique_id, days=DAYS)
    look = await platform_looks.current(admin.conn, admin_id=user_id)
    return PlatformBoutiquePage(
        **_shown(signs, judge(signs, now=datetime.now(UTC))),
        persons=[PersonOfBoutique.model_validate(one) for one in people],
        days=[DayOfHealth.model_validate(one) for one in days],
        pauses=[
            PauseShown.model_validate(one) for one in await platform_pauses.open_ones(admin.conn)
        ],
        done=[
            DoneByPlatform.model_validate(one)
            for one in await audit.by_platform(admin.conn, limit=LINES)
        ],
        my_look=LookShown.model_validate(look) if look else None,
    )


def _has(signs: BoutiqueSigns, words: Sequence[str]) -> bool:
    text = f"{signs.name} {signs.slug}".casefold()
    return all(word in text for word in words)


def _place(signs: BoutiqueSigns, health: Health, *, sort: Sort) -> tuple[object, ...]:
    name = (signs.name.casefold(), signs.id)
    match sort:
        case "worst":
            return (health.state == "closed", -health.badness, *name)
        case "newest":
            return (-signs.created_at.timestamp(), *name)
        case "quiet":
            heard = signs.last_message_at
            return (heard.timestamp() if heard else 0, *name)
    return name


def _shown(signs: BoutiqueSigns, health: Health) -> dict[str, object]:
    return {
        "id": signs.id,
        "slug": signs.slug,
        "name": signs.name,
        "state": health.state,
        "findings": [FindingShown.model_validate(one) for one in health.findings],
        "whatsapp_provider": signs.whatsapp_provider,
        "payment_provider": signs.payment_provider,
        "people": signs.people,
        "created_at": signs.created_at,
        "last_message_at": signs.last_message_at,
        "last_prompt_at": signs.last_prompt_at,
        "paused_at": signs.paused_at,
        "platform_paused_at": signs.platform_paused_at,
        "channels_paused": signs.channels_paused,
    }
