"""Words that bring the assistant back are known, misspelt ones too; words about it are not."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import asks_for_assistant


@pytest.mark.parametrize(
    "text",
    [
        *("bot", "Assistant", "msaidizi", "boti", "rudi kwa msaidizi", "endelea na msaidizi"),
        *("continue with the bot", "Back to the assistant please", "nirudishe kwa bot tafadhali"),
        *("I want to go on with the assistant", "nataka kuendelea na msaidizi"),
        # one letter wrong, left out, doubled or swapped
        *("asistant", "assitant", "assisstant", "msaidzi", "rudi kwa msaidzi", "chatbto"),
    ],
)
def test_a_call_for_the_assistant(text: str) -> None:
    assert asks_for_assistant(text)


@pytest.mark.parametrize(
    "text",
    [
        *("the bot was useless", "is this a bot?", "nataka mtu, sio msaidizi", "no bot please"),
        *("assistance please", "I want a boot", "boots", "msaada", "endelea", "go on", ""),
    ],
)
def test_no_call_for_the_assistant(text: str) -> None:
    assert not asks_for_assistant(text)
