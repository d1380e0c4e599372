"""`dukani doctor`: checks settings and connections, and names a remedy for each failure."""
