"""A user id is known by its shape: anything else is no name to answer to."""

from __future__ import annotations

import pytest

from dukani.core.user_ids import user_id_or_none


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("KE.4471029385561120", "KE.4471029385561120"),
        (" ke.abC1 ", "KE.abC1"),  # the country in capitals, the rest as it is
        ("KE.ENT.4471", "KE.ENT.4471"),
        ("KE." + "7" * 128, "KE." + "7" * 128),
        ("KE." + "7" * 129, None),
        ("KE.", None),
        ("KEN.4471", None),
        ("KE.44 71", None),
        ("+254712345678", None),
        (4471, None),
        (None, None),
    ],
)
def test_a_user_id_is_read_in_its_one_spelling(written: object, read: str | None) -> None:
    assert user_id_or_none(written) == read
