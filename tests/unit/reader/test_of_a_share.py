"""Edits of one person's units of a line for several, and whose units are added."""

from __future__ import annotations

import asyncio

import pytest

from dukani.agent.local_reader import LocalReader, understand
from dukani.agent.local_reader.learned.whose_line import lines_of_person
from dukani.core.store.wearers import WornBy
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Share
from dukani.domain.whose import HER_OWN, Whose
from tests.unit.reader.boutique import SOLD, line

SISTER, HUSBAND = WornBy("1", "sister"), WornBy("2", "husband")
BABAKE = WornBy("3", "someone", "babake")
SANDALS = line(1, "LS-24", "black", "38")
DRESS = line(2, "BD-20", "black", "M")


def shared(of: Line, *shares: tuple[WornBy | None, int]) -> Line:
    told = tuple(Share(worn_by=worn_by, units=units) for worn_by, units in shares)
    quantity = sum(units for _, units in shares)
    return of.model_copy(update={"shares": told, "quantity": quantity, "for_several": True})


HERS_AND_SISTERS = (shared(SANDALS, (None, 1), (SISTER, 1)), DRESS)
SCARVES = (
    shared(line(1, "HW-17", "red", "ONE"), (HUSBAND, 1), (BABAKE, 2)),
    DRESS.model_copy(update={"worn_by": SISTER}),
)


def heard(text: str, cart: tuple[Line, ...], **told: object) -> tuple[a.Act, ...]:
    known: dict[str, object] = {"step": "cart_updated", "cart": cart, "last_line": 1, "sold": SOLD}
    context = TurnContext.model_validate(known | told)
    return asyncio.run(LocalReader().read(text, context)).acts


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("sorry her size is 37", a.Values(size="37")),
        ("ya dada iwe ya dhahabu", a.Values(colour="gold")),
        ("samahani, ya dada iwe namba 37", a.Values(size="37")),
        ("she says hers should be gold", a.Values(colour="gold")),
        ("my sister's should be gold", a.Values(colour="gold")),
        ("yake iwe 39", a.Values(size="39")),
        ("change my sister's one to gold", a.Values(colour="gold")),
    ],
)
def test_a_change_by_a_persons_word_is_of_her_units(text: str, values: a.Values) -> None:
    [split] = [act for act in heard(text, HERS_AND_SISTERS) if isinstance(act, a.EDITS)]

    part = values.model_copy(update={"quantity": 1})
    assert split == a.Split(target=a.Target(line=1), parts=(part,), units_of=Whose(SISTER))


@pytest.mark.parametrize("text", ["toa ya dada", "remove my sister's", "actually remove hers"])
def test_what_is_hers_is_taken_out_alone(text: str) -> None:
    [remove] = heard(text, HERS_AND_SISTERS)

    assert remove == a.Remove(target=a.Target(line=1), quantity=1, units_of=Whose(SISTER))


@pytest.mark.parametrize(
    ("text", "whose", "units"),
    [
        ("mine should be gold", HER_OWN, 1),
        ("ya mume iwe blue", Whose(HUSBAND), 1),
        ("ya babake iwe blue", Whose(BABAKE), 2),
        ("one of babake's in blue", Whose(BABAKE), 1),
    ],
)
def test_each_persons_units_are_counted(text: str, whose: Whose, units: int) -> None:
    cart = HERS_AND_SISTERS if whose == HER_OWN else SCARVES
    [split] = heard(text, cart)

    assert isinstance(split, a.Split)
    assert (split.units_of, split.parts[0].quantity) == (whose, units)


@pytest.mark.parametrize(
    "text",
    [
        "make it gold",
        "the sandals in gold",
        "dada, make it gold",  # she is greeted
        "dada naomba iwe gold",
        "ya dada iwe L",  # no size of these
        "ya mume iwe gold",  # nothing is his
    ],
)
def test_what_names_nobody_with_units_is_of_no_share(text: str) -> None:
    splits = [act for act in heard(text, HERS_AND_SISTERS) if isinstance(act, a.Split)]

    assert all(split.units_of is None for split in splits)


def test_what_a_line_of_her_own_may_mean_too_is_no_share_of_another() -> None:
    # given a scarf shared by others, and the sister's own dress
    [change] = heard("ya dada iwe maroon", SCARVES)

    assert isinstance(change, a.Set)


def test_an_answer_about_a_piece_looked_at_is_of_that_piece() -> None:
    asked = {"step": "size_recommended", "question": "colour", "choices": ("gold", "black")}
    acts = heard("gold for her", HERS_AND_SISTERS, **asked)

    assert all(getattr(act, "units_of", None) is None for act in acts)


def test_a_line_shared_by_a_person_is_a_line_of_hers() -> None:
    assert lines_of_person("dada", HERS_AND_SISTERS) == [0]
    assert lines_of_person("mine", HERS_AND_SISTERS) == [0, 1]
    assert lines_of_person("mine", SCARVES) == []


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("make it 2, the other is for my sister", "sister"),
        ("make it 2, one for my sister", "sister"),
        ("ziwe mbili, moja ni ya dada yangu", "sister"),
        ("make it two, one for me the other for my sister", "sister"),
        ("fanya mbili, moja yangu moja ya siz", "sister"),
        ("ziwe mbili, ya pili ni ya babake", "someone"),
        ("viatu viwe viwili, kingine ni cha mama yangu", "mother"),
    ],
)
def test_a_higher_count_is_said_with_the_person_for_whom_more_is(text: str, relation: str) -> None:
    [wearer, count] = heard(text, (SANDALS,))

    assert isinstance(wearer, a.SetWearer) and isinstance(count, a.Set)
    assert (wearer.relation, wearer.target, count.values) == (relation, None, a.Values(quantity=2))
    assert count.target.pointed != "other"


def test_one_more_like_it_is_for_an_in_law() -> None:
    [wearer, more] = heard("ongeza nyingine kama hiyo, ya baba mkwe", (SANDALS,))

    assert isinstance(wearer, a.SetWearer) and isinstance(more, a.ChangeQuantity)
    assert (wearer.relation, more.by) == ("father", 1)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("na mimi nipe mom jeans black 28", True),
        ("na mom jeans zangu black 28", True),
        ("yangu ni mom jeans black 28", True),
        ("na mom jeans black, size yangu ni 28", False),
        ("mom jeans black 28 ya dada yangu", False),
    ],
)
def test_what_is_her_own_after_pieces_for_others_is_said_so(text: str, own: bool) -> None:
    cart = (DRESS.model_copy(update={"number": 1, "worn_by": SISTER}),)
    context = TurnContext(step="cart_updated", cart=cart, last_line=1, sold=SOLD)

    said = [act for act in understand(text, context).acts if isinstance(act, a.SetWearer)]

    assert [act.relation for act in said] == (
        [None] if own else [] if "size" in text else ["sister"]
    )


def test_of_two_persons_the_second_needs_no_possessive() -> None:
    acts = heard("cargo ya mzee wangu 36 khaki, ya kaka 32 black", (DRESS,))

    assert [act.relation for act in acts if isinstance(act, a.SetWearer)] == ["father", "brother"]


@pytest.mark.parametrize(
    "text",
    [
        "the other one is for my sister",
        "one of them is for my sister",
        "moja ni ya dada yangu",
        "ya pili ni ya dada yangu",
        "moja yangu, moja ya siz",
    ],
)
def test_of_two_in_the_order_one_is_for_somebody(text: str) -> None:
    two = SANDALS.model_copy(update={"quantity": 2})

    [wearer] = heard(text, (two,))

    assert isinstance(wearer, a.SetWearer)
    assert (wearer.relation, wearer.target, wearer.units) == ("sister", a.Target(line=1), 1)


def test_of_two_lines_the_other_is_for_somebody() -> None:
    [wearer] = heard("the other one is for my sister", (SANDALS, DRESS))

    assert isinstance(wearer, a.SetWearer)
    assert (wearer.target, wearer.units) == (a.Target(pointed="other"), None)
