"""A boutique added to a demo is on the phone page, and its shopper is answered and prompted."""

from __future__ import annotations

from pathlib import Path

from dukani.boutique_file import read_boutique
from dukani.core.database import Database
from dukani.core.settings import ROOT
from dukani.sandbox.neighbours import accounts_in
from dukani.tools.boutiques import set_up_boutique
from tests.factories import a_boutique
from tests.wiring import some_services

EXAMPLE = (ROOT / "docs" / "boutique.toml").read_text()
AT_META = """
slug = "amani"
name = "Amani"
[meta]
phone_number_id = "100000000000077"
access_token = "token"
"""


async def test_added_boutiques_are_known_as_their_providers_would(
    database: Database, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path) as services:
        # given one at Twilio, one at Meta, and one without any credentials
        for text in (EXAMPLE, AT_META):
            file = read_boutique(text)
            await set_up_boutique(services, file.as_new_boutique(), file.accounts())
        await a_boutique(database)

        # when
        at_twilio, at_meta = await accounts_in(services)

    # then
    assert (at_twilio.key, at_twilio.number) == ("malaika", "+254700000001")
    assert at_twilio.auth_token == "the account's auth token"
    assert at_twilio.mpesa is not None and at_twilio.mpesa.shortcode == "600001"
    assert (at_meta.phone_number_id, at_meta.access_token) == ("100000000000077", "token")
