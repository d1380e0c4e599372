"""What every room with an HTTP API of ours shares."""
