"""Building the local eye's model from packaged weights and photos."""
