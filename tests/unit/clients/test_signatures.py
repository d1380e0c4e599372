"""Only what the provider signed gets in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dukani.core.clients.meta import meta_signature, verify_meta_signature
from dukani.core.clients.twilio import twilio_signature, verify_twilio_signature

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


def test_no_secret_or_no_signature_closes_the_door():
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
