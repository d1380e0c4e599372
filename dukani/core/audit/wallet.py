"""Message tokens, and the conversations of a plan."""

from __future__ import annotations

from dukani.core.audit.check import Check

WALLET_IS_ITS_LEDGER = Check(
    name="wallet_is_its_ledger",
    says="Each account of the wallet is the sum of its entries.",
    table="wallets",
    remedy="The ledger counts: tell whoever runs the installation, and send nothing meanwhile.",
    sql="""
with sums as (
  select coalesce(sum(tokens) filter (where account = 'available'), 0) as available,
    coalesce(sum(tokens) filter (where account = 'held'), 0) as held,
    coalesce(sum(tokens) filter (where account = 'spent'), 0) as spent,
    coalesce(sum(tokens) filter (where account = 'top_up'), 0) as top_up,
    coalesce(sum(tokens) filter (where account = 'platform_loss'), 0) as platform_loss
  from wallet_entries where boutique_id = %(boutique_id)s
)
select %(boutique_id)s::text as id, to_jsonb(s) as of_the_entries,
  to_jsonb(w) - 'boutique_id' as kept
from sums s
left join wallets w on w.boutique_id = %(boutique_id)s
where (coalesce(w.available, 0), coalesce(w.held, 0), coalesce(w.spent, 0), coalesce(w.top_up, 0),
    coalesce(w.platform_loss, 0))
  <> (s.available, s.held, s.spent, s.top_up, s.platform_loss)
""",
)

TRANSFERS_BALANCE = Check(
    name="transfers_balance",
    says="What a transfer of tokens takes from one account it gives to another.",
    table="wallet_transfers",
    remedy="Tell whoever runs the installation: the ledger itself was changed.",
    sql="""
select t.id::text, t.kind, t.tokens, count(e.account) as entries,
  coalesce(sum(e.tokens), 0) as total
from wallet_transfers t
left join wallet_entries e on e.boutique_id = t.boutique_id and e.transfer_id = t.id
where t.boutique_id = %(boutique_id)s
group by t.id, t.kind, t.tokens
having count(e.account) <> 2 or sum(e.tokens) <> 0 or max(e.tokens) <> t.tokens
""",
)

HOLDS_ARE_THEIR_LEDGER = Check(
    name="holds_are_their_ledger",
    says="A hold has what its entries say, and nothing once it is released.",
    table="wallet_holds",
    remedy="Tell whoever runs the installation: tokens are set aside for nothing.",
    sql="""
with held as (
  select holder, sum(tokens) as tokens from wallet_entries
  where boutique_id = %(boutique_id)s and account = 'held' group by holder
)
select coalesce(h.key, e.holder) as id, coalesce(h.remaining, 0) as remaining,
  coalesce(e.tokens, 0) as of_its_entries, h.released_at is not null as released
from (select * from wallet_holds where boutique_id = %(boutique_id)s) h
full join (select * from held where holder like 'hold:%%') e on e.holder = 'hold:' || h.key
where coalesce(h.remaining, 0) <> coalesce(e.tokens, 0)
  or h.released_at is not null and e.tokens <> 0
union all
select e.holder, 0, e.tokens, null from held e where e.tokens < 0
""",
)

TOP_UPS_ARE_CREDITED = Check(
    name="top_ups_are_credited_once",
    says="A top-up that was paid gave its tokens once, and none that was not paid gave any.",
    table="wallet_top_ups",
    remedy="`dukani wallet show` says what is there; a grant gives what is missing.",
    sql="""
select u.id::text, u.tokens, coalesce(t.tokens, 0) as credited, p.paid
from wallet_top_ups u
left join lateral (
  select sum(t.tokens) as tokens from wallet_transfers t
  where t.boutique_id = u.boutique_id and t.top_up_id = u.id and t.kind = 'top_up'
) t on true
cross join lateral (
  select exists (select from wallet_top_up_steps s where s.boutique_id = u.boutique_id
    and s.top_up_id = u.id and s.step = 'paid') as paid
) p
where u.boutique_id = %(boutique_id)s
  and coalesce(t.tokens, 0) <> case when p.paid then u.tokens else 0 end
""",
)

CONVERSATIONS_ARE_COUNTED = Check(
    name="conversations_are_counted_once",
    says="Each conversation that the assistant answered counts once for the plan.",
    table="chat_sessions",
    remedy="Tell whoever runs the installation, before the month is billed.",
    sql="""
select s.id::text, s.started_at, coalesce(u.entries, 0) as entries
from chat_sessions s
left join lateral (
  select count(*) as entries from usage_entries u
  where u.boutique_id = s.boutique_id and u.session_id = s.id
) u on true
where s.boutique_id = %(boutique_id)s and (s.replied and u.entries <> 1 or u.entries > 1)
""",
)

CHECKS = (
    WALLET_IS_ITS_LEDGER,
    TRANSFERS_BALANCE,
    HOLDS_ARE_THEIR_LEDGER,
    TOP_UPS_ARE_CREDITED,
    CONVERSATIONS_ARE_COUNTED,
)
