"""Draws the demo's garments: shapes, cloth and light, no photo copied."""
