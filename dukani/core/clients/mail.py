"""Sends mails through Resend's API (resend.com/docs/api-reference/emails, read November 2026)."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx

from dukani.core.clients.transport import post_once
from dukani.core.errors import ProviderRefused, ProviderUnavailable
from dukani.core.settings import Mail as MailSettings

PROVIDER = "mail"


@dataclass(frozen=True, slots=True)
class Mail:
    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)


class Mailer:
    def __init__(self, http: httpx.AsyncClient, settings: MailSettings, *, api_key: str) -> None:
        self._http = http
        self._settings = settings
        self._headers = {"authorization": f"Bearer {api_key}"}

    async def send(self, mail: Mail, *, mail_id: str | None = None) -> str:
        """The mail's id there; sent again with the same `mail_id` within a day, it is one mail.

        Raises ProviderError.
        """
        once = {"idempotency-key": mail_id} if mail_id else {}
        answer = await post_once(
            self._http,
            f"{self._settings.base_url.rstrip('/')}/emails",
            provider=PROVIDER,
            timeout=self._settings.timeout_s,
            headers=self._headers | once,
            json={
                "from": self._settings.sender,
                "to": [mail.to],
                "subject": mail.subject,
                "text": mail.text,
            },
        )
        code = str(answer.status_code)
        if answer.status_code == 429 or answer.status_code >= 500:
            raise ProviderUnavailable(provider=PROVIDER, code=code)
        if answer.status_code >= 400:
            raise ProviderRefused("the mail was refused", provider=PROVIDER, code=code)
        return str(answer.json().get("id", ""))


def build_mailer(http: httpx.AsyncClient, settings: MailSettings) -> Mailer | None:
    """None when no key is set."""
    key = settings.api_key
    return Mailer(http, settings, api_key=key.get_secret_value()) if key else None
