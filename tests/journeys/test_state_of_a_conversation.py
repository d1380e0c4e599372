"""What LangGraph's own tools see and change of a conversation."""

from __future__ import annotations

from dukani.graph.build import build_graph
from dukani.graph.checkpoints import ConversationSaver, thread_config
from tests.journeys.talk import Talk


async def test_the_state_can_be_read_and_changed_between_turns(talk: Talk) -> None:
    # given a conversation with a list of hats before her
    await talk.say("show me hats")
    ids = {"boutique_id": talk.boutique_id, "conversation_id": talk.conversation_id}

    # when somebody looks at it, and has it go on in Swahili and at a cart
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        machine = build_graph(ConversationSaver(conn, **ids))
        seen = await machine.aget_state(thread_config(**ids))
        await machine.aupdate_state(thread_config(**ids), {"language": "sw", "lists": []})

    # then they saw what is remembered, nothing of the turn itself, and no task is left over
    assert seen.values["step"] == "products_found"
    assert seen.values["lists"][0][0]["name"] == "Savannah Straw Hat"
    assert seen.values.keys().isdisjoint({"acts", "facts", "resolution", "heard"})
    assert seen.next == ()

    # and the next turn begins with what they wrote: no list to choose from, and Swahili
    said = await talk.say("1")
    assert await talk.cart() == []
    assert "Andika" in said
