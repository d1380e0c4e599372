"""The outside world, on this machine."""
