"""Searches pieces by words or by photo, and remembers the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from langgraph.runtime import Runtime

from dukani.agent.facts import (
    AskWhatToFind,
    Fact,
    NoMoreOptions,
    NothingFound,
    OptionsAgain,
    OptionsShown,
)
from dukani.core.observability.tracing import span
from dukani.core.store import products
from dukani.domain.acts import Back, More, Search
from dukani.domain.offers import still_wanted
from dukani.domain.pieces import Focus, Option, Wish
from dukani.domain.questions import Question
from dukani.domain.sizes import size_said, sizes_for_age
from dukani.domain.wearers import GROWN_UP, Whom, audience_of, sex_of, whom_said, without_whom
from dukani.graph.context import Context
from dukani.graph.happenings import Find, ShowPieces
from dukani.graph.looking.listing import of_one_kind, shown_this_turn
from dukani.graph.looking.offering import offer_of
from dukani.graph.looking.photo_memory import unpack
from dukani.graph.looking.showing import show_pieces
from dukani.graph.looking.wishes import says_nothing, wish_of
from dukani.graph.state import (
    LastSearch,
    State,
    Task,
    as_plain,
    lists_in,
    newest_list,
    questions_in,
    tasks_without,
    wearer_in,
    with_facts,
    with_list,
)
from dukani.tools.search import Found, find_pieces

SearchTask = Find | Search | More


async def search_products(state: State, runtime: Runtime[Context]) -> State:
    """Handles one search; the router returns here for further ones."""
    task = next(t for t in state["acts"] if isinstance(t, ShowPieces | SearchTask | Back))
    same = _for_other_ages(state, task)
    others: list[Task] = [t for t in tasks_without(state, task) if t not in same]
    state = {**state, "acts": others}
    if isinstance(task, Back):
        return {"acts": others, **_back(state)}
    if isinstance(task, ShowPieces):
        return {"acts": others, **await show_pieces(state, runtime.context, task)}
    if isinstance(task, Find) and task.seen is not None:
        state = {**state, "facts": with_facts(state, task.seen)}
    ages = [t.age for t in (task, *same) if isinstance(t, Search) and t.age is not None]
    if isinstance(task, Search) and same:
        task = _merged(task, same)
    return {"acts": others, **await _search(state, runtime.context, task, ages)}


def _for_other_ages(state: State, task: Task) -> list[Search]:
    """Searches that differ from this one in the age only: "clothes for boys of 4, 7 and 10"."""
    if not isinstance(task, Search) or task.age is None:
        return []
    plain = _ageless(task)
    return [
        t
        for t in state["acts"]
        if isinstance(t, Search)
        and t is not task
        and t.age is not None
        and _ageless(t) == plain
        and (t.occasion is None or task.occasion is None or t.occasion == task.occasion)
    ]


def _ageless(task: Search) -> Search:
    """The search without the slots that differ by child: "two girls of 5 and 7, a boy of 4"."""
    return task.model_copy(
        update={"age": None, "quantity": None, "occasion": None, "evidence": None}
    )


def _merged(task: Search, same: Sequence[Search]) -> Search:
    """One search for all ages; the quantity only if it is the same for each age."""
    together = [task, *same]
    occasion = next((t.occasion for t in together if t.occasion), None)
    counts = {t.quantity for t in together}
    quantity = task.quantity if len(counts) == 1 else None
    return task.model_copy(update={"occasion": occasion, "quantity": quantity, "age": None})


async def _search(state: State, context: Context, task: SearchTask, ages: Sequence[int]) -> State:
    """Searches and tells the result; continues the last search if the words only narrow it."""
    last, act = state.get("search"), _act_of(task)
    more = isinstance(task, More)
    goes_on = _goes_on(state, task)
    photo = task.photo if isinstance(task, Find) else last["photo"] if last and goes_on else None
    prices = [option.price_minor for option in newest_list(state)]
    wish = wish_of(act, last=last, goes_on=goes_on, shown_prices=prices, context=context)
    whom = _whom(state, wish, ages)
    for_somebody = whom != Whom() and _tells_of_a_person(state)
    nothing_said = says_nothing(wish) and not ages and act.order_by is None and not for_somebody
    if nothing_said and photo is None and not (more and last):
        return await _show_all(state, context, act)
    shown = last["shown"] if last and more else []
    with span("searching"):
        found = await find_pieces(
            context.conn,
            _for_anybody(wish),
            analysis=unpack(dict(photo) if photo else None),
            exclude_products=shown,
            cheapest=act.order_by == "cheapest",
            sizes=await _sizes_for(context, ages),
            kinds=await _childrens_kinds(context, wish.category) if ages else (),
            eye=context.senses.eye,
            whom=whom,
        )
    if more and not found.options:
        return {"facts": with_facts(state, NoMoreOptions())}
    found = _made_for(ages, found)
    before = shown_this_turn(state)
    several = any(isinstance(t, Search | Find) for t in state.get("acts", ()))
    found = _with_age(of_one_kind(found, before=before, several=several), ages)
    found = _with_size(found, wish)
    search = LastSearch(
        wish=wish.model_dump(exclude_none=True),
        photo=dict(photo) if photo else None,
        shown=[*shown, *(option.product_id for option in found.options)],
        quantity=act.quantity or (last.get("quantity") if last and goes_on else None),
        ages=list(ages),
    )
    return {**await _show_results(state, context, found, wish, act), "search": search}


def _made_for(ages: Sequence[int], found: Found) -> Found:
    """The result without pieces that only share a number: a woman's 8 for a child of 8."""
    fitting = [
        option
        for option in found.options
        if any(sizes_for_age(age, option.sizes, option) for age in ages)
    ]
    return _numbered_anew(found, fitting) if fitting else found


def _for_anybody(wish: Wish) -> Wish:
    """The wish without "ladies": most pieces for women do not say so in their names."""
    return wish.model_copy(update={"words": without_whom(wish.words or "") or None})


def _tells_of_a_person(state: State) -> bool:
    """Whether this message says for whom something is looked for: "a gift for my dad"."""
    understood = state.get("understanding") or {}
    return any(act.get("kind") == "set_wearer" for act in understood.get("acts", ()))


def _whom(state: State, wish: Wish, ages: Sequence[int]) -> Whom:
    """For whom is searched: by the wish's words, else the person told of; a child by its age.

    "Kanzus for my husband and our boys" are for a child no more than for him.
    """
    wearer = wearer_in(state)
    said = whom_said(f"{wish.words or ''} {wish.name or ''}")
    told = sex_of(wearer.relation) if wearer else None
    audience = audience_of(wearer.relation, None) if wearer else None
    child = True if any(age < GROWN_UP for age in ages) else said.child
    if audience == "children" and says_nothing(wish):
        child = True
    if said.child and audience not in (None, "children"):
        child = None
    return Whom(said.sex or told, child, said.baby)


def _numbered_anew(found: Found, options: Sequence[Option]) -> Found:
    numbered = enumerate(options, start=1)
    return replace(
        found, options=tuple(one.model_copy(update={"number": at}) for at, one in numbered)
    )


def _with_age(found: Found, ages: Sequence[int]) -> Found:
    """The result with the child's age in each option, if the search was for one age."""
    age = ages[0] if len(ages) == 1 else None
    aged = tuple(option.model_copy(update={"age": age}) for option in found.options)
    return replace(found, options=aged)


def _with_size(found: Found, wish: Wish) -> Found:
    """The result with the size searched for in each option that has it.

    Of several searches in one message ("a shirt 16 and trousers 32") each piece keeps its own.
    """
    if wish.size is None:
        return found
    sized = tuple(
        option.model_copy(update={"size": size_said(wish.size, option.sizes)})
        for option in found.options
    )
    return replace(found, options=sized)


async def _sizes_for(context: Context, ages: Sequence[int]) -> tuple[str, ...]:
    """The shop's sizes that fit children of those ages."""
    if not ages:
        return ()
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    fitting = [size for age in ages for size in sold.sizes_for_age(age)]
    return tuple(dict.fromkeys(fitting))


async def _childrens_kinds(context: Context, category: str | None) -> tuple[str, ...]:
    """The shop's own kinds for children of a kind: its "kids dress" beside "dress"."""
    if category is None:
        return ()
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    return tuple(kind for kind in sold.categories if kind.endswith(f" {category}"))


def _act_of(task: SearchTask) -> Search:
    if isinstance(task, Find):
        return task.said
    return task if isinstance(task, Search) else Search()


def _goes_on(state: State, task: SearchTask) -> bool:
    """Whether the task continues the last search instead of starting another."""
    if state.get("search") is None or isinstance(task, Find):
        return False
    if isinstance(task, More):
        return True
    open_ones = questions_in(state)
    if open_ones and open_ones[-1].field == "category":
        return True  # the words answer what an unclear photo shows
    return task.name is None and task.category is None


async def _show_all(state: State, context: Context, act: Search) -> State:
    """Answers "show me what you have" with the newest pieces; asks what to find if none."""
    categories = tuple(await products.categories(context.conn))
    ask: Fact = AskWhatToFind(categories=categories[:6])
    if not categories:
        return {"facts": with_facts(state, ask)}
    with span("searching"):
        found = await find_pieces(context.conn, Wish())
    if not found.options:
        return {"facts": with_facts(state, ask)}
    shown = OptionsShown(options=found.options, more=found.more)
    ids = [option.product_id for option in found.options]
    return {
        "facts": with_facts(state, shown),
        "lists": with_list(state, found.options),
        "search": LastSearch(wish={}, photo=None, shown=ids),
        "focus": None,
        "step": "products_found",
    }


def _back(state: State) -> State:
    """Shows the list before the newest one again."""
    lists = lists_in(state)
    if not lists:
        return {"facts": with_facts(state, AskWhatToFind())}
    wanted = lists[1] if len(lists) > 1 else lists[0]
    plain = state.get("lists") or []
    return {
        "facts": with_facts(state, OptionsAgain(options=wanted)),
        "lists": [*plain[1:2], *plain[:1], *plain[2:]] if len(plain) > 1 else plain,
        "focus": None,
        "step": "products_found",
    }


async def _show_results(
    state: State, context: Context, found: Found, wish: Wish, act: Search
) -> State:
    facts: list[Fact] = []
    if found.out_of_stock is not None:
        facts.append(found.out_of_stock)
    if not found.options and found.out_of_stock is None:
        nothing = NothingFound(wish=wish, categories=tuple(await products.categories(context.conn)))
        return {"facts": with_facts(state, nothing)}
    if found.options:
        facts.append(
            OptionsShown(
                options=found.options,
                wish=wish,
                dropped=found.dropped,
                similar_to=_replaces(found),
                more=found.more,
            )
        )
    before = shown_this_turn(state)
    focus = None if before else await _focus(context, found, wish, act)
    return {
        "facts": with_facts(state, *facts),
        "lists": with_list(state, (*before, *found.options)),
        "focus": focus.model_dump(mode="json") if focus else None,
        "last_product_id": focus.product_id if focus else state.get("last_product_id"),
        "questions": as_plain(
            [*still_wanted(questions_in(state)), *_question(state, found, focus)]
        ),
        "step": "size_recommended" if found.out_of_stock and not before else "products_found",
    }


def _replaces(found: Found) -> str | None:
    """The name of the sold-out piece the options replace; None if it is itself among them."""
    if found.out_of_stock is None or any(
        option.product_id == found.out_of_stock_product for option in found.options
    ):
        return None
    return found.out_of_stock.name


def _question(state: State, found: Found, focus: Focus | None) -> list[Question]:
    open_ones = questions_in(state)
    if open_ones and open_ones[-1].field == "category" and state.get("step") == "image_analyzed":
        return [open_ones[-1]]
    if focus is None or found.out_of_stock is not None:
        return []
    return [offer_of(focus)]


async def _focus(context: Context, found: Found, wish: Wish, act: Search) -> Focus | None:
    """The sold-out piece asked for, else the only piece found, as the new focus."""
    if found.out_of_stock_product is not None and found.out_of_stock is not None:
        product = await products.get(context.conn, product_id=found.out_of_stock_product)
        if product is not None:
            left = found.out_of_stock.other_sizes
            return Focus(
                product_id=product.id,
                sku=product.sku,
                name=product.name,
                category=product.category,
                colour=found.out_of_stock.colour if left else None,
                quantity=act.quantity,
            )
    option = next((one for one in found.options if one.product_id == found.meant), None)
    if option is None and len(found.options) == 1:
        option = found.options[0]
    if option is None:
        return None
    return Focus(
        product_id=option.product_id,
        sku=option.sku,
        name=option.name,
        category=option.category,
        colour=option.colour if wish.colour or len(option.colours) == 1 else None,
        size=wish.size if wish.size in option.sizes else _size_for(act, option),
        quantity=act.quantity,
    )


def _size_for(act: Search, option: Option) -> str | None:
    fitting = sizes_for_age(act.age, option.sizes, option) if act.age is not None else ()
    return fitting[0] if len(fitting) == 1 else None
