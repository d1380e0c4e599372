"""Dukani: every boutique's own sales assistant on WhatsApp."""
