"""What whoever runs the installation sees and does, across boutiques: `/api/v1/platform`."""
