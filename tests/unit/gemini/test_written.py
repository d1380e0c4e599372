"""What Gemini writes becomes acts, exactly those, and nothing a mind has no say in."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.agent.gemini.model import MindFailed
from dukani.agent.gemini.written import KINDS, WrittenAct, WrittenTurn, as_understanding, as_written
from dukani.domain.acts import (
    Act,
    Add,
    AskShop,
    ChangeQuantity,
    OptIn,
    OptOut,
    Remove,
    Set,
    Split,
    StopPromotions,
    Target,
    TellSize,
    Unclear,
    Understanding,
    WantPromotions,
)
from tests.examples import examples

_OF_CONSENT = (OptIn, OptOut, StopPromotions, WantPromotions)
_BOUNDED = {
    AskShop: st.builds(AskShop, weekday=st.none() | st.integers(0, 6)),
    Add: st.builds(Add, for_whom=st.none()),  # the graph's to say
    Set: st.builds(Set, for_whom=st.none(), for_units=st.none()),
    ChangeQuantity: st.builds(ChangeQuantity, for_whom=st.none()),
    Unclear: st.builds(Unclear, readings=st.just(())),  # the reader's to say
    Remove: st.builds(Remove, units_of=st.none()),
    Split: st.builds(Split, units_of=st.none()),
    TellSize: st.builds(TellSize, for_whom=st.none()),
}
ANY_ACT = st.one_of(
    *(
        _BOUNDED.get(kind, st.from_type(kind))
        for kind in get_args(get_args(Act)[0])
        if kind not in _OF_CONSENT
    )
)


def turn(*acts: dict[str, Any], confidence: float = 0.9) -> WrittenTurn:
    return WrittenTurn.model_validate(
        {"language": "en", "confidence": confidence, "acts": list(acts)}
    )


def test_a_message_of_several_things_becomes_their_acts_in_order() -> None:
    written = turn(
        {"kind": "substitute", "target": {"name": "hoodie"}, "piece": {"name": "jacket"}},
        {"kind": "remove", "target": {"scope": "all"}, "all_except": {"colour": "red"}},
    )

    swap, remove = as_understanding(written).acts

    assert (swap.kind, remove.kind) == ("substitute", "remove")
    assert remove.model_dump(exclude_defaults=True)["target"] == {
        "scope": "all", "but": {"colour": "red"},
    }  # fmt: skip


@given(acts=st.lists(ANY_ACT, min_size=1, max_size=4), language=st.sampled_from(["en", "sw"]))
@examples(60)
def test_every_act_can_be_written_and_comes_back_the_same(acts: Any, language: Any) -> None:
    meant = Understanding(acts=tuple(_as_a_mind_says(act) for act in acts), language=language)

    assert as_understanding(as_written(meant)) == meant


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_has_each_field_of_each_kind_but_what_code_alone_says(kind: str) -> None:
    of_kind = next(c for c in get_args(get_args(Act)[0]) if c.model_fields["kind"].default == kind)

    left_out = set(of_kind.model_fields) - set(WrittenAct.model_fields)

    assert left_out <= {
        "for_whom", "for_units", "units_of", "readings", "latitude", "longitude"
    }  # fmt: skip


def _as_a_mind_says(act: Any) -> Any:
    """The act without what a mind never says: ids, positions, exceptions from exceptions."""
    nowhere = {"latitude": None, "longitude": None} if act.kind == "address" else {}
    plain = act.model_dump() | nowhere
    for name in ("target", "piece"):
        if plain.get(name) is not None:
            plain[name] |= {"product_id": None, "variant_id": None}
            but = plain[name].pop("but")
            if but and name == "target":
                except_for = but | {"but": None, "product_id": None, "variant_id": None}
                # An exception of which nothing is said is none.
                if Target.model_validate(except_for) != Target():
                    plain[name]["but"] = except_for
    return type(act).model_validate(plain)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (turn({"kind": "add"}, confidence=0.49), "unsure"),
        (turn(), "unsure"),
        (turn({"kind": "opt_in"}), "unsure"),  # consent is never a mind's to give
        (turn({"kind": "mark_paid"}), "malformed"),
        (turn({"kind": "split"}), "malformed"),  # of no parts
        (turn({"kind": "ask_shop", "weekday": 9}), "malformed"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(written: WrittenTurn, reason: str) -> None:
    with pytest.raises(MindFailed) as failed:
        as_understanding(written)
    assert failed.value.reason == reason


def test_no_mind_names_a_product_by_its_id() -> None:
    written = turn({"kind": "add", "target": {"product_id": "p1", "variant_id": "v1"}})

    (add,) = as_understanding(written).acts

    assert add.model_dump()["target"]["product_id"] is None


def test_consent_is_no_kind_of_a_minds() -> None:
    assert {"opt_in", "opt_out", "stop_promotions", "want_promotions"}.isdisjoint(KINDS)
