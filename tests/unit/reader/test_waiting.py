"""Who wants to hear when a piece is there again, in her words."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.agent.local_reader.talk.waiting import waits_in
from dukani.domain.acts import WaitForStock
from dukani.domain.context import TurnContext


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tell me when it's back", "en"),
        ("please notify me when back in stock", "en"),
        ("when it comes back tell me", "en"),
        ("text me once it's available", "en"),
        ("tell me if it comes back", "en"),
        ("lemme know once you get more", "en"),
        ("nijulishe ikirudi", "sw"),
        ("nitumie ikiwa tayari", "sw"),
        ("zikifika niambie", "sw"),
        ("naomba unijulishe saizi M ikirudi", "sw"),
        ("unijulishe mkipata", "sw"),
        ("let me know ikirudi", "sw"),
        ("nijulishe when it's back", "sw"),
        ("mkirestock niambie", "sw"),
    ],
)
def test_she_waits(text: str, language: str) -> None:
    understood = understand(text, TurnContext())
    assert [type(act) for act in understood.acts] == [WaitForStock]
    assert understood.language == language


@pytest.mark.parametrize(
    "text",
    [
        "tell me when my order is ready", "nijulishe oda ikifika", "call me when you arrive",
        "tell me if you have it in M", "niambie kama mko na M", "let me know if M is available",
        "do you have it back in stock?", "tell me when you open", "niambie bei", "send it back",
        "I'll come back later", "text me when payment goes through", "nikifika nitakuambia",
        "let me know when you can deliver", "nitumie picha", "don't tell me when it's back",
    ],
)  # fmt: skip
def test_she_does_not(text: str) -> None:
    assert waits_in(text) is None


def test_the_size_and_what_stands_beside_it_are_read() -> None:
    [wait] = understand("nijulishe saizi M nyeusi ikirudi", TurnContext()).acts
    assert isinstance(wait, WaitForStock)
    assert (wait.values.size, wait.values.colour) == ("M", "black")
    assert waits_in("I'll take S, and tell me when M is back") == (
        "tell me when M is back",
        "I'll take S,",
    )
