"""All SQL: a file for each noun, a function for each query, connection first; never commits.

Row level security restricts a tenant's connection to its boutique, so new queries do not name the
boutique. Measured with 200 boutiques and 120,000 orders, the policy alone uses every index that
begins with boutique_id, as does `boutique_id = private.current_boutique()` beside it, which costs
5 to 15 µs a query. Queries of orders, payments, carts, stock and products name the boutique all the
same: on a system connection, where no policy applies, they then find nothing instead of another
boutique's rows. Inserts always name the boutique; a query across boutiques says so in its
docstring.
"""
