"""The file a boutique is set up from: read whole, or refused with the line that is wrong."""

from __future__ import annotations

import re

import pytest

from dukani.boutique_file import read_boutique
from dukani.core.errors import CallerError
from dukani.core.settings import ROOT
from dukani.domain.shop_facts import ShopFacts

EXAMPLE = (ROOT / "docs" / "boutique.toml").read_text()
HEAD = 'slug = "malaika"\nname = "Malaika"\n'
TWILIO = f"""
[twilio]
number = "+254700000001"
account_sid = "AC{"1" * 32}"
auth_token = "hush-twilio"
"""
MPESA = """
[mpesa]
shortcode = "600001"
consumer_key = "k"
consumer_secret = "hush-mpesa"
passkey = "p"
"""


def test_the_example_is_a_boutique_on_twilio_paid_by_mpesa() -> None:
    file = read_boutique(EXAMPLE)

    boutique, keys = file.as_new_boutique(), file.accounts()

    assert (boutique.whatsapp_provider, boutique.payment_provider) == ("twilio", "daraja")
    assert boutique.owner_phone == "+254712345678"
    assert boutique.delivery_fee_minor == 30000
    assert boutique.shop_info["paybill"] == "600001"
    assert [(key.provider, key.account) for key in keys] == [
        ("twilio", "+254700000001"),
        ("daraja", "600001"),
    ]
    assert keys[0].secrets["auth_token"] == "the account's auth token"


def test_what_the_example_tells_of_the_shop_is_understood() -> None:
    file = read_boutique(EXAMPLE)

    facts = ShopFacts.read(file.as_new_boutique().shop_info)
    by_name = {zone.name: zone for zone in file.delivery_zones()}

    assert facts.hours is not None
    assert [len(day) for day in facts.hours] == [1, 1, 1, 1, 1, 2, 0]
    assert (facts.returns_days, facts.pay_on_delivery, facts.holds_days) == (7, False, 2)
    assert facts.places[0].name == "Malaika Biashara"
    assert by_name["Nairobi CBD"].fee_minor == 15_000
    assert by_name["Countrywide by courier"].days_max == 3
    assert by_name["Westlands, Kilimani and Lavington"].radius_km == 4
    assert by_name["Pick up at the shop"].pickup


def test_the_example_with_its_other_lines_is_a_boutique_on_meta_paid_by_paylink() -> None:
    # given the example with Meta in Twilio's place, and everything else it shows
    start, end = EXAMPLE.index("[twilio]"), EXAMPLE.index("# [meta]")
    text = re.sub(r"^# (?=\[|\w+ = )", "", EXAMPLE[:start] + EXAMPLE[end:], flags=re.MULTILINE)

    # when it is read
    file = read_boutique(text)

    # then
    assert (file.as_new_boutique().whatsapp_provider, file.payment_provider) == ("meta", "paylink")
    assert file.as_new_boutique().shop_info["till"] == "500001"
    assert {key.provider: sorted(key.secrets) for key in file.accounts()} == {
        "meta": ["access_token", "waba_id"],
        "daraja": ["consumer_key", "consumer_secret", "passkey", "till"],
        "paylink": [
            "api_key", "consumer_key", "consumer_secret", "passkey", "project", "till", "tracing",
        ],
    }  # fmt: skip


def test_without_mpesa_it_is_paid_by_hand_to_the_till_it_names() -> None:
    boutique = read_boutique(HEAD + '[shop]\ntill = "500001"\n' + TWILIO).as_new_boutique()

    assert boutique.payment_provider == "manual"
    assert boutique.shop_info == {"till": "500001"}


def test_a_tone_is_kept_as_data_and_bounded() -> None:
    assert read_boutique(EXAMPLE).as_new_boutique().shop_info["tone"].startswith("Warm")
    with pytest.raises(CallerError, match=r"shop\.tone"):
        read_boutique(HEAD + f'[shop]\ntone = "{"x" * 301}"\n' + TWILIO)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD, "[twilio] or in [meta]"),
        (HEAD + TWILIO + '[meta]\nphone_number_id = "1"\naccess_token = "t"', "in one of them"),
        (HEAD + 'currency = "UGX"\n' + TWILIO + MPESA, "cannot be asked for UGX"),
        (HEAD + TWILIO + '[paylink]\napi_key = "a"\nproject = "p"', "give [mpesa] too"),
        (HEAD + 'currency = "EUR"\n' + TWILIO, "currency: "),  # its minor units are not known
        (HEAD + 'country = "XX"\n' + TWILIO, "country: "),
        (HEAD + 'owner_phone = "12"\n' + TWILIO, "not a number in use in KE"),
        (HEAD + "delivery_fee = -1\n" + TWILIO, "delivery_fee: "),
        (HEAD.replace("malaika", "Malaika!") + TWILIO, "slug: "),
        (HEAD + 'colour = "red"\n' + TWILIO, "colour: "),  # misspelt or not known
        (HEAD + TWILIO.replace("+254", "0"), "twilio.number: "),
        (HEAD + TWILIO.replace("hush-twilio", ""), "twilio.auth_token: "),
        (HEAD + TWILIO + MPESA.replace("600001", "sixty"), "mpesa.shortcode: "),
        ("slug = malaika", "not TOML"),
        # what is said of the shop names its value and the remedy
        (HEAD + '[shop]\nhours = {mon-fri = "25:00-18:00"}' + TWILIO,
         "shop.hours: Value error, '25:00' is no time of the day: write it as 18:00"),
        (HEAD + '[shop]\nhours = {swa = "saa 3 hadi 12"}' + TWILIO, "'swa' is no day"),
        (HEAD + "[shop]\nreturns_days = -1" + TWILIO, "shop.returns_days: "),
        (HEAD + '[shop]\ngift_wrap = "perhaps"' + TWILIO, "shop.gift_wrap: "),
        (HEAD + '[[size_chart]]\nrows = [{ size = "M" }]' + TWILIO, "size 'M' needs a measure"),
        (HEAD + '[[size_chart]]\nrows = [{ size = "M", bust = [96, 88] }]' + TWILIO,
         "size 'M': bust is to grow from first to last"),
        (HEAD + 2 * '[[size_chart]]\nrows = [{ size = "M", bust = [88, 96] }]\n' + TWILIO,
         "two size charts are of women's garments: keep one"),
        (HEAD + '[[zone]]\nname = "Thika"\nfee = -5' + TWILIO, "zone.0.fee: "),
        (HEAD + '[[zone]]\nname = "Thika"\nfee = 5\ndays = [3, 1]' + TWILIO,
         "days of 'Thika': write [1, 3], the fewest first"),
        (HEAD + '[[zone]]\nname = "Thika"\nfee = 5\nlatitude = -1.0' + TWILIO,
         "'Thika': a pin needs latitude, longitude and radius_km"),
        (HEAD + 2 * '[[zone]]\nname = "Thika"\nfee = 5\n' + TWILIO,
         "two zones are called 'Thika': give one another name"),
        (HEAD + '[[zone]]\nname = "A"\naliases = ["Thika"]\nfee = 5\n'
         '[[zone]]\nname = "Juja and Thika"\nfee = 6' + TWILIO,
         "'thika' is in 'A' and in 'Juja and Thika': leave it in one of them"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_boutique_is_refused_without_its_secrets(text: str, said: str) -> None:
    with pytest.raises(CallerError) as refused:
        read_boutique(text)

    assert said in str(refused.value)
    assert "hush" not in str(refused.value)


def test_the_example_has_a_size_chart_as_it_is_kept() -> None:
    [chart] = read_boutique(EXAMPLE).size_charts()

    assert (chart.category, chart.audience) == (None, "women")
    assert chart.rows[2] == {
        "size": "L",
        "measures": {"bust": [96.0, 104.0], "waist": [78.0, 86.0]},
        "also": ["UK 14", "EU 42"],
    }
