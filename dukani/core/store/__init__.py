"""All SQL, one file a noun: one function a query, connection first, never commits."""
