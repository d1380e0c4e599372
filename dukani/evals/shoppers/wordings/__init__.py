"""Templates of what shoppers write, apart from the assistant's own lexicon."""
