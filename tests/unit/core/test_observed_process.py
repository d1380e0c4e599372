"""Without keys nothing is imported or sent; with them a failed request is told by its place."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from dukani.core.observability import metrics, observed, tracing
from dukani.core.settings import GivenSettings, Langfuse, Sentry
from dukani.running import demo_settings
from tests.fakes.receiver import receiving

PHONE = "+254712345721"
WITHOUT_KEYS = """
import sys
from dukani import app, worker
from dukani.agent.gemini import ear, eye, model, reader
from dukani.commands import serve, work
from dukani.core.observability import observed, tracing
from dukani.core.settings import GivenSettings
with observed(GivenSettings()), tracing.span("reading"):
    pass
print([name for name in ("langfuse", "sentry_sdk") if name in sys.modules])
"""


@pytest.mark.slow
def test_without_keys_neither_library_is_imported() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_KEYS], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_without_keys_nothing_is_sent() -> None:
    with receiving() as receiver:
        settings = GivenSettings(langfuse=Langfuse(base_url=receiver.url, public_key="pk-lf-1"))
        with observed(settings), tracing.conversation(boutique_id="b", conversation_id="c"):
            with tracing.span("reading"):
                pass
            logging.getLogger("library").error("failed")
    assert receiver.came == []


def test_without_keys_a_span_is_timed_for_the_metrics_alone() -> None:
    name, labels = "dukani_turn_part_seconds_count", {"part": "reading"}
    before = metrics.REGISTRY.get_sample_value(name, labels) or 0
    with pytest.raises(ValueError), tracing.span("reading"):  # however it ends
        raise ValueError
    assert metrics.REGISTRY.get_sample_value(name, labels) == before + 1


def test_an_error_passes_a_span_as_it_is() -> None:
    with (
        receiving() as receiver,
        observed(_with_langfuse(receiver.url)),
        pytest.raises(ValueError, match=r"^as it is$"),
        tracing.span("reading"),
    ):
        raise ValueError("as it is")
    (span,) = receiver.spans()
    assert span["langfuse.observation.status_message"] == "ValueError"
    assert "as it is" not in receiver.everything


def test_a_failed_request_is_reported_without_its_address_headers_and_body() -> None:
    # given a route whose path holds a token, as Daraja's callbacks do
    app = FastAPI()

    @app.post("/callback/{token}")
    async def callback(token: str) -> None:
        raise RuntimeError(f"{token} for {PHONE}")

    # when it fails
    with receiving() as receiver:
        dsn = receiver.url.replace("http://", "http://public@") + "/1"
        settings = GivenSettings(sentry=Sentry(dsn=SecretStr(dsn), traces_sample_rate=1.0))
        with observed(settings), TestClient(app, raise_server_exceptions=False) as client:
            client.post(
                "/callback/unguessable?phone=254712345721",
                headers={"x-hub-signature-256": "sha256=feed", "x-forwarded-for": "41.90.1.1"},
                json={"Msisdn": PHONE},
            )
            client.get("/unguessable/254712345721")
            logging.getLogger("asyncio").error("Task exception\nValueError('Rose Apartments')")

    # then the function is named, and nothing of the request is told
    reports = receiver.reports()
    assert {one.get("type", "event") for one in reports} == {"event", "transaction"}
    told = [one["transaction"] for one in reports if one.get("type") == "transaction"]
    assert told == ["/callback/{token}", "unknown path"]
    assert any(one.get("exception") for one in reports)
    for private in ("unguessable", "712345721", "feed", "41.90", "Msisdn", "Rose"):
        assert private not in receiver.everything
    assert "Task exception" in receiver.everything


def test_a_demo_tells_nobody() -> None:
    settings = _with_langfuse("https://langfuse.test")
    settings.sentry.dsn = SecretStr("https://public@sentry.test/1")
    settings.security.encryption_keys = [SecretStr("k" * 44)]

    demo = demo_settings(settings)

    assert demo.langfuse.secret_key is None and demo.sentry.dsn is None


def _with_langfuse(url: str) -> GivenSettings:
    keys = Langfuse(public_key="pk-lf-2", secret_key=SecretStr("sk-lf-22222222"), base_url=url)
    return GivenSettings(langfuse=keys)
