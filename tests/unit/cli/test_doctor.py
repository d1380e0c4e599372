"""The doctor names what is wrong and the variable that mends it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from pydantic import ValidationError
from rich.console import Console
from structlog.testing import capture_logs

from dukani.agent.eye import PhotoAnalysis
from dukani.core.clients.storage import LocalMediaStore
from dukani.core.crypto import SecretBox, new_key
from dukani.core.settings import GivenSettings, Settings
from dukani.core.store.diagnosis import SealedAccount
from dukani.doctor import machine, providers, senses
from dukani.doctor.check import Check, Verdict, bad, good, healthy, off
from dukani.doctor.report import nothing_is_set, unreadable_settings
from dukani.doctor.table import summary, table_of
from dukani.doctor.webhooks import check_webhooks, closed_webhooks, log_closed_webhooks
from dukani.running import build_senses

GOOD, BAD, OFF = Verdict.GOOD, Verdict.BAD, Verdict.OFF


def settings(**values: Any) -> Settings:
    return GivenSettings(**values)


@pytest.mark.parametrize(
    ("version", "verdict"), [((3, 10, 9), BAD), ((3, 11, 0), GOOD), ((3, 14, 1), GOOD)]
)
def test_python_must_be_new_enough(version: tuple[int, ...], verdict: Verdict) -> None:
    assert machine.check_python(version).verdict is verdict


def test_a_data_folder_is_made_when_it_can_be(tmp_path: Path) -> None:
    assert machine.check_data_folder(tmp_path / "new").verdict is GOOD
    assert list((tmp_path / "new").iterdir()) == []


def test_a_data_folder_that_cannot_be_made_names_its_variable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    check = machine.check_data_folder(tmp_path / "file" / "below")
    assert check.verdict is BAD
    assert "DUKANI_DATA_DIR" in check.fix


@pytest.mark.parametrize(
    ("values", "verdict", "found"),
    [
        ({"security": {"encryption_keys": [new_key()]}}, GOOD, "1"),
        ({"security": {"encryption_keys": [new_key(), new_key()]}}, GOOD, "2, the newest first"),
        ({"security": {"encryption_keys": [new_key(), "short"]}}, BAD, "number 2 of 2"),
        ({}, OFF, "only the demo"),  # a fresh machine
        ({"environment": "production"}, BAD, "cannot start"),
        ({"database": {"url": "postgresql://db/x"}}, BAD, "cannot start"),
    ],
)
def test_a_broken_or_missing_encryption_key_is_named(
    values: dict[str, Any], verdict: Verdict, found: str
) -> None:
    check = machine.check_encryption_keys(settings(**values))
    assert check.verdict is verdict
    assert found in check.found
    assert verdict is GOOD or "DUKANI_SECURITY__ENCRYPTION_KEYS" in check.fix


@pytest.mark.parametrize(
    ("url", "environment", "verdict"),
    [
        ("https://shop.example.com", "production", GOOD),
        ("http://shop.example.com", "production", BAD),  # secrets in the clear
        ("http://shop.example.com", "development", BAD),
        ("shop.example.com", "development", BAD),  # no address
        ("https://shop.example.com?x=1", "development", BAD),  # signatures would not match
        ("http://127.0.0.1:8000", "development", OFF),
        ("http://localhost:8000", "development", OFF),
        ("http://[::1]:8000", "development", OFF),
        ("http://127.0.0.1:8000", "production", BAD),  # no provider gets there
        ("https://192.168.1.20", "development", BAD),  # nor there
        ("https://shop.local", "development", BAD),
    ],
)
def test_providers_must_reach_the_public_url_encrypted(
    url: str, environment: str, verdict: Verdict
) -> None:
    check = machine.check_public_url(settings(environment=environment, web={"public_url": url}))
    assert check.verdict is verdict
    assert "DUKANI_WEB__PUBLIC_URL" in check.fix or verdict is GOOD


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        (None, OFF),
        ("https://paylink.example.com/mcp", GOOD),
        ("http://127.0.0.1:8000/sandbox/paylink/mcp", GOOD),
        ("http://paylink.example.com/mcp", BAD),
        ("https://", BAD),
    ],
)
def test_paylink_is_reached_encrypted_only(url: str | None, verdict: Verdict) -> None:
    assert machine.check_paylink_address(settings(paylink={"url": url})).verdict is verdict


@pytest.mark.parametrize(
    ("meta", "variables"),
    [
        ({}, ["DUKANI_META__APP_SECRET", "DUKANI_META__VERIFY_TOKEN"]),
        ({"app_secret": " ", "verify_token": "v"}, ["DUKANI_META__APP_SECRET"]),  # blank
        ({"app_secret": "s"}, ["DUKANI_META__VERIFY_TOKEN"]),
        ({"app_secret": "s", "verify_token": "v"}, []),
    ],
)
def test_a_webhook_without_its_secret_is_told(meta: dict[str, str], variables: list[str]) -> None:
    chosen = settings(meta=meta)

    with capture_logs() as logs:
        log_closed_webhooks(chosen)

    assert [webhook.variable for webhook in closed_webhooks(chosen)] == variables
    assert [line["set_variable"] for line in logs if line["event"] == "webhook_closed"] == variables
    assert all(c.verdict is OFF and "/webhook/meta" in c.what for c in check_webhooks(chosen))


def test_credentials_are_opened_with_the_keys() -> None:
    # given two accounts, one of them sealed with a key that is gone
    key = new_key()
    ours, lost = SecretBox([key]).seal({"a": "b"}), SecretBox([new_key()]).seal({"a": "b"})
    chosen = settings(security={"encryption_keys": [key]})

    # when they are looked at
    fine = providers.check_accounts(chosen, [SealedAccount("zuri", "twilio", ours)])
    broken = providers.check_accounts(
        chosen, [SealedAccount("zuri", "twilio", ours), SealedAccount("pwani", "meta", lost)]
    )

    # then the lost one is named, and its secret is not
    assert fine.verdict is GOOD
    assert broken.verdict is BAD
    assert "pwani/meta" in broken.found
    assert "zuri" not in broken.found
    assert lost not in broken.found + broken.fix


def test_accounts_say_which_settings_they_need() -> None:
    found = [SealedAccount("pwani", "meta", ""), SealedAccount("zuri", "paylink", "")]

    needs = providers.check_needs(settings(), found)
    met = providers.check_needs(
        settings(meta={"app_secret": "s"}, paylink={"url": "https://p.example"}), found
    )

    assert [check.fix for check in needs] == [
        "Set DUKANI_META__APP_SECRET.",
        "Set DUKANI_PAYLINK__URL.",
    ]
    assert met == []


@pytest.mark.parametrize(
    ("found", "values", "used"),
    [
        ([], {}, []),
        (["twilio"], {}, ["Twilio"]),
        (["meta"], {}, ["Meta"]),
        ([], {"meta": {"app_secret": "s"}}, ["Meta"]),
        (["daraja"], {}, ["Daraja"]),
        (["africastalking"], {}, ["Africa's Talking"]),
        (["paylink"], {"paylink": {"url": "https://p.example"}}, ["Daraja", "PayLink"]),
    ],
)
def test_only_providers_in_use_are_asked(
    found: list[str], values: dict[str, Any], used: list[str]
) -> None:
    accounts = [SealedAccount("zuri", provider, "") for provider in found]
    asked, rest = providers.hosts(settings(**values), accounts)
    assert [host.name for host in asked] == used
    assert {*used, *rest} == {"Twilio", "Meta", "Daraja", "PayLink", "Africa's Talking"}


async def test_a_host_that_refuses_us_is_reachable_and_a_silent_one_is_not() -> None:
    # given a Twilio that answers 401 and a Daraja that is not there
    def answer(request: httpx.Request) -> httpx.Response:
        if "safaricom" in request.url.host:
            raise httpx.ConnectError("no route")
        return httpx.Response(401)

    found = [SealedAccount("zuri", "twilio", ""), SealedAccount("zuri", "daraja", "")]

    # when both are asked
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        checks = {check.what: check for check in await _hosts(http, settings(), found)}

    # then the silent one names its variable
    assert checks["Twilio reachable"].verdict is GOOD
    assert checks["Daraja reachable"].verdict is BAD
    assert "DUKANI_DARAJA__BASE_URL" in checks["Daraja reachable"].fix
    assert checks["Meta reachable"].verdict is OFF


async def test_a_sandbox_that_is_not_running_is_no_failure() -> None:
    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    sandbox = "http://127.0.0.1:8000/sandbox"
    chosen = settings(sandbox={"enabled": True, "url": sandbox}, twilio={"base_url": sandbox})
    async with httpx.AsyncClient(transport=httpx.MockTransport(nobody)) as http:
        checks = await _hosts(http, chosen, [SealedAccount("zuri", "twilio", "")])
    assert healthy(checks)


async def _hosts(
    http: httpx.AsyncClient, chosen: Settings, found: list[SealedAccount]
) -> list[Check]:
    return await providers.check_hosts(http, chosen, found)


class _ForgetfulStore(LocalMediaStore):
    async def get(self, path: str) -> bytes:
        return b"something else"


async def test_media_are_stored_and_read_back(tmp_path: Path) -> None:
    assert (await senses.check_media(LocalMediaStore(tmp_path))).verdict is GOOD
    assert (await senses.check_media(LocalMediaStore(tmp_path))).verdict is GOOD
    assert _files(tmp_path) == ["doctor.bin"]


def _files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def test_a_store_that_loses_or_refuses_media_fails(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    lost = await senses.check_media(_ForgetfulStore(tmp_path))
    refused = await senses.check_media(LocalMediaStore(tmp_path / "file"))
    assert [lost.verdict, refused.verdict] == [BAD, BAD]
    assert "DUKANI_DATA_DIR" in refused.fix


async def test_the_local_eye_and_reader_work() -> None:
    local = build_senses()
    assert (await senses.check_eye(local.eye)).verdict is GOOD
    assert (await senses.check_reader(local.reader)).verdict is GOOD


class _BlindEye:
    model = "blind"

    def __init__(self, dimensions: int | None) -> None:
        self._dimensions = dimensions

    async def look(self, image: bytes) -> PhotoAnalysis:
        if self._dimensions is None:
            raise RuntimeError("no model file")
        vector = np.zeros(self._dimensions, np.float32)
        return PhotoAnalysis(category="dress", confidence=0.5, vector=vector, model=self.model)


@pytest.mark.parametrize("dimensions", [None, 128])
async def test_an_eye_that_fails_or_sees_in_another_space_is_told(dimensions: int | None) -> None:
    assert (await senses.check_eye(_BlindEye(dimensions))).verdict is BAD


def test_only_a_failure_makes_it_unhealthy() -> None:
    assert healthy([good("a", ""), off("b", "")])
    assert not healthy([good("a", ""), bad("c", "", "")])


def test_the_table_shows_marks_findings_and_remedies_as_they_are() -> None:
    checks = [good("Python", "3.11"), bad("Keys", "[none] set", "Set [X]"), off("Meta", "not set")]
    console = Console(width=80, record=True, file=io.StringIO())

    console.print(table_of(checks))

    shown = console.export_text()
    for words in ("✓", "✗", "–", "[none] set", "→ Set [X]", "not set"):
        assert words in shown
    assert summary(checks) == "1 of 3 checks fail."


def test_a_wrong_setting_is_named_without_its_value() -> None:
    with pytest.raises(ValidationError) as caught:
        settings(web={"port": "secret-word"})

    (check,) = unreadable_settings(caught.value)

    assert check.what == "DUKANI_WEB__PORT"
    assert "secret-word" not in check.found + check.fix


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, True),
        ({"environment": "production"}, False),
        ({"security": {"encryption_keys": [new_key()]}}, False),
        ({"meta": {"app_secret": "s"}}, False),
        ({"database": {"url": "postgresql://db/x"}}, False),
    ],
)
def test_the_demo_is_looked_at_only_where_nothing_is_set(
    values: dict[str, Any], expected: bool
) -> None:
    assert nothing_is_set(settings(**values)) is expected
