"""Reads a conversation with its boutique, customer, memory and sending account, at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dukani.core.database import Connection
from dukani.core.store.boutiques import Boutique
from dukani.core.store.consents import OPTED_OUT
from dukani.core.store.conversations import Conversation
from dukani.core.store.customers import Customer
from dukani.core.store.outbox import KEYS, SendingAccount
from dukani.core.store.resting import RESTS_S
from dukani.core.store.rows import columns, part


@dataclass(frozen=True, slots=True)
class Parties:
    conversation: Conversation
    boutique: Boutique
    customer: Customer
    memory: dict[str, Any] = field(repr=False)  # as the last turn left it
    sender: SendingAccount  # the account that answers
    over_plan: bool = False  # why the boutique is as paused for this customer, if it is

    def within_plan(self) -> Parties:
        """For who is served whatever the plan says."""
        if not self.over_plan:
            return self
        return replace(self, boutique=replace(self.boutique, paused_at=None), over_plan=False)


# The columns, for conversations as `v`; `parties_of` reads a row of them.
PARTIES = f"""{columns(Conversation, "v")}, {columns(Boutique, "b")}, {columns(Customer, "c")},
  {OPTED_OUT.format(customer="c")} as opted_out, coalesce(r.state, '{{}}') as memory,
  k.account as account, k.secrets as secrets,
  {RESTS_S.format(provider="v.provider")} as rests_s,
  case when private.is_over_plan(v.boutique_id, v.id, v.customer_id)
    then date_trunc('day', now()) end as over_plan_since"""
JOIN_PARTIES = f"""join boutiques b on b.id = v.boutique_id
join customers c on c.boutique_id = v.boutique_id and c.id = v.customer_id
left join conversation_memories r on r.boutique_id = v.boutique_id and r.conversation_id = v.id
{KEYS.format(provider="v.provider")}"""

_PARTIES = f"""
select {PARTIES} from conversations v {JOIN_PARTIES}
where v.boutique_id = private.current_boutique() and v.id = %(conversation_id)s
"""


async def of_conversation(conn: Connection, *, conversation_id: str) -> Parties | None:
    cursor = await conn.execute(_PARTIES.encode(), {"conversation_id": conversation_id})
    row = await cursor.fetchone()
    return parties_of(row) if row else None


def parties_of(row: Mapping[str, Any]) -> Parties:
    conversation = part(Conversation, "v", row)
    boutique = part(Boutique, "b", row)
    over_plan = boutique.paused_at is None and row["over_plan_since"] is not None
    if over_plan:
        # Beyond its plan a shop is as paused, for whoever comes anew: its people answer.
        boutique = replace(boutique, paused_at=row["over_plan_since"])
    customer = part(Customer, "c", row)
    return Parties(
        conversation=conversation,
        boutique=boutique,
        customer=customer,
        memory=row["memory"],
        sender=SendingAccount(
            provider=conversation.provider,
            slug=boutique.slug,
            currency=boutique.currency,
            to=conversation.answer_to or customer.phone or customer.wa_user_id,
            last_inbound_at=conversation.last_inbound_at,
            opted_out=row["opted_out"],
            account=row["account"],
            secrets=row["secrets"],
            rests_s=row["rests_s"],
            restored_at=boutique.restored_at,
        ),
        over_plan=over_plan,
    )
