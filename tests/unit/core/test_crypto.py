"""Secrets open with the keys that sealed them, and with no others."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.crypto import SecretBox, new_key, new_token
from dukani.core.errors import ConfigurationError

OLD, NEW = new_key(), new_key()
SECRET = {"account_sid": "AC1", "auth_token": "siri"}


@given(st.dictionaries(st.text(), st.text(), max_size=4))
def test_what_was_sealed_is_opened(secret: dict[str, str]) -> None:
    assert SecretBox([OLD]).open(SecretBox([OLD]).seal(secret)) == secret


def test_a_sealed_secret_shows_nothing_of_itself() -> None:
    sealed = SecretBox([OLD]).seal(SECRET)
    assert "siri" not in sealed
    assert sealed != SecretBox([OLD]).seal(SECRET)


def test_the_newest_key_seals_and_the_old_one_still_opens() -> None:
    # given a secret sealed before the new key came
    before = SecretBox([OLD]).seal(SECRET)
    both = SecretBox([NEW, OLD])

    # when it is sealed again
    after = both.seal(SECRET)

    # then both open, and the new one without the old key
    assert both.open(before) == both.open(after) == SecretBox([NEW]).open(after) == SECRET
    with pytest.raises(ConfigurationError):
        SecretBox([OLD]).open(after)


@pytest.mark.parametrize("token", [SecretBox([OLD]).seal(SECRET), "not a token", ""])
def test_a_wrong_key_says_which_setting_to_mend_and_nothing_of_the_secret(token: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        SecretBox([NEW]).open(token)
    assert "DUKANI_SECURITY__ENCRYPTION_KEYS" in str(refused.value)
    assert not token or token not in str(refused.value)
    assert NEW not in str(refused.value)


def test_a_changed_secret_is_not_opened() -> None:
    sealed = SecretBox([OLD]).seal(SECRET)
    with pytest.raises(ConfigurationError):
        SecretBox([OLD]).open(f"{sealed[:40]}{'A' if sealed[40] != 'A' else 'B'}{sealed[41:]}")


def test_without_keys_nothing_is_sealed() -> None:
    with pytest.raises(ConfigurationError, match="dukani new-key"):
        SecretBox([])


def test_a_signature_fits_its_value_and_its_key_only() -> None:
    box = SecretBox([OLD])
    signature = box.sign("a.jpg")
    assert box.signed("a.jpg", signature)
    assert len(signature) == 32
    assert not box.signed("b.jpg", signature)
    assert not box.signed("a.jpg", "")
    assert not SecretBox([NEW]).signed("a.jpg", signature)


def test_keys_and_tokens_are_never_the_same() -> None:
    assert len({new_key() for _ in range(50)} | {new_token() for _ in range(50)}) == 100
    assert len(new_token()) >= 43  # 256 bits


def test_links_outlive_a_new_encryption_key_when_they_have_a_key_of_their_own() -> None:
    before = SecretBox([new_key()], link_key="stays")
    after = SecretBox([new_key()], link_key="stays")
    assert after.signed("b/a.jpg", before.sign("b/a.jpg"))
    assert not SecretBox([new_key()]).signed("b/a.jpg", before.sign("b/a.jpg"))


REFUSED_WORDS = ("mpesa", "m-pesa", "safaricom", "exe", "exec", "cmd", "sql", "query")


def test_no_token_holds_a_word_daraja_refuses_in_an_address() -> None:
    # given the two addresses a token stands in, and many tokens
    addresses = (
        "https://shop.example/webhook/daraja/{}",
        "https://shop.example/webhook/paylink/payment?token={}",
    )
    tokens = [new_token() for _ in range(20_000)]

    # then none of them holds one, in any case, across its joints either
    told = [address.format(token).lower() for token in tokens for address in addresses]
    assert [a for a in told for word in REFUSED_WORDS if word in a] == []


def test_no_refused_word_can_be_made_of_a_tokens_letters() -> None:
    letters = {letter for _ in range(2_000) for letter in new_token().lower()}
    assert all(not set(word) <= letters for word in REFUSED_WORDS)


def test_a_token_is_as_hard_to_guess_as_ever() -> None:
    tokens = [new_token() for _ in range(2_000)]
    letters = {letter for token in tokens for letter in token}
    assert min(len(token) * math.log2(len(letters)) for token in tokens) >= 256
    assert all(token.isalnum() and token.isascii() for token in tokens)
