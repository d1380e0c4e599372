"""Whatever a provider sends, signed or not, is answered and kept: no webhook breaks."""

from __future__ import annotations

import json
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dukani.core.services import Services
from tests.examples import examples
from tests.integration.webhooks.mutated import ANYTHING, meta_changes, with_anything_in
from tests.integration.webhooks.test_webhook_payments import DARAJA, PAYLINK, a_callback, a_payment
from tests.integration.webhooks.test_webhook_sms import SENDER, a_shop, africastalking, twilio
from tests.wiring import META_NUMBER, TWILIO_NUMBER, Caller, a_line, rows

ANSWERED = (200, 401, 403, 404, 413)
# Field values of a form: any text, and what looks like something.
words = st.text(max_size=30) | st.sampled_from(
    ["", "\0", "-1", "9" * 400, "whatsapp:", "whatsapp:+0", "NaN", "1e999", "٣", "x" * 5_000]
)
FIELDS = [
    "MessageSid", "From", "WaId", "Body", "NumMedia", "MediaUrl0", "MediaContentType0",
    "ProfileName", "Latitude", "Longitude", "ButtonPayload", "ListId", "MessageStatus",
    "ErrorCode", "OriginalRepliedMessageSid", "ReferralHeadline", "SmsStatus", "MessageType",
    "ExternalUserId", "ChannelMetadata", "OptOutType",
]  # fmt: skip
forms = st.dictionaries(st.sampled_from(FIELDS) | st.text(min_size=1, max_size=12), words)


T = TypeVar("T")


def some(strategy: st.SearchStrategy[T], most: int) -> list[T]:
    """Examples; collected first, because one loop runs the test."""
    found: list[T] = []

    @settings(examples(most), suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(one: T) -> None:
        found.append(one)

    collect()
    return found


@pytest.fixture
async def lines(services: Services) -> None:
    await a_line(services, "meta", META_NUMBER)
    await a_line(services, "twilio", TWILIO_NUMBER)
    await a_shop(services, slug="sms")
    await a_shop(services, "africastalking", "DUKANI", slug="at")
    await a_payment(services)


@pytest.mark.usefixtures("lines")
async def test_metas_webhook_takes_any_change(services: Services, caller: Caller) -> None:
    for change in some(meta_changes(), 400):
        answer = await caller.meta(change)
        assert answer.status_code == 200, change
    assert len(await rows(services, "webhook_events", "id")) > 10


@pytest.mark.usefixtures("lines")
async def test_metas_webhook_takes_any_bytes(caller: Caller) -> None:
    bodies = st.binary(max_size=200) | ANYTHING.map(lambda one: json.dumps(one).encode())
    for raw in some(bodies, 200):
        assert (await caller.meta_raw(raw)).status_code == 200, raw


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize("path", ["/webhook/whatsapp", "/webhook/whatsapp/status"])
async def test_twilios_webhook_takes_any_form(caller: Caller, path: str) -> None:
    for form in some(forms, 200):
        answer = await caller.twilio(path, **_as_utf8(form))
        assert answer.status_code == 200, form


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize("path", ["/webhook/sms/twilio", "/webhook/sms/twilio/status"])
async def test_the_sms_webhook_takes_any_form(caller: Caller, path: str) -> None:
    for form in some(forms, 200):
        fields = {"To": SENDER} | _as_utf8(form)
        answer = await twilio(caller, path, token="sms", **fields)
        assert answer.status_code in ANSWERED, form


@pytest.mark.usefixtures("lines")
async def test_africas_talking_takes_any_form(caller: Caller) -> None:
    known = st.sampled_from(["from", "to", "text", "date", "id", "linkId", "status", "phoneNumber",
                             "failureReason", "networkCode", "retryCount", "isOptOut"])  # fmt: skip
    for form in some(st.dictionaries(known, words), 200):
        answer = await africastalking(caller, **_as_utf8(form))
        assert answer.status_code in ANSWERED, form


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize("path", [DARAJA, PAYLINK])
async def test_a_payments_webhook_takes_any_body(
    services: Services, caller: Caller, path: str
) -> None:
    for body in some(with_anything_in(a_callback()), 300):
        answer = await caller.client.post(path, content=_json(body))
        assert answer.status_code in ANSWERED, body
    assert len(await rows(services, "webhook_events", "id")) > 10


def _json(body: Any) -> bytes:
    return json.dumps(body).encode()


def _as_utf8(form: dict[str, str]) -> dict[str, str]:
    """The form as it can be sent; not with a field named as an argument of the caller."""
    sent = {k.encode("utf-8", "ignore").decode(): v.encode("utf-8", "ignore").decode()
            for k, v in form.items()}  # fmt: skip
    return {name: value for name, value in sent.items() if name not in ("self", "path", "token")}
