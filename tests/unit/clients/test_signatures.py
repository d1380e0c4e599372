"""Only what the provider signed gets in."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from dukani.core.clients.meta import meta_signature, verify_meta_signature
from dukani.core.settings import ROOT
from dukani.sandbox.twilio_signature import twilio_signature
from dukani.webhooks.twilio_signature import verify_twilio_signature

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def test_twilio_signature_matches_the_worked_example_of_its_documentation():
    # given: the example of Twilio's "Security" page
    params = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }

    # when
    signature = twilio_signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", params)

    # then
    assert signature == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_a_repeated_field_counts_once_per_value_in_any_order():
    # given
    pairs = [("Tag", "b"), ("Body", "hi"), ("Tag", "a"), ("Tag", "b")]

    # when
    signature = twilio_signature("t", "https://x.example/w", pairs)

    # then
    assert signature == twilio_signature(
        "t", "https://x.example/w", [("Body", "hi"), ("Tag", "a"), ("Tag", "b")]
    )


def test_the_default_port_may_be_written_out_or_not():
    # given
    params = {"Body": "hi"}
    signed = twilio_signature("t", "https://x.example:443/w?a=1", params)

    # when / then
    assert verify_twilio_signature("t", "https://x.example/w?a=1", params, signed)
    assert not verify_twilio_signature("t", "https://x.example:8443/w?a=1", params, signed)


# Where the webhooks are, and for which address Twilio signed.
PORTS = [
    ("https://x.example/w", "https://x.example:443/w", True),  # the default one, written out
    ("https://x.example:443/w", "https://x.example/w", True),
    ("http://x.example/w", "http://x.example:80/w", True),
    ("https://x.example:8443/w", "https://x.example:8443/w", True),
    ("https://x.example:8443/w", "https://x.example/w", True),  # left out, though it is another
    ("https://x.example/w", "https://x.example:8443/w", False),
    ("https://x.example/w", "https://x.example:80/w", False),  # the default of http
    ("https://x.example/w", "http://x.example/w", False),
    ("https://x.example/w", "https://y.example/w", False),
    ("https://x.example/w", "https://x.example/w/", False),
]


@pytest.mark.parametrize(("webhook", "signed_for", "accepted"), PORTS)
def test_only_the_port_may_differ_from_the_address_twilio_signed(webhook, signed_for, accepted):
    params = {"Body": "hi"}

    signature = twilio_signature("t", signed_for, params)

    assert verify_twilio_signature("t", webhook, params, signature) == accepted


def test_a_body_hash_in_the_address_does_not_stand_in_for_the_fields():
    # given: of a JSON call Twilio signs only the address, which holds the hash of the body
    url = f"https://x.example/w?bodySHA256={sha256(b'{}').hexdigest()}"
    address_alone = twilio_signature("t", url, {})
    params = {"Body": "hi"}

    # when / then: a form's fields are signed whatever its address says
    assert not verify_twilio_signature("t", url, params, address_alone)
    assert verify_twilio_signature("t", url, params, twilio_signature("t", url, params))


def test_every_value_of_a_repeated_field_is_signed():
    url = "https://x.example/w"
    pairs = [("Tag", "b"), ("Body", "hi"), ("Tag", "a"), ("Tag", "b")]
    signature = twilio_signature("t", url, pairs)

    assert verify_twilio_signature("t", url, pairs, signature)
    assert verify_twilio_signature("t", url, reversed(pairs), signature)
    assert not verify_twilio_signature("t", url, [*pairs, ("Tag", "c")], signature)
    assert not verify_twilio_signature("t", url, pairs[1:2], signature)


def test_what_the_sandbox_signs_is_what_twilios_library_computes():
    url, params = "https://x.example/w?a=1", {"Body": "Nataka gauni ☺", "NumMedia": "0"}

    assert RequestValidator("t").compute_signature(url, params) == twilio_signature(
        "t", url, params
    )


@pytest.mark.slow
def test_the_library_is_loaded_by_the_first_call_that_is_verified():
    # given: another process, as this one has it already
    webhooks = "import sys, dukani.webhooks.routes, dukani.webhooks.missed"

    # when
    loaded = subprocess.run(
        [sys.executable, "-c", f"{webhooks}; print('twilio' in sys.modules)"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip

    # then
    assert loaded.stdout.strip() == "False"


@given(params=st.dictionaries(TEXT, TEXT, max_size=5), name=TEXT, value=TEXT)
def test_a_changed_field_breaks_twilios_signature(params, name, value):
    # given
    signed = twilio_signature("token", "https://x.example/w", params)
    changed = {**params, name: value}

    # when
    accepted = verify_twilio_signature("token", "https://x.example/w", changed, signed)

    # then: Twilio joins names and values without a separator, so only its own string decides
    joined = ["".join(k + v for k, v in sorted(p.items())) for p in (params, changed)]
    assert accepted == (joined[0] == joined[1])


def test_no_secret_or_no_signature_closes_the_webhook():
    assert not verify_twilio_signature("", "https://x", {}, twilio_signature("", "https://x", {}))
    assert not verify_twilio_signature("t", "https://x", {}, None)
    assert not verify_twilio_signature("t", "https://x", {}, "häh")
    assert not verify_meta_signature("", b"{}", meta_signature("", b"{}"))
    assert not verify_meta_signature("s", b"{}", None)
    assert not verify_meta_signature("s", b"{}", "sha256=é")


@given(raw=st.binary(max_size=60), other=st.binary(max_size=60))
def test_meta_signs_the_raw_bytes(raw, other):
    signed = meta_signature("secret", raw)

    assert verify_meta_signature("secret", raw, signed)
    assert verify_meta_signature("secret", other, signed) == (raw == other)
