"""Turns resolved edits into order lines, open questions, a quote and a placed order."""
