"""Dukani: every boutique's own sales assistant on WhatsApp."""

# As in pyproject.toml, which an image does not hold; a release is tagged v<version>.
__version__ = "0.1.0"
