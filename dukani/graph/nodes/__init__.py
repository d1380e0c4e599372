"""One node a file; each takes one act, calls one tool, adds facts."""
