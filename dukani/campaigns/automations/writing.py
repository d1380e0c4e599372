"""Writes rules: what one refers to is there, and each has a name of its own."""

from __future__ import annotations

from psycopg.errors import UniqueViolation

from dukani.campaigns.automations.rule_texts import check_texts
from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.store import automation_rules, message_templates, saved_segments
from dukani.core.store.automation_rules import Rule, RuleDocument
from dukani.domain.automations import RuleDefinition

MOST = 100  # all of them are read at once
_LONGEST_NAME = 80
_COUNTED_FROM_LEAVING = ("cart_abandoned",)


async def create(
    conn: Connection, written: RuleDefinition, *, boutique_id: str, created_by: str | None = None
) -> Rule:
    """Switched off. Raises InvalidValue for what cannot be, and beyond `MOST`."""
    if len(await automation_rules.of_boutique(conn)) >= MOST:
        raise InvalidValue(
            field="name", value=written.name, remedy=f"There are {MOST} already: remove one first."
        )
    await check(conn, written, boutique_id=boutique_id)
    try:
        async with conn.transaction():
            return await automation_rules.create(conn, document_of(written), created_by=created_by)
    except UniqueViolation as error:
        raise _taken(written.name) from error


async def the_rule(conn: Connection, *, rule_id: str, for_update: bool = False) -> Rule:
    """Raises NotFound."""
    found = await automation_rules.get(conn, rule_id=rule_id, for_update=for_update)
    if found is None:
        raise _no_rule()
    return found


async def replace(
    conn: Connection, written: RuleDefinition, *, rule_id: str, boutique_id: str
) -> Rule:
    """Who is in it already goes on by what is written now. Raises as `create`, or NotFound."""
    await check(conn, written, boutique_id=boutique_id)
    try:
        async with conn.transaction():
            changed = await automation_rules.replace(conn, document_of(written), rule_id=rule_id)
    except UniqueViolation as error:
        raise _taken(written.name) from error
    if changed is None:
        raise _no_rule()
    return changed


async def switch(conn: Connection, *, rule_id: str, is_on: bool, boutique_id: str) -> Rule:
    """Raises NotFound, or InvalidValue where what it refers to is gone meanwhile."""
    found = await the_rule(conn, rule_id=rule_id, for_update=True)
    if is_on:
        await check(conn, definition_of(found), boutique_id=boutique_id)
    changed = await automation_rules.switch(conn, rule_id=rule_id, is_on=is_on)
    assert changed is not None, "its row is locked"
    return changed


async def remove(conn: Connection, *, rule_id: str) -> None:
    """Raises NotFound."""
    if not await automation_rules.remove(conn, rule_id=rule_id):
        raise _no_rule()


async def copy(conn: Connection, *, rule_id: str, created_by: str | None = None) -> Rule:
    """Written as the other and switched off. Raises NotFound."""
    written = definition_of(await the_rule(conn, rule_id=rule_id))
    return await create_as_free(conn, written, created_by=created_by)


async def create_as_free(
    conn: Connection, written: RuleDefinition, *, created_by: str | None = None
) -> Rule:
    """Under its name, or under the first of `name (2)`, `name (3)`… that is free."""
    taken = {one.name.lower() for one in await automation_rules.of_boutique(conn)}
    named = written.model_copy(update={"name": _free_name(written.name, taken)})
    try:
        async with conn.transaction():
            return await automation_rules.create(conn, document_of(named), created_by=created_by)
    except UniqueViolation as error:  # somebody took it meanwhile
        raise _taken(named.name) from error


async def check(conn: Connection, written: RuleDefinition, *, boutique_id: str) -> None:
    """Raises InvalidValue, with the field and what to do."""
    check_texts(written)
    await _check_first_wait(conn, written)
    await _check_segment(conn, written)
    await _check_templates(conn, written, boutique_id=boutique_id)


def document_of(written: RuleDefinition) -> RuleDocument:
    """As the row keeps it."""
    return RuleDocument(
        name=written.name,
        trigger=written.trigger,
        rule_class=written.rule_class,
        precedence=written.precedence,
        definition=written.model_dump(mode="json", by_alias=True),
    )


def definition_of(rule: Rule) -> RuleDefinition:
    """As its owner wrote it."""
    return RuleDefinition.model_validate(rule.definition)


async def _check_first_wait(conn: Connection, written: RuleDefinition) -> None:
    """A cart is told to be left after the shop's time only: no step can come before."""
    if written.trigger not in _COUNTED_FROM_LEAVING:
        return
    least = await automation_rules.cart_left_minutes(conn)
    first = written.steps[0].after_minutes
    if first < least:
        raise InvalidValue(
            field="steps.0.after_minutes",
            value=first,
            remedy=f"A cart counts as left after {least} minutes here: wait as long at least.",
        )


async def _check_segment(conn: Connection, written: RuleDefinition) -> None:
    one = written.conditions.segment_id
    if one and await saved_segments.get(conn, segment_id=str(one)) is None:
        raise InvalidValue(
            field="conditions.segment_id",
            value=str(one),
            remedy="There is no such segment in this boutique: choose another.",
        )


async def _check_templates(conn: Connection, written: RuleDefinition, *, boutique_id: str) -> None:
    known = {one.name for one in await message_templates.of_boutique(conn, boutique_id=boutique_id)}
    for number, step in enumerate(written.steps):
        name = step.message.template
        if name and name not in known:
            raise InvalidValue(
                field=f"steps.{number}.message.template",
                value=name,
                remedy="There is no template of this name: choose one, or write it first.",
            )


def _free_name(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free.lower() in taken:
        number += 1
        tail = f" ({number})"
        free = name[: _LONGEST_NAME - len(tail)].rstrip() + tail
    return free


def _no_rule() -> NotFound:
    return NotFound("There is no such rule here.")


def _taken(name: str) -> InvalidValue:
    return InvalidValue(
        field="name", value=name, remedy="There is a rule of this name: take another."
    )
