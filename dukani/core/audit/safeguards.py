"""The database's own safeguards are still there; asked once for the whole installation."""

from __future__ import annotations

from dukani.core.audit.check import Check

# Table and trigger. `tests/integration/core/audit` holds the list to the migrations.
APPEND_ONLY = (
    ("audit_log", "audit_log_append_only"),
    ("audit_log", "audit_log_never_emptied"),
    ("boutique_plans", "boutique_plans_append_only"),
    ("boutique_plans", "boutique_plans_never_emptied"),
    ("consents", "consents_append_only"),
    ("consents", "consents_never_emptied"),
    ("dispatch_items", "dispatch_items_append_only"),
    ("dispatch_items", "dispatch_items_never_emptied"),
    ("dispatches", "dispatches_append_only"),
    ("dispatches", "dispatches_never_emptied"),
    ("domain_events", "domain_events_append_only"),
    ("domain_events", "domain_events_never_emptied"),
    ("mpesa_test_steps", "mpesa_test_steps_append_only"),
    ("mpesa_tests", "mpesa_tests_append_only"),
    ("refund_items", "refund_items_append_only"),
    ("refund_items", "refund_items_never_emptied"),
    ("refunds", "refunds_append_only"),
    ("refunds", "refunds_never_emptied"),
    ("score_rules", "score_rules_append_only"),
    ("stock_movements", "stock_movements_append_only"),
    ("stock_movements", "stock_movements_never_emptied"),
    ("usage_entries", "usage_entries_append_only"),
    ("usage_entries", "usage_entries_never_emptied"),
    ("wallet_entries", "wallet_entries_append_only"),
    ("wallet_entries", "wallet_entries_never_deleted"),
    ("wallet_entries", "wallet_entries_never_emptied"),
    ("wallet_top_up_steps", "wallet_top_up_steps_append_only"),
    ("wallet_top_up_steps", "wallet_top_up_steps_never_deleted"),
    ("wallet_top_up_steps", "wallet_top_up_steps_never_emptied"),
    ("wallet_top_ups", "wallet_top_ups_append_only"),
    ("wallet_top_ups", "wallet_top_ups_never_deleted"),
    ("wallet_top_ups", "wallet_top_ups_never_emptied"),
    ("wallet_transfers", "wallet_transfers_append_only"),
    ("wallet_transfers", "wallet_transfers_never_deleted"),
    ("wallet_transfers", "wallet_transfers_never_emptied"),
)

APPEND_ONLY_TABLES_ARE_GUARDED = Check(
    name="append_only_tables_are_guarded",
    says="The triggers that keep ledgers append-only are there and switched on.",
    table="pg_trigger",
    remedy="Somebody dropped or disabled it: find out who, and make it again from its migration.",
    sql="""
select n.name as id, n.table_name
from unnest(%(tables)s::text[], %(triggers)s::text[]) n (table_name, name)
where not exists (
  select from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where c.relnamespace = 'public'::regnamespace and c.relname = n.table_name
    and t.tgname = n.name and t.tgenabled in ('O', 'A'))
""",
)

TABLES_ARE_WALLED = Check(
    name="tables_are_walled",
    says="Row level security is on in every table of boutiques.",
    table="pg_class",
    remedy="`alter table … enable row level security`, and find out who switched it off.",
    sql="""
select c.relname as id from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  and not c.relrowsecurity
""",
)

CONSTRAINTS_HOLD = Check(
    name="constraints_hold",
    says="Every constraint and unique index of ours was checked against all rows.",
    table="pg_constraint",
    remedy="Find the rows that break it, mend them, then `validate` it, or `reindex` the index.",
    sql="""
select c.conname as id, c.conrelid::regclass::text as table_name
from pg_constraint c
where c.connamespace = 'public'::regnamespace and not c.convalidated
union all
select x.indexrelid::regclass::text, x.indrelid::regclass::text
from pg_index x join pg_class c on c.oid = x.indrelid
where c.relnamespace = 'public'::regnamespace and x.indisunique and not x.indisvalid
""",
)

CHECKS = (APPEND_ONLY_TABLES_ARE_GUARDED, TABLES_ARE_WALLED, CONSTRAINTS_HOLD)
