"""An owner's list of pieces, from a spreadsheet and back to one.

`core/tables.py` reads the file's cells, `columns` says which field each holds, and `lines` reads a
line (by `prices`, `words`, `spoiled`). `comparing` says what the lines of a piece change of what
there is; `importing` does that in a job, first as a trial that only tells. `exporting` writes lists
that read back as nothing new.
"""
