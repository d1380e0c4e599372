"""Phone numbers as people of four countries write them, and never shown whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.phone import BadPhoneNumber, mask_phone, mask_phones_in, to_e164


@pytest.mark.parametrize(
    ("number", "region", "e164"),
    [
        ("0712345678", "KE", "+254712345678"),
        ("0112345678", "KE", "+254112345678"),  # the newer Safaricom range
        ("712345678", "KE", "+254712345678"),
        ("254712345678", "KE", "+254712345678"),
        ("+254 712-345 678", "KE", "+254712345678"),
        ("000254712345678", "KE", "+254712345678"),  # 000 dials abroad from Kenya
        ("0712345678", "UG", "+256712345678"),  # the same digits, another country
        ("0712345678", "TZ", "+255712345678"),
        ("0788123456", "RW", "+250788123456"),
        ("0772123456", "UG", "+256772123456"),
        ("+255754123456", "KE", "+255754123456"),  # a visitor's number keeps its country
        ("0712.345.680", "KE", "+254712345680"),
        ("0712/345/680", "KE", "+254712345680"),
        ("(0712) 345-680", "KE", "+254712345680"),
        ("+254 (0)712 345 681", "KE", "+254712345681"),
        ("254(0)712345681", "KE", "+254712345681"),
        ("+2540712345681", "KE", "+254712345681"),  # the 0 kept behind the code
        ("(+254) 712 345 681", "KE", "+254712345681"),
        ("+254\u2011712\u2011345\u2011682", "KE", "+254712345682"),  # non-breaking hyphens
        ("0712\u2013345\u2013682", "KE", "+254712345682"),  # dashes
        ("+254\u2212712345682", "KE", "+254712345682"),  # a minus sign
        ("+254\u00a0712\u202f345\u2009682", "KE", "+254712345682"),  # spaces of other widths
        ("\u202a+254712345683\u202c", "KE", "+254712345683"),  # as copied from a contact
        ("\u200e0712\u200b345683\ufeff", "KE", "+254712345683"),
        ("0\u0332712345683", "KE", "+254712345683"),  # underlined by a combining mark
        ("00254712345684", "KE", "+254712345684"),
        ("00 254 712 345 684", "KE", "+254712345684"),
        ("\uff10\uff17\uff11\uff12345684", "KE", "+254712345684"),  # full width
        ("\uff0b254712345684", "KE", "+254712345684"),
        ("\u0660\u0667\u0661\u0662\u0663\u0664\u0665\u0666\u0668\u0664", "KE", "+254712345684"),
        ("\u06f0\u06f7\u06f1\u06f2345684", "KE", "+254712345684"),  # Persian digits
        ("tel: 0712345684", "KE", "+254712345684"),
        ("0712345684.", "KE", "+254712345684"),
        ("00255 (0)754.123.456", "TZ", "+255754123456"),
        ("0754\u2010123\u2010456", "TZ", "+255754123456"),
        ("0655 123 456", "TZ", "+255655123456"),
        ("+256 (0)772 123456", "UG", "+256772123456"),
        ("00256.772.123.456", "UG", "+256772123456"),
        ("+254712345680", "UG", "+254712345680"),
    ],
)
def test_a_number_is_read_as_its_region_writes_it(number: str, region: str, e164: str) -> None:
    assert to_e164(number, region=region) == e164


@pytest.mark.parametrize(
    ("number", "region"),
    [
        ("0712345", "KE"),
        ("071234567890123", "KE"),
        ("0000000000", "KE"),
        ("kesho", "KE"),
        ("", "KE"),
        ("0712345678", "RW"),  # no such range in Rwanda
    ],
)
def test_what_is_no_number_is_refused_without_showing_it(number: str, region: str) -> None:
    with pytest.raises(BadPhoneNumber) as refused:
        to_e164(number, region=region)
    assert not number or number not in str(refused.value)


@given(st.integers(0, 10**8 - 1))
def test_reading_a_read_number_changes_nothing(rest: int) -> None:
    number = to_e164("0712345678", region="KE")[:5] + f"{rest:08d}"
    try:
        first = to_e164(number, region="KE")
    except BadPhoneNumber:
        return
    assert to_e164(first, region="UG") == first


def test_a_masked_number_is_still_known_to_its_owner() -> None:
    assert mask_phone("+254712345721") == "+254 7•• ••• 721"


@given(st.text(alphabet="0123456789+ -()", max_size=30))
def test_masking_shows_at_most_seven_digits(number: str) -> None:
    assert len(re.findall(r"\d", mask_phone(number))) <= 7


@given(st.integers(10**8, 10**15 - 1), st.sampled_from(["", "+"]))
def test_a_number_in_a_sentence_shows_at_most_seven_digits(number: int, plus: str) -> None:
    text = mask_phones_in(f"Call {plus}{number} now")
    assert len(re.findall(r"\d", text)) <= 7


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("from 254712345721", "from +254 7•• ••• 721"),
        ("whatsapp:+254712345721", "whatsapp:+254 7•• ••• 721"),
        ("(0712345678)", "(+071 2•• ••• 678)"),
        ("254 712 345 721 paid", "+254 7•• ••• 721 paid"),
        ("use 0712.345.680 now", "use +071 2•• ••• 680 now"),
        ("use +254 (0)712 345 681", "use +254 0•• ••• 681"),
        ("use +254\u2011712\u2011345\u2011682", "use +254 7•• ••• 682"),
        ("a 0712345678 b 0722345679", "a +071 2•• ••• 678 b +072 2•• ••• 679"),
    ],
)
def test_numbers_are_masked_wherever_they_stand(text: str, masked: str) -> None:
    assert mask_phones_in(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "KES 4,500",
        "2026-11-21T03:51:17",
        "order DK-EKZGNQ",
        "11111111-2222-3333-4444-555555555555",  # an id is no number
        "took 0.0123456789 s",
        "",
    ],
)
def test_what_is_no_phone_number_stays(text: str) -> None:
    assert mask_phones_in(text) == text
