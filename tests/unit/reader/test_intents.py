"""What a clause is for, where the rules have no words for it, and what likeness may never do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.agent.local_reader import understand
from dukani.agent.local_reader.intents.features import BUCKETS
from dukani.agent.local_reader.intents.fitting import FITTING, fits, kinds_of
from dukani.agent.local_reader.intents.labels import LABELS
from dukani.agent.local_reader.intents.model import intent_from, weights
from dukani.agent.local_reader.intents.settled import settled
from dukani.agent.local_reader.whole_message import by_rules
from dukani.agent.local_reader.without_asides import message_of
from dukani.domain import acts as a
from tests.unit.reader.boutique import STANDING

TO_A_SUM = (a.Confirm, a.PayAgain, a.Checkout)


@pytest.mark.parametrize(
    ("situation", "text", "kind"),
    [
        ("two lines", "I'd like to settle for these now", "checkout"),
        ("two lines", "nataka kukamilisha", "checkout"),
        ("two lines", "what does all that come to", "view_order"),
        ("two lines", "inakuja ngapi yote", "view_order"),
        ("failed", "hebu jaribu tena sasa", "pay_again"),
        ("two lines", "my sister's wedding is on Saturday", "remark"),
    ],
)
def test_a_phrase_no_rule_has_is_told_by_likeness(situation: str, text: str, kind: str) -> None:
    [act] = understand(text, STANDING[situation]).acts

    assert act.kind == kind


def test_the_fitted_model_is_of_these_features_and_labels() -> None:
    assert weights().shape == (BUCKETS, len(LABELS))
    assert set(FITTING) == set(LABELS)


@given(st.lists(st.integers(0, BUCKETS - 1), max_size=60, unique=True))
def test_shares_are_probabilities(at: list[int]) -> None:
    intent = intent_from(weights(), at)

    assert np.isclose(sum(intent.shares.values()), 1, atol=1e-4)
    assert intent.share == max(intent.shares.values())


@pytest.mark.parametrize("situation", ["total", "failed"])
@pytest.mark.parametrize(
    "text", ["why", "hmm", "xyz", "yes wait", "ok two", "sawa kesho", "yes but the other thing"]
)
def test_likeness_alone_agrees_to_no_sum(situation: str, text: str) -> None:
    acts = understand(text, STANDING[situation]).acts

    assert not any(isinstance(act, TO_A_SUM) for act in acts)


SAID = """
yes sawa ndiyo no hapana tuma send it pay lipa the belt hoodie black XL two mbili toa remove add
ongeza iwe make my sister wedding niko kesho how much bei"""
WORDS = st.sampled_from(SAID.split())


@given(
    st.sampled_from(["two lines", "total", "failed", "address"]),
    st.lists(WORDS, min_size=1, max_size=7),
)
def test_an_edit_the_rules_heard_never_becomes_a_yes(situation: str, words: list[str]) -> None:
    message = message_of(" ".join(words), STANDING[situation])
    edits = [a.Remove(target=a.Target(category="belt"))]

    assert not any(isinstance(act, TO_A_SUM) for act in settled(message, edits))


@pytest.mark.parametrize("act", [a.OptOut(), a.OptIn(), a.SetPayer(phone="0712345678")])
def test_consent_and_a_number_given_are_never_read_away(act: a.Act) -> None:
    message = message_of("please send me the total of my order", STANDING["two lines"])

    assert settled(message, [act]) == [act]


def test_what_the_rules_made_is_kept_where_it_fits() -> None:
    message = message_of("remove the belt", STANDING["two lines"])
    acts = by_rules(message)

    assert fits("remove", kinds_of(acts))
    assert settled(message, acts) == acts
