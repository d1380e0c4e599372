"""A boutique's figures by its own days.

`counting` counts them from the rows themselves. `days` writes the days that are over (a job does),
and says which days are written. `reading` reads any days: written ones from a row a day, the others
by counting, so that what is shown equals the rows at every moment.
"""
