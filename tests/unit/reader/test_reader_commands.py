"""Leaving, coming back, asking for a person."""

from __future__ import annotations

import pytest

from tests.unit.reader.turns import Slots, read_turn

TURNS: list[tuple[str, str, str, Slots]] = [
    ("start", "let me speak to the owner", "handoff", {}),
    ("start", "niunganishe na customer care", "handoff", {}),
    ("start", "unsubscribe", "opt_out", {}),
    ("start", "sitaki meseji zenu tena", "opt_out", {}),
    ("start", "nitoe kwa hiyo list yenu", "opt_out", {}),
    ("start", "please remove me from your list", "opt_out", {}),
    ("opted_out", "START", "opt_in", {}),
    ("opted_out", "nirudishe kwa list", "opt_in", {}),
    ("address", "nataka kuongea na mtu", "handoff", {}),
    ("start", "I want to talk to someone please", "handoff", {}),
    ("start", "nipigie simu tafadhali", "handoff", {}),
    ("start", "naomba niongee na muuzaji", "handoff", {}),
    ("start", "nataka kubonga na mse wa ukweli", "handoff", {}),
    ("start", "msinitumie tena hizi matangazo", "opt_out", {}),
    ("start", "stop texting me", "opt_out", {}),
    ("start", "Acha", "opt_out", {}),
    ("start", "niondoe kwenye orodha", "opt_out", {}),
    ("opted_out", "anza", "opt_in", {}),
    ("opted_out", "subscribe me again", "opt_in", {}),
    ("address", "STOP", "opt_out", {}),
    ("start", "connect me with a human agent", "handoff", {}),
    ("start", "naomba namba ya boss", "handoff", {}),
    ("start", "I have a complaint, who do I talk to", "handoff", {}),
    ("start", "sitaki kuongea na robot", "handoff", {}),
    ("start", "usinitumie ujumbe tena", "opt_out", {}),
    ("start", "I don't want to receive these messages anymore", "opt_out", {}),
    ("start", "Take me off your broadcast list", "opt_out", {}),
    ("start", "koma kunisumbua", "opt_out", {}),
    ("opted_out", "I want to get messages again", "opt_in", {}),
    ("opted_out", "jiunge", "opt_in", {}),
    ("start", "I need to speak with a real human being", "handoff", {}),
    ("start", "mwenye duka yuko? nataka kuongea naye", "handoff", {}),
    ("start", "niitie boss wako", "handoff", {}),
    ("start", "can someone call me", "handoff", {}),
    ("start", "wacheni kunitumia hizi messages", "opt_out", {}),
    ("start", "STOP!!", "opt_out", {}),
    ("start", "stop.", "opt_out", {}),
    ("start", "no more texts please", "opt_out", {}),
    ("start", "Sitisha", "opt_out", {}),
    ("start", "please dont message me again", "opt_out", {}),
    ("opted_out", "Start again sending me messages", "opt_in", {}),
    ("opted_out", "niongeze tena kwa list", "opt_in", {}),
    ("start", "I'd rather chat to one of your staff", "handoff", {}),
    ("start", "kuna mtu anaweza nisaidia hapo?", "handoff", {}),
    ("start", "weka mtu kwa line", "handoff", {}),
    ("start", "muuzaji aniongeleshe", "handoff", {}),
    ("start", "nimechoka na hizi sms zenu, niondoeni", "opt_out", {}),
    ("start", "quit sending me these promos", "opt_out", {}),
    ("start", "Msinisumbue tena", "opt_out", {}),
    ("opted_out", "nataka kujiunga tena", "opt_in", {}),
    ("opted_out", "unstop", "opt_in", {}),
    ("address", "I want a human", "handoff", {}),
    ("confirm", "nataka kuongea na boss", "handoff", {}),
]


@pytest.mark.parametrize(("situation", "text", "acts", "slots"), TURNS)
def test_commands(situation: str, text: str, acts: str, slots: Slots) -> None:
    heard = read_turn(situation, text)

    assert (heard.acts, heard.slots) == (acts.split(), slots)
