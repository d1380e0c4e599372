"""Holds the graph's nodes, one per file: a node handles its tasks, calls tools and adds facts."""
