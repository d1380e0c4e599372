"""All SQL, one file a noun: one function a query, connection first, never commits.

Row level security names the boutique, so a query on a tenant's connection need not: new ones
leave it out. Measured with 200 boutiques and 120,000 orders, the policy alone uses every index
that begins with boutique_id, as does `boutique_id = private.current_boutique()` beside it,
which costs 5 to 15 µs a query. Orders, payments, carts, stock and products write it all the
same: on a system connection, where no policy holds, they then find nothing instead of another
boutique's. Inserts always name it; what is asked across boutiques says so in its docstring.
"""
