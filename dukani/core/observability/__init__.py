"""What operators see of a running process; everything is masked first (`masking.py`)."""
