"""Rehearses `docs/runbook.md`: causes each trouble, sees its alert ring, does what is written."""
