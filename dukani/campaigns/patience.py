"""How long an occurrence waits for recipients who are due later. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from dukani.core.store.campaign_claims import Left

# WhatsApp's limit of marketing to one person is tried after one, two and four days more.
RETRIED_FOR = timedelta(days=8)


def is_over(left: Left, *, started_at: datetime | None, next_hour: datetime | None) -> bool:
    """Whether who is left is waited for no longer.

    When the campaign's next hour has come, its next occurrence writes her down anew. Without one,
    who was never posted to is waited for as long as it takes (a day's limit, her hours), and who is
    to be tried again for some days.
    """
    if left.next_at is not None and left.next_at <= left.now:
        return False
    if next_hour is not None and next_hour <= left.now:
        return True
    return (
        left.first_try_at is None and started_at is not None and left.now - started_at > RETRIED_FOR
    )
