"""Serves the dashboard of owners and staff: plain files that were built from `dashboard/`."""
