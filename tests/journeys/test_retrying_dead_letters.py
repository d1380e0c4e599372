"""A platform admin has a dead letter tried again: it is answered once, by whoever has the chat."""

from __future__ import annotations

from dataclasses import replace

from dukani.core.store import dead_letters
from dukani.core.store.dead_letters import DeadLetter
from dukani.tools import staff
from dukani.tools.retrying import dismiss_dead_letter, retry_dead_letter
from tests.journeys.talk import Talk
from tests.journeys.test_dead_letters import StumblingReader, stumbling, work_until_done


async def letters(talk: Talk) -> list[DeadLetter]:
    async with talk.database.system_connection() as conn:
        return await dead_letters.page(conn, before=None, limit=10)


async def a_dead_letter(talk: Talk, words: str = "boom, show me hats") -> DeadLetter:
    await talk.say("hello")
    stumbling(talk)
    await talk.write(words)
    await work_until_done(talk)
    [letter] = await letters(talk)
    return letter


def mend(talk: Talk) -> None:
    senses = talk.handler._senses
    assert isinstance(senses.reader, StumblingReader)
    talk.handler._senses = replace(senses, reader=senses.reader._reader)


async def retried(talk: Talk, letter: DeadLetter) -> DeadLetter | None:
    async with talk.database.system_connection() as conn:
        return await retry_dead_letter(conn, event_id=letter.id)


async def test_the_assistant_takes_the_chat_back_and_answers(talk: Talk) -> None:
    # given
    letter = await a_dead_letter(talk)
    assert letter.fate == "answer" and letter.error == "ZeroDivisionError: boom, show me hats"

    # when the fault is mended and it is tried again
    mend(talk)
    assert await retried(talk, letter)
    said = await talk.turn()

    # then
    assert "Hat" in str(said or talk.said[-1])
    assert (await talk.conversation()).handed_off_at is None
    assert await talk.step() != "human_handoff"
    assert await letters(talk) == []
    assert await retried(talk, letter) is None


async def test_what_a_person_has_answered_is_not_answered_twice(talk: Talk) -> None:
    # given
    letter = await a_dead_letter(talk)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await staff.staff_wrote(conn, await talk.conversation(), "We have two hats.")

    # when
    mend(talk)
    done = await retried(talk, letter)

    # then
    [now] = await letters(talk)
    assert done is None and now.fate == "answered"


async def test_in_a_persons_chat_it_is_passed_on_without_an_answer(talk: Talk) -> None:
    # given a chat that the customer was given a person in, and then the message
    await talk.say("show me hats")
    await talk.say("I want to talk to a person")
    stumbling(talk)
    await talk.write("boom")
    await work_until_done(talk)
    [letter] = await letters(talk)
    assert letter.fate == "pass_on"
    said = len(talk.said)

    # when
    mend(talk)
    await retried(talk, letter)
    await talk.turn()

    # then
    assert (await talk.conversation()).handed_off_at is not None
    assert len(talk.said) == said
    assert "boom" in (await talk.owner_notes())[-1]


async def test_what_fails_again_is_a_dead_letter_again(talk: Talk) -> None:
    letter = await a_dead_letter(talk)
    await retried(talk, letter)
    assert await letters(talk) == []
    await work_until_done(talk)
    [again] = await letters(talk)
    assert (again.id, again.failures) == (letter.id, 5)


async def test_a_dismissed_one_is_gone_and_not_tried(talk: Talk) -> None:
    letter = await a_dead_letter(talk)
    async with talk.database.system_connection() as conn:
        assert await dismiss_dead_letter(conn, event_id=letter.id)
        assert await dismiss_dead_letter(conn, event_id=letter.id) is None
    assert await letters(talk) == []
    assert await retried(talk, letter) is None
