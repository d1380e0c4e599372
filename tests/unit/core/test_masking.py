"""Texts stay readable; what names or finds a person, and every secret, does not stay."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from dukani.core.observability import masking, observed
from dukani.core.observability.masking import hide_secrets, mask_text, masked, without
from dukani.core.settings import Gemini, GivenSettings


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("call 0712 345 721 now", "call +071 2•• ••• 721 now"),
        ("whatsapp:+254712345721", "whatsapp:+254 7•• ••• 721"),
        ("to amina.w+x@mail.co.ke!", "to •••@•••!"),
        ("from KE.4471029385561120.", "from •••."),
        ("from KE.ENT.4471029385561120", "from •••"),
        ("at -1.29214, 36.82194 gate", "at ••• gate"),
        ("wamid.HBgLMjU0NzEyMzQ1NzIxFQIAEhg failed", "wamid.•••xFQIAEhg failed"),
        ("key sk-lf-1234abcd5678", "key •••"),
        ("Authorization: Bearer abc.def-ghi_jkl", "Authorization: •••"),
        ("https://x.test/?access_token=EAAGm0PX4ZCpsBA&v=1", "https://x.test/?•••&v=1"),
        ("passkey: bfb279f9aa9bdbcf158e97dd71a467cd", "•••"),
        ("AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY", "•••"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "•••"),
    ],
)
def test_what_has_a_shape_is_found_in_any_text(text: str, told: str) -> None:
    assert mask_text(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "QGH7X1Y2Z3",  # M-Pesa's receipt
        "KES 12,500 for 2 gowns, size M",
        "0b6e2c1e-8c5d-4f0e-9b1a-3c2d1e0f9a8b",  # our ids
        "SM0123456789abcdef0123456789abcdef",  # Twilio's
        "the key is under the mat",
        "2026-11-26T19:05:00Z",
    ],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert mask_text(text) == text


def test_fields_that_are_private_in_themselves_are_masked_whole() -> None:
    assert masked(
        {
            "profile_name": "Amina",
            "X-Hub-Signature-256": "sha256=0a",
            "acts": [{"kind": "address", "text": "Nyali"}, {"kind": "search", "text": "gown"}],
            "name": "Malaika Lace Gown",
            "address": None,
        }
    ) == {
        "profile_name": "•••",
        "X-Hub-Signature-256": "•••",
        "acts": [{"kind": "address", "text": "•••"}, {"kind": "search", "text": "gown"}],
        "name": "Malaika Lace Gown",
        "address": None,
    }


def test_known_strings_are_found_whole_and_in_any_case() -> None:
    told = without({"a": ["AMINA wants Aminata's gown"], "b": 1}, ["Amina", "Al"])
    assert told == {"a": ["••• wants Aminata's gown"], "b": 1}


@pytest.fixture
def forgotten() -> Iterator[None]:
    before = masking._known_secrets
    yield
    masking._known_secrets = before


@pytest.mark.usefixtures("forgotten")
def test_secrets_of_the_settings_are_masked_whatever_their_shape() -> None:
    settings = GivenSettings()
    settings.meta.app_secret = SecretStr("plainwords")
    settings.security.encryption_keys = [SecretStr("another one")]

    hide_secrets(settings)

    assert mask_text("plainwords, another one") == "•••, •••"


@pytest.mark.usefixtures("forgotten")
def test_secrets_are_masked_where_nothing_is_sent_too() -> None:
    """Without Langfuse and Sentry there is still a log, in which a provider quotes its key."""
    settings = GivenSettings(gemini=Gemini(api_key=SecretStr("of no known shape")))

    with observed(settings):
        assert mask_text("API key not valid: of no known shape") == "API key not valid: •••"


def test_long_texts_that_name_nobody_are_read_once() -> None:
    """Read once from each of their letters, they would take hours: a process stands meanwhile."""
    units = ["a", "1", "a.", "1-", "eyJ-", "api_", "254-", "KE.1", "-1.234,"]
    program = (
        "import sys; from dukani.core.observability.masking import mask_text\n"
        "for unit in sys.argv[1:]: mask_text((unit * 2**18)[: 2**18])"
    )
    subprocess.run([sys.executable, "-c", program, *units], check=True, timeout=60)


@pytest.mark.parametrize(
    "text",
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0",
     "eyJhbGciOiJIUzI1NiJ9", "(wanjiku.k+shop@mail.co.ke)", "x:wanjiku@mail.ke"],
)  # fmt: skip
def test_tokens_and_addresses_are_masked_whole_or_cut_off(text: str) -> None:
    shown = mask_text(f"seen {text}, then")
    assert "eyJ" not in shown and "wanjiku" not in shown and "mail" not in shown
