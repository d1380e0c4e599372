"""What a shop's customers call a thing is taught, but never what they answer with."""

from __future__ import annotations

import psycopg
import pytest

from dukani.dashboard_api.synonyms import MOST
from tests.integration.api.conftest import Signed


@pytest.mark.parametrize(
    "said",
    ["stop", "acha", "yes", "ndiyo", "hapana", "pay", "cancel",  # what a customer answers with
     "12", "size m", "xl",  # what she chooses with
     "the", "na"],  # in every sentence
)  # fmt: skip
async def test_words_that_are_understood_otherwise_are_refused(owner: Signed, said: str) -> None:
    answer = await owner.call("POST", "/synonyms", json={"said": said, "means": "dress"})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "said")


@pytest.mark.parametrize("said", ["dera", "viatu vya shule", "zibunzi", "Gown"])
async def test_words_for_a_piece_are_learned(owner: Signed, said: str) -> None:
    added = await owner.post("/synonyms", {"said": said, "means": "dress"})

    assert added["said"] == said.lower()


async def test_there_is_an_end_to_how_many(owner: Signed, superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into synonyms (boutique_id, said, means)"
            " select %s, 'word' || n, 'dress' from generate_series(1, %s) n",
            (owner.boutique, MOST),
        )

    answer = await owner.call("POST", "/synonyms", json={"said": "zibunzi", "means": "dress"})

    assert answer.status_code == 422
