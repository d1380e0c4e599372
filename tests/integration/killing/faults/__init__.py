"""Faults of every kind during sales and a campaign, and what the audit finds afterwards."""
