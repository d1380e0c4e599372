"""Reads Twilio's list of the messages a number received; Twilio's webhook posts each only once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from dukani.core.clients.transport import get_json, json_object
from dukani.core.clients.twilio import PROVIDER, TwilioAccount
from dukani.core.errors import ProviderUnavailable

API = "/2010-04-01"
PAGE_SIZE = 200
MOST_PAGES = 100


@dataclass(frozen=True, slots=True)
class Received:
    """A listed message, in the fields Twilio would have posted.

    The list has neither profile names nor shared locations.
    """

    form: dict[str, str]
    received_at: datetime


class TwilioInbox:
    """Reads the list of one boutique's number."""

    def __init__(
        self, http: httpx.AsyncClient, base_url: str, account: TwilioAccount, *, timeout_s: float
    ) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._account = account
        self._timeout_s = timeout_s

    async def received_since(self, since: datetime) -> AsyncIterator[Mapping[str, Any]]:
        """The messages the number received since then (UTC), newest first, as listed.

        Raises ProviderUnavailable when the list cannot be read to its end.
        """
        query = {
            "To": f"whatsapp:{self._account.number}",
            "DateSent>": f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "PageSize": str(PAGE_SIZE),
        }
        path: str | None = f"{self._root}/Messages.json"
        page = await self._read(f"{path}?{httpx.QueryParams(query)}")
        for _ in range(MOST_PAGES):
            for row in page.get("messages") or []:
                if _is_inbound(row) and received_at(row) >= since:
                    yield row
            path = page.get("next_page_uri")
            if not path:
                return
            page = await self._read(path)
        raise ProviderUnavailable("more pages than anybody receives", provider=PROVIDER)

    async def posted_form(self, row: Mapping[str, Any]) -> Received:
        """The listed message with its media, as the form that did not arrive."""
        form = {
            "MessageSid": str(row["sid"]),
            "AccountSid": self._account.account_sid,
            "From": str(row.get("from") or ""),
            "To": str(row.get("to") or ""),
            "Body": str(row.get("body") or ""),
            "NumMedia": "0",
            "SmsStatus": "received",
        }
        if str(row.get("num_media") or "0") != "0":
            form |= await self._media(str(row["sid"]))
        return Received(form, received_at(row))

    async def _media(self, sid: str) -> dict[str, str]:
        listed = await self._read(f"{self._root}/Messages/{sid}/Media.json")
        fields: dict[str, str] = {}
        media = [one for one in listed.get("media_list") or [] if one.get("uri")]
        for number, one in enumerate(media):
            path = str(one["uri"]).removesuffix(".json")
            fields[f"MediaUrl{number}"] = f"{self._base_url}{path}"
            fields[f"MediaContentType{number}"] = str(one.get("content_type") or "")
        return fields | {"NumMedia": str(len(media))}

    @property
    def _root(self) -> str:
        return f"{API}/Accounts/{self._account.account_sid}"

    async def _read(self, path: str) -> dict[str, Any]:
        """The JSON at a path of Twilio's API; its links to next pages have no host either."""
        response = await get_json(
            self._http,
            f"{self._base_url}/{path.lstrip('/')}",
            provider=PROVIDER,
            auth=(self._account.account_sid, self._account.auth_token),
            timeout=self._timeout_s,
        )
        if not response.is_success:
            raise ProviderUnavailable(provider=PROVIDER, code=str(response.status_code))
        return json_object(response)


def _is_inbound(row: Mapping[str, Any]) -> bool:
    """Whether a row is an inbound message with a time. Raises ProviderUnavailable."""
    if row.get("direction") != "inbound":
        return False
    try:
        return bool(row["sid"]) and received_at(row) is not None
    except (KeyError, TypeError, ValueError) as error:
        raise ProviderUnavailable("a list nobody can read", provider=PROVIDER) from error


def received_at(row: Mapping[str, Any]) -> datetime:
    """When Twilio received the message, to the second (UTC)."""
    return parsedate_to_datetime(str(row.get("date_sent") or row["date_created"]))
