"""Everything of a boutique as one zip: each table as CSV, and its pictures and media."""
