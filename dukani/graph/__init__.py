"""Handles the turns of a conversation: dialogue state, LangGraph nodes and the unit of work."""
