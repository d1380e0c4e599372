"""A stored voice note is served as what it is, so that people of the shop can play it."""

from __future__ import annotations

import pytest

from dukani.core.clients.storage import content_type_of
from dukani.tools.media import _VOICE_ENDINGS


@pytest.mark.parametrize("ending", sorted(set(_VOICE_ENDINGS.values())))
def test_every_ending_of_a_voice_note_has_its_type(ending: str) -> None:
    assert _VOICE_ENDINGS[content_type_of(f"b/inbound/m.{ending}")] == ending
