"""A mind that takes its time: the turn waits for it holding nothing, and takes it at its word only
while the words and the conversation are as it was asked about them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from dukani.agent.local_reader import LocalReader
from dukani.core.store import events, messages
from dukani.domain.acts import Thanks, Understanding
from dukani.domain.context import TurnContext
from dukani.graph import perceiving
from dukani.graph.context import Senses
from dukani.graph.turn import TurnHandler
from dukani.tools import chats
from tests.factories import a_boutique
from tests.journeys.talk import Talk
from tests.signing_in import a_member

OPEN = "what time do you open?"


class SlowMind:
    """Understands as the local reader does, after whatever happens `meanwhile`."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        self.hears: Understanding | None = None

    async def read(self, text: str, context: TurnContext) -> Understanding:
        self.asked.append(text)
        if self.meanwhile is not None:
            await self.meanwhile()
        return self.hears or await LocalReader().read(text, context)


@pytest.fixture
def mind(talk: Talk) -> SlowMind:
    slow = SlowMind()
    talk.handler = TurnHandler(talk.services, Senses(reader=LocalReader(), eye=talk.eye, mind=slow))
    return slow


async def kept(talk: Talk) -> list[object]:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute("select perceived from messages where perceived is not null")
        return [row["perceived"] for row in await cursor.fetchall()]


async def test_what_a_mind_reads_is_answered_once_and_not_kept(talk: Talk, mind: SlowMind) -> None:
    answer = await talk.say(OPEN)
    assert mind.asked == [OPEN]
    assert await talk.understood() == ["ask_shop"]
    assert len(talk.said) == 1, answer
    assert await kept(talk) == []


async def test_a_turn_that_waits_for_its_mind_holds_no_connection_and_no_lock(
    talk: Talk, mind: SlowMind
) -> None:
    async def another_takes_the_only_one_and_the_partition() -> None:
        async with (
            asyncio.timeout(5),
            talk.database.tenant_connection(talk.boutique_id, partition=talk.conversation_id),
        ):
            pass

    await talk.database._pool.resize(1, 1)
    mind.meanwhile = another_takes_the_only_one_and_the_partition
    assert await talk.say(OPEN)
    assert mind.asked == [OPEN]


async def test_words_that_come_meanwhile_are_read_together_with_the_first(
    talk: Talk, mind: SlowMind
) -> None:
    async def she_goes_on() -> None:
        mind.meanwhile = None
        await talk.write("in black please")

    mind.meanwhile = she_goes_on
    await talk.say("do you have the wrap dress?")
    assert mind.asked == [
        "do you have the wrap dress?",
        "do you have the wrap dress?\nin black please",
    ]
    assert len(talk.said) == 1


async def test_a_mind_reads_while_the_customer_may_still_write_on(
    talk: Talk, mind: SlowMind, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a customer who writes on within the quiet time, after the mind has read
    monkeypatch.setattr(talk.services.settings.conversation, "quiet_time_s", 30)
    waited: list[float] = []

    async def she_writes_on(seconds: float) -> None:
        waited.append(seconds)
        await talk.age("conversation_events", "created_at", f"{seconds} seconds")
        if len(waited) == 1:
            await talk.write("in black please")

    monkeypatch.setattr("dukani.graph.turn.asyncio.sleep", she_writes_on)

    # when the turn is handled
    await talk.say("do you have the wrap dress?")

    # then the first words were read before she was quiet, and all of them once more after that
    assert mind.asked == [
        "do you have the wrap dress?",
        "do you have the wrap dress?\nin black please",
    ]
    assert [0 < seconds <= 30 for seconds in waited] == [True, True]
    assert len(talk.said) == 1


async def test_words_no_mind_need_read_are_handled_once_the_customer_is_quiet(
    talk: Talk, mind: SlowMind, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a customer whose thanks are read on this machine, and who may still write on
    monkeypatch.setattr(talk.services.settings.conversation, "quiet_time_s", 30)
    monkeypatch.setattr(
        "dukani.graph.turn.asyncio.sleep",
        lambda seconds: talk.age("conversation_events", "created_at", f"{seconds} seconds"),
    )
    await talk.database._pool.resize(1, 1)
    prepared: list[int] = []

    # when she thanks again and again
    answers: list[str] = []
    for _ in range(6):
        answers.append(await talk.say("asante"))
        prepared.append(await statements_prepared(talk))

    # then she is answered without the mind, and no try was undone, which forgets statements
    assert answers[0]
    assert mind.asked == []
    assert prepared[-1] > 0
    assert prepared == sorted(prepared)


async def statements_prepared(talk: Talk) -> int:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(
            "select count(*) as prepared from pg_prepared_statements", prepare=False
        )
        row = await cursor.fetchone()
    assert row is not None
    return int(row["prepared"])


async def test_nothing_is_answered_while_the_customer_may_still_write_on(
    talk: Talk, mind: SlowMind, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a customer who stopped, whose words no mind reads
    await talk.say("stop")
    mind.asked.clear()
    monkeypatch.setattr(talk.services.settings.conversation, "quiet_time_s", 30)
    unanswered: list[int | None] = []

    async def look(seconds: float) -> None:
        async with talk.database.tenant_connection(talk.boutique_id) as conn:
            open_event = await events.oldest_open(conn, conversation_id=talk.conversation_id)
        unanswered.append(open_event)
        await talk.age("conversation_events", "created_at", f"{seconds} seconds")

    monkeypatch.setattr("dukani.graph.turn.asyncio.sleep", look)

    # when its turn is handled at once
    said = await talk.say("start")

    # then it was open all through the quiet time, and answered after it
    assert mind.asked == []
    assert len(unanswered) == 1
    assert unanswered[0] is not None
    assert said
    assert len(talk.said) == 1


async def test_what_a_person_of_the_shop_says_meanwhile_counts(
    talk: Talk, mind: SlowMind, superuser_url: str
) -> None:
    staff = a_member(superuser_url, talk.boutique_id, "staff")

    async def a_person_takes_over() -> None:
        async with talk.database.tenant_connection(talk.boutique_id) as conn:
            await chats.take_over(
                conn,
                conversation_id=talk.conversation_id,
                by=staff,
                silent_for=timedelta(hours=1),
            )

    # when a person takes the chat while the mind thinks, nothing that it thought is said
    mind.meanwhile = a_person_takes_over
    assert await talk.say(OPEN) == ""

    # and when the chat is handed back, the next question is answered
    mind.meanwhile = None
    await talk.happens("hand_back")
    assert await talk.say(OPEN) != ""


async def test_a_mind_is_not_asked_where_a_person_answers(talk: Talk, mind: SlowMind) -> None:
    await talk.say("I want to talk to a person")
    mind.asked.clear()
    await talk.say(OPEN)
    assert mind.asked == []


async def test_whoever_never_stops_is_answered_by_the_local_reader(
    talk: Talk, mind: SlowMind
) -> None:
    async def she_goes_on() -> None:
        await talk.write("hello?")

    mind.meanwhile = she_goes_on
    assert await talk.say(OPEN)
    assert len(mind.asked) == 4


async def test_a_mind_that_fails_is_replaced(talk: Talk, mind: SlowMind) -> None:
    async def fail() -> None:
        raise ConnectionError("the mind is gone")

    mind.meanwhile = fail
    assert await talk.say(OPEN)
    assert await talk.understood() == ["ask_shop"]


async def test_a_mind_that_is_late_is_replaced(
    talk: Talk, mind: SlowMind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk.services.settings.mind, "reading_s", 0.05)
    mind.meanwhile = lambda: asyncio.sleep(60)
    assert await talk.say(OPEN)
    assert await talk.understood() == ["ask_shop"]


async def test_a_turn_that_fails_after_reading_does_not_ask_again(
    talk: Talk, mind: SlowMind, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a turn whose worker dies right after the mind answered
    await talk.write(OPEN)
    with monkeypatch.context() as patched:
        keep = messages.keep_perceived

        async def keep_and_die(*args: object, **kwargs: object) -> None:
            await keep(*args, **kwargs)  # type: ignore[arg-type]
            raise SystemExit

        patched.setattr(perceiving.messages, "keep_perceived", keep_and_die)
        with pytest.raises(SystemExit):
            await talk.turn()

    # when it is tried again
    answer = await talk.turn()

    # then it goes on from what the mind said
    assert answer
    assert mind.asked == [OPEN]


async def test_what_a_mind_said_counts_also_when_no_more_minds_may_be_asked(
    talk: Talk, mind: SlowMind, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a mind that hears something else than the local reader, and no room left meanwhile
    async def the_room_fills() -> None:
        monkeypatch.setattr(talk.services.capacity.minds, "_slots", 0)

    mind.meanwhile = the_room_fills
    mind.hears = Understanding(acts=(Thanks(),))

    # when it has answered, then the turn goes on from what it heard
    await talk.say(OPEN)
    assert await talk.understood() == ["thanks"]


async def test_another_boutique_cannot_put_words_into_a_message(
    talk: Talk,
) -> None:
    await talk.write(OPEN)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute("select id::text from messages")
        row = await cursor.fetchone()
    assert row is not None
    stranger = await a_boutique(talk.database)
    await messages.keep_perceived(
        talk.database.at_once(stranger),
        message_id=row["id"],
        perceived={"readings": {}, "photos": {}},
    )
    assert await kept(talk) == []
