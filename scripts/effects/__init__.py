"""Messages with what comes of them, for `scripts/fit_effects.py`."""
