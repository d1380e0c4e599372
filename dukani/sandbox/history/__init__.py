"""A month of the demo's boutiques before today, so that no page is empty.

What was ordered, paid, sent and sold is done by the tools that do it every day, and the assistant's
words are its own; then each act is moved to the hour of the past at which it is to have happened.
"""
