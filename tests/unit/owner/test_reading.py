"""What the owner writes to her shop is a command only if all of it is; any other words are none."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.domain import owner_commands as c
from dukani.owner.reading import read

COMMANDS: list[tuple[str, Any]] = [
    # figures
    ("sales today", c.Sales()),
    ("Sales today?", c.Sales()),
    ("today's sales", c.Sales()),
    ("sales", c.Sales()),
    ("mauzo leo", c.Sales()),
    ("mauzo ya leo", c.Sales()),
    ("nionyeshe mauzo ya leo tafadhali", c.Sales()),
    ("how much have we sold today", c.Sales()),
    ("tumeuza ngapi leo", c.Sales()),
    ("salse today", c.Sales()),
    ("muazo leo", c.Sales()),
    ("sales yesterday", c.Sales(period="yesterday")),
    ("mauzo ya jana", c.Sales(period="yesterday")),
    ("sales this week", c.Sales(period="week")),
    ("mauzo wiki hii", c.Sales(period="week")),
    ("mauzo ya mwezi huu", c.Sales(period="month")),
    # what waits
    ("pending", c.Pending()),
    ("Pending orders", c.Pending()),
    ("what is pending?", c.Pending()),
    ("what is waiting", c.Pending()),
    ("oda zinazosubiri", c.Pending()),
    ("zinazosubiri", c.Pending()),
    ("pendng", c.Pending()),
    # orders
    ("sent DK-7K3Q2A", c.MoveOrders(to="dispatched", numbers=("DK-7K3Q2A",))),
    ("Sent dk-7k3q2a.", c.MoveOrders(to="dispatched", numbers=("DK-7K3Q2A",))),
    ("sent dk 7k3q2a", c.MoveOrders(to="dispatched", numbers=("DK-7K3Q2A",))),
    ("sent dk7k3q2a", c.MoveOrders(to="dispatched", numbers=("DK-7K3Q2A",))),
    ("I have sent DK-7K3Q2A", c.MoveOrders(to="dispatched", numbers=("DK-7K3Q2A",))),
    ("DK-7K3Q2A shipped", c.MoveOrders(to="dispatched", numbers=("DK-7K3Q2A",))),
    ("nimetuma DK-7K3Q2A", c.MoveOrders(to="dispatched", numbers=("DK-7K3Q2A",))),
    ("nimetuma oda DK-7K3Q2A", c.MoveOrders(to="dispatched", numbers=("DK-7K3Q2A",))),
    ("sent DK-2A and DK-2B", c.MoveOrders(to="dispatched", numbers=("DK-2A", "DK-2B"))),
    ("sent DK-12", c.MoveOrders(to="dispatched", numbers=("DK-12",))),
    ("delivered DK-7K3Q2A", c.MoveOrders(to="delivered", numbers=("DK-7K3Q2A",))),
    ("DK-7K3Q2A imefika", c.MoveOrders(to="delivered", numbers=("DK-7K3Q2A",))),
    # stock
    ("sold WRAP 2", c.Sold(sku="WRAP", words=("2",))),
    ("sold 2 WRAP", c.Sold(sku="WRAP", words=("2",))),
    ("I sold 2 x WRAP/blue/M", c.Sold(sku="WRAP/blue/M", words=("2",))),
    ("sold WRAP blue M", c.Sold(sku="WRAP", words=("blue", "M"))),
    ("sold SHOE 38 2", c.Sold(sku="SHOE", words=("38", "2"))),
    ("nimeuza KGA-001 nyeusi L 2", c.Sold(sku="KGA-001", words=("nyeusi", "L", "2"))),
    ("nimeuza mbili WRAP", c.Sold(sku="WRAP", words=("mbili",))),
    ("stock WRAP", c.Stock(sku="WRAP")),
    ("stock ya WRAP", c.Stock(sku="WRAP")),
    ("stock KGA-001", c.Stock(sku="KGA-001")),
    ("WRAP stock", c.Stock(sku="WRAP")),
    ("add 5 to WRAP", c.Received(sku="WRAP", words=("5",))),
    ("ongeza stock WRAP 5", c.Received(sku="WRAP", words=("5",))),
    ("what did we sell today", c.Sales()),
    ("my orders", c.Pending()),
    ("nini kinasubiri", c.Pending()),
    ("nimeshatuma DK-2A kwa boda", c.MoveOrders(to="dispatched", numbers=("DK-2A",))),
    ("no thanks", c.No()),
    ("hapana asante", c.No()),
    ("add WRAP 5", c.Received(sku="WRAP", words=("5",))),
    ("ongeza WRAP 5", c.Received(sku="WRAP", words=("5",))),
    ("nimeongeza WRAP black L x3", c.Received(sku="WRAP", words=("black", "L", "x3"))),
    ("received 10 HAT", c.Received(sku="HAT", words=("10",))),
    # the assistant
    ("pause", c.Pause()),
    ("puase", c.Pause()),
    ("pause the assistant", c.Pause()),
    ("simama", c.Pause()),
    ("Simama tafadhali!", c.Pause()),
    ("resume", c.Resume()),
    ("resume please", c.Resume()),
    ("endelea", c.Resume()),
    ("done", c.HandBack()),
    ("back", c.HandBack()),
    ("rudisha", c.HandBack()),
    ("rudi kwa msaidizi", c.HandBack()),
    ("nimemaliza", c.HandBack()),
    ("shop", c.Shop()),
    ("nataka kununua", c.Shop()),
    ("desk", c.Desk()),
    ("stop shopping", c.Desk()),
    ("help", c.Help()),
    ("MSAADA", c.Help()),
    # answers
    ("yes", c.Yes()),
    ("Ndiyo.", c.Yes()),
    ("ndio", c.Yes()),
    ("yes please", c.Yes()),
    ("👍", c.Yes()),
    ("no", c.No()),
    ("hapana", c.No()),
    ("hapana, acha", c.No()),
]  # fmt: skip

NO_COMMANDS = [
    "Yes, we have it in green",
    "yes but two",
    "no problem dear, take your time",
    "I am here now",
    "Karibu dukani",
    "Your parcel leaves at 3",
    "It is sold out, dear",
    "sold out",
    "sold it yesterday sorry",
    "the sales start on Monday",
    "Sales end tomorrow, hurry!",
    "we will send it tomorrow",
    "I have sent it with the rider",
    "sent",
    "nimetuma leo asubuhi",
    "stock is finished",
    "no stock",
    "out of stock",
    "fresh stock",
    "the stock comes next week",
    "I will add it for you",
    "add it to your cart",
    "come back tomorrow",
    "I will be back soon",
    "help her choose, please wait",
    "can I help you?",
    "waiting for you",
    "pause a little, I am coming",
    "the shop is open until 7",
    "I want to buy you lunch",
    "DK-7K3Q2A is with the rider, he calls you",
    "your order DK-7K3Q2A",
    "show me hats",
    "nataka gauni nyekundu",
    "stop",
    "bei ni 2500",
    "👗",
    "",
    "x" * 5000,
]


@pytest.mark.parametrize(("text", "command"), COMMANDS, ids=[text for text, _ in COMMANDS])
def test_a_command_is_read(text: str, command: c.Command) -> None:
    assert read(text) == command


@pytest.mark.parametrize("text", NO_COMMANDS, ids=[text[:40] for text in NO_COMMANDS])
def test_other_words_are_no_command(text: str) -> None:
    assert read(text) is None
