"""The nouns every room shares: pieces, a customer's acts, the order being edited. Pure."""
