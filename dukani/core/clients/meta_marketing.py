"""Meta's endpoint for offers: whether an account may use it, and what its refusals mean.

Meta, "Marketing Messages API for WhatsApp" (onboarding, sending, error codes), read November 2026:
`POST /{phone_number_id}/marketing_messages` takes approved marketing templates in the body of
`/messages`, with `product_policy` and `message_activity_sharing` beside them, and answers alike. An
account that is not onboarded is sent by `/messages`, unless the policy is STRICT.
"""

from __future__ import annotations

import httpx

from dukani.core.clients.transport import get_json, json_object
from dukani.core.errors import ProviderError

PATH = "marketing_messages"
NOT_ALLOWED = "131055"  # the number may not use it, or not for this
# Not a marketing template there; its copy for the endpoint is still made, or cannot be.
OF_THIS_TEMPLATE = ("134100", "134101", "134102")
# With these nothing was sent, and `/messages` takes it.
REFUSES = (NOT_ALLOWED, *OF_THIS_TEMPLATE)

# The newer name first; an older version of the Graph API knows the other only.
_FIELDS = ("marketing_messages_onboarding_status", "marketing_messages_lite_api_status")


async def may_use(
    http: httpx.AsyncClient, root: str, *, waba_id: str, access_token: str, timeout_s: float
) -> bool | None:
    """Whether the account is onboarded; None: Meta did not say."""
    for field in _FIELDS:
        try:
            answer = await get_json(
                http,
                f"{root}/{waba_id}",
                provider="meta",
                params={"fields": field},
                headers={"authorization": f"Bearer {access_token}"},
                timeout=timeout_s,
            )
        except ProviderError:
            return None
        status = json_object(answer).get(field) if answer.is_success else None
        if isinstance(status, str):
            return status == "ONBOARDED"
    return None
