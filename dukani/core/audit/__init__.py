"""Invariants that must hold whatever was killed meanwhile, asked of the database alone.

A file for each subject: `orders` (money and what was promised for it), `stock`, `debts` (sales in
the shop), `wallet` (tokens, conversations of a plan), `turns`, `sending`, `consent`, `claims` (what
was begun ends), `tenants` (no reference from one boutique to another), `safeguards` (triggers and
walls). `running.audit` asks them all.
"""
