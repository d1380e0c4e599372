"""Makes and checks the signed address at which one owner downloads an export of her boutique."""

from __future__ import annotations

from datetime import datetime

from dukani.core.services import Services


def export_link(
    services: Services, *, boutique_id: str, export_id: str, user_id: str, until: datetime
) -> str:
    """Our public address of it; it ends at `until`, and names whom it is for."""
    end = int(until.timestamp())
    signature = services.secrets.sign(_signed(boutique_id, export_id, user_id, end))
    base = services.settings.web.public_url.rstrip("/")
    return f"{base}/exports/{boutique_id}/{export_id}?user={user_id}&until={end}&sig={signature}"


def export_link_is_ours(
    services: Services,
    *,
    boutique_id: str,
    export_id: str,
    user_id: str,
    until: int,
    signature: str,
) -> bool:
    """Whether we signed it for this person."""
    signed = _signed(boutique_id, export_id, user_id, until)
    return signature.isascii() and services.secrets.signed(signed, signature)


def _signed(boutique_id: str, export_id: str, user_id: str, until: int) -> str:
    return f"export:{boutique_id}/{export_id}?user={user_id}&until={until}"
