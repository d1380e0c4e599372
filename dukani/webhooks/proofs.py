"""Whether a call that was kept came from its provider: each provider's own proof, asked again.

At the door a call is proven before it is stored for a boutique. One to a number that nobody has is
stored too, and where only the number's own keys prove a call, nobody has proven that one: it is
acted on once the keys known by then prove it. A provider without a row proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dukani.core.store.credentials import Credentials
from dukani.core.store.webhook_events import WebhookEvent
from dukani.webhooks.reading_again import form_of
from dukani.webhooks.twilio_signature import verify_twilio_signature

# Of the keys of the number that the event names now; none: it names no number.
Proof = Callable[[WebhookEvent, Credentials | None], bool]


def is_proven(event: WebhookEvent, keys: Credentials | None) -> bool:
    """Whether the event may be acted on; `keys` are those that its number has now."""
    if event.boutique_id is not None or (event.envelope or {}).get("verified") is True:
        return True
    proof = PROOFS.get(event.provider)
    return proof is not None and proof(event, keys)


def _signed_with_its_token(event: WebhookEvent, keys: Credentials | None) -> bool:
    """Twilio signs with the token of the number's account."""
    if keys is None:
        return False
    kept = event.envelope or {}
    url, signature = str(kept.get("url", "")), str(kept.get("signature", ""))
    token = keys.secrets.get("auth_token", "")
    return verify_twilio_signature(token, url, form_of(event.payload), signature)


def _signed_before_it_was_stored(event: WebhookEvent, keys: Credentials | None) -> bool:
    """Meta signs every call with the secret of our app, whosever the number is."""
    return True


def _only_at_the_door(event: WebhookEvent, keys: Credentials | None) -> bool:
    """The secret stood in the address, which is not kept: what has no boutique was not proven."""
    return False


PROOFS: Mapping[str, Proof] = {  # of every MessagingProvider
    "twilio": _signed_with_its_token,
    "twilio_sms": _signed_with_its_token,
    "meta": _signed_before_it_was_stored,
    "africastalking": _only_at_the_door,
}
