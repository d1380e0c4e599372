"""Rules for all acts but edits: questions, payment, addresses, yes and no, commands."""
