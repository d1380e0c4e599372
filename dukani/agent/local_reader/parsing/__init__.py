"""From a text to its words, the values they give, and the cues they hold."""
