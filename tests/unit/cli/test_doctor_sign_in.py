"""The doctor tells whether the boutiques' people can sign in, and be invited."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.settings import GivenSettings
from dukani.doctor.check import Verdict
from dukani.doctor.machine import check_sign_in

SUPABASE = "https://project.supabase.co/auth/v1"


@pytest.mark.parametrize(
    ("given", "verdict", "said"),
    [
        ({}, Verdict.GOOD, "our own"),
        ({"environment": "production"}, Verdict.BAD, "nobody can"),
        ({"auth": {"url": SUPABASE, "service_key": "key"}}, Verdict.GOOD, "Supabase"),
        ({"auth": {"url": SUPABASE}}, Verdict.OFF, "invited"),
        ({"auth": {"url": "https://project.supabase.co"}}, Verdict.BAD, "not Supabase"),
        ({"auth": {"url": "http://project.supabase.co/auth/v1"}}, Verdict.BAD, "not Supabase"),
    ],
)
def test_it_tells_who_signs_people_in(given: dict[str, Any], verdict: Verdict, said: str) -> None:
    check = check_sign_in(GivenSettings(**given))
    assert check.verdict is verdict
    assert said in check.found
    assert bool(check.fix) is (verdict is not Verdict.GOOD)
