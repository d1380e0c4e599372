"""A piece of the list that is taken in so many words is not left for a remark."""

from __future__ import annotations

import pytest

from dukani.agent.lexicon.tokens import tokenise
from dukani.agent.local_reader.learned.operations import Beside
from dukani.agent.local_reader.learned.plain_picks import takes_a_shown_one
from dukani.domain import acts as a
from dukani.domain.acts import Target, Values
from tests.unit.reader.boutique import STANDING

SECOND = a.Add(target=Target(option=2))
REMARK = [Beside("remark")]


@pytest.mark.parametrize(
    "text",
    [
        "ok the 2nd one looks nice let me have it",
        "my aunt says the second is smarter so lets go with that",
        "nimefikiria sana, ya pili iko poa nachukua hiyo",
        "i like the second, i'll take that",
        "ya pili ndo mpango",
        "ya pili ndio imenivutia",
        "io ya pili ni moto, nitakam nayo",
        "im feeling the 2nd",
        "ummm i think the second one",
        "the second ones look nice, ill have those",
        "the second is so nice lemme get that one",
    ],
)
def test_what_is_taken_amid_talk_is_taken(text: str) -> None:
    assert takes_a_shown_one(text, tokenise(text), REMARK, [SECOND])


@pytest.mark.parametrize(
    "text",
    [
        "the second one looks nice",
        "ya pili ni nzuri",
        "the second one looks nice but i will take time",
        "can i take the second one?",
        "let me have a look at the second one",
        "sio ya pili nachukua",
        "ya pili ndio mbaya zaidi",
        "ya pili ndio bei gani",
        "the second ones look nice, i have those",
        "i think the second one is too short",
    ],
)
def test_praise_a_doubt_and_a_question_take_nothing(text: str) -> None:
    assert not takes_a_shown_one(text, tokenise(text), REMARK, [SECOND])


@pytest.mark.parametrize(
    "text",
    [
        "nilinunua ya pili mwaka jana",
        "nimenunua ya pili kwa duka ingine",
        "kaka yangu alinunua ya pili",
        "siwezi nunua ya pili",
        "ningechukua ya pili ningekuwa na pesa",
        "sichukui ya pili",
        "nobody would buy the second one",
        "we never buy the second kind",
        "who would buy the second one",
        "i would buy the second one",
        "i will buy the second one later",
        "nitanunua ya pili kesho",
        "my friend bought the second one",
    ],
)
def test_what_was_or_would_be_taken_is_not_taken(text: str) -> None:
    assert not takes_a_shown_one(text, tokenise(text), REMARK, [SECOND])


@pytest.mark.parametrize(
    "text",
    [
        "nachukua ya pili",
        "nitachukua ya pili",
        "nimechukua ya pili",
        "tunachukua ya pili",
        "i would like to take the second one",
        "ningependa kuchukua ya pili",
        "mama amependa ya pili, nachukua hiyo",
        "mum will take the second one",
    ],
)
def test_what_is_taken_now_or_soon_is_taken(text: str) -> None:
    assert takes_a_shown_one(text, tokenise(text), REMARK, [SECOND])


def test_a_pick_with_values_is_weighed_as_ever() -> None:
    red = a.Add(target=Target(option=2), values=Values(colour="red"))

    assert not takes_a_shown_one(
        "i'll take the second", tokenise("i'll take the second"), REMARK, [red]
    )


@pytest.mark.parametrize(
    "text", ["nimependa hiyo ya maua", "hiyo ya maua ni fire, nadunga hiyo", "the floral will do"]
)
def test_a_shown_piece_that_is_taken_by_its_name_is_taken(text: str) -> None:
    named = a.Add(target=Target(name="floral"))
    shown = STANDING["school dresses"].options

    assert takes_a_shown_one(text, tokenise(text), REMARK, [named], shown)
    assert not takes_a_shown_one(text, tokenise(text), REMARK, [named], shown[:1])
