"""The API of the people of a boutique, under `/api/v1`: a module for each noun.

A handler takes what `access.py` proved of the person, calls one tool or one function of the store,
and answers with the model beside it.
"""
