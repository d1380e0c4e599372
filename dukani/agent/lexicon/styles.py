"""Maps words to styles, search words finer than categories: "raba" → sneakers."""

from __future__ import annotations

from dukani.agent.lexicon.tables import read_table

STYLES: dict[str, str] = {
    word: style for style, words in read_table("styles.toml").items() for word in words.split()
}
