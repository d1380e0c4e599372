"""Finds pieces for what was said or shown, and remembers what was looked for."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import (
    AskWhatToFind,
    NoMoreOptions,
    NothingFound,
    OptionsShown,
    Wish,
)
from dukani.core.store import products
from dukani.graph.choosing import as_plain
from dukani.graph.context import Context
from dukani.graph.focus import focus_of_product, focus_on
from dukani.graph.listing import of_one_kind, shown_this_turn
from dukani.graph.photo_memory import unpack
from dukani.graph.state import Focus, LastSearch, Question, QueuedAct, State, current, rest, said
from dukani.graph.wishes import says_nothing, wish_of
from dukani.tools.search import Found, find_pieces


async def search_products(state: State, runtime: Runtime[Context]) -> State:
    """Goes on from the last search when the words only narrow it."""
    act = current(state)
    last = state.get("search")
    more = act["kind"] == "more_options"
    photo = act.get("photo") or (last["photo"] if last and _goes_on(state, act) else None)
    wish = wish_of(
        act,
        last=last,
        goes_on=_goes_on(state, act),
        shown_prices=[option["price_minor"] for option in state.get("options", [])],
        context=runtime.context,
    )
    if says_nothing(wish) and photo is None and not (more and last):
        return await _ask(state, runtime.context)
    shown = last["shown"] if last and more else []
    found = await find_pieces(
        runtime.context.conn, wish, sight=unpack(photo), exclude_products=shown
    )
    if more and not found.options:
        return {"acts": rest(state), "facts": said(state, NoMoreOptions())}
    found = of_one_kind(state, found)
    search = LastSearch(
        wish=wish.model_dump(exclude_none=True),
        photo=photo,
        shown=[*shown, *(option.product_id for option in found.options)],
        quantity=act.get("quantity") or (last.get("quantity") if last and more else None),
    )
    update = await _tell(state | {"search": search}, runtime.context, found, wish)
    following = _without_question_answered(rest(state))
    if _takes_it(following):
        if _is_the_one(found, wish):
            update["facts"] = state.get("facts", [])  # what is taken need not be offered
        else:
            following = following[1:]  # several, or sold out: she chooses first
    if state.get("question") == "which":
        update["later"] = []  # what was to follow her choice; she looks for something else
    return update | {"acts": following, "search": search}


def _takes_it(following: list[QueuedAct]) -> bool:
    """ "I'll take one Savannah straw hat": what is found goes into the cart."""
    return bool(following) and following[0]["kind"] == "add_to_cart" and len(following[0]) == 1


def _is_the_one(found: Found, wish: Wish) -> bool:
    """The piece called by its name or told by its colour, and in what was wished."""
    told = (wish.name or wish.colour) is not None and len(found.options) == 1
    return told and found.out_of_stock is None and not found.dropped


def _goes_on(state: State, act: QueuedAct) -> bool:
    """Whether an act narrows the last search instead of starting another."""
    if state.get("search") is None:
        return False
    if act["kind"] == "more_options":
        return True
    answers_photo = state.get("question") == "category"
    if act.get("name") or act.get("photo"):
        return answers_photo
    return answers_photo or act.get("category") is None


async def _ask(state: State, context: Context) -> State:
    categories = tuple(await products.categories(context.conn))
    return {"acts": rest(state), "facts": said(state, AskWhatToFind(categories=categories[:6]))}


async def _tell(state: State, context: Context, found: Found, wish: Wish) -> State:
    facts = state.get("facts", [])
    if found.out_of_stock is not None:
        facts = [*facts, found.out_of_stock.model_dump(mode="json")]
    if not found.options and found.out_of_stock is None:
        nothing = NothingFound(wish=wish, categories=tuple(await products.categories(context.conn)))
        return {"facts": [*facts, nothing.model_dump(mode="json")]}
    if found.options:
        shown = OptionsShown(
            options=found.options,
            wish=wish,
            dropped=found.dropped,
            similar_to=_replaces(found),
            more=found.more,
        )
        facts = [*facts, shown.model_dump(mode="json")]
    before = shown_this_turn(state)
    sold_out = found.out_of_stock is not None and not before
    return {
        "facts": facts,
        "options": [*before, *as_plain(found.options)],
        "focus": None if before else await _focus(state, context, found, wish),
        "question": None if before else _question(state, found),
        "step": "size_recommended" if sold_out else "products_found",
    }


def _replaces(found: Found) -> str | None:
    """The sold-out piece the options stand in for; itself among them, they do not."""
    if found.out_of_stock is None or any(
        option.product_id == found.out_of_stock_product for option in found.options
    ):
        return None
    return found.out_of_stock.name


def _question(state: State, found: Found) -> Question | None:
    if state.get("question") == "category" and state.get("step") == "image_analyzed":
        return "category"
    if found.out_of_stock is not None:
        return "size"
    return "take_it" if len(found.options) == 1 else None


async def _focus(state: State, context: Context, found: Found, wish: Wish) -> Focus | None:
    """One piece found is the one being talked about; so is the one that is sold out."""
    search = state.get("search")
    if found.out_of_stock_product is not None and found.out_of_stock is not None:
        product = await products.get(context.conn, product_id=found.out_of_stock_product)
        if product is not None:
            return {
                **focus_of_product(product),
                "colour": found.out_of_stock.colour,
                "quantity": search.get("quantity") if search else None,
                "asked_size": found.out_of_stock.size,
            }
    if len(found.options) != 1:
        return None
    return {**focus_on(found.options[0], {}, search=search), "asked_size": wish.size}


def _without_question_answered(tasks: list[QueuedAct]) -> list[QueuedAct]:
    """ "Do you have …?" and "how much?" are answered by the options themselves."""
    return [t for t in tasks if t["kind"] not in ("ask_availability", "ask_price", "correction")]
