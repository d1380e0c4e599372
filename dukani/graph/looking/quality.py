"""Answers how a piece is made from what the shop wrote about it, else asks the shop."""

from __future__ import annotations

from dukani.agent.facts import PieceDescribed, RequestPassedOn
from dukani.core.store import products
from dukani.domain.acts import AskShop
from dukani.domain.resolver import pieces_meant
from dukani.domain.view import View
from dukani.graph.context import Context
from dukani.graph.looking.shop import ask_the_shop, own_answer
from dukani.graph.state import State, with_facts


async def answer_quality(state: State, context: Context, act: AskShop, view: View) -> State:
    if (own := await own_answer(context, context.language(state))) is not None:
        return {"facts": with_facts(state, own)}
    meant = pieces_meant(act.target, view)
    if len(meant) == 1:
        described = await products.description(context.conn, product_id=meant[0].product_id)
        if described:
            told = PieceDescribed(name=meant[0].name, description=described)
            return {"facts": with_facts(state, told)}
    piece = {"piece": meant[0].name} if len(meant) == 1 else None
    await ask_the_shop(state, context, "other", piece)
    passed_on = RequestPassedOn(about="other", opens=context.opening)
    return {"facts": with_facts(state, passed_on)}
