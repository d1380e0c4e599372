"""What is looked for when nothing meets a wish word for word."""

from __future__ import annotations

from dukani.agent.facts import Wish
from dukani.tools.criteria import criteria_of, readings


def test_an_occasion_is_looked_for_by_its_other_names_once_its_own_finds_nothing() -> None:
    wish = Wish(category="trousers", occasion="gym")

    first, second, *_ = readings(criteria_of(wish, None, ()))

    assert first.occasions == ("gym",)
    assert {"gym", "sports", "workout", "michezo", "mazoezi"} <= set(second.occasions)
    assert second.categories == ("trousers",)


def test_an_occasion_of_no_lexicon_stays_as_it_was_said() -> None:
    criteria = criteria_of(Wish(occasion="regatta"), None, ())

    assert list(readings(criteria)) == [criteria]
