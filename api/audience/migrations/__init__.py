"""How the table of opinions came to be, step by step; the server applies what is new on start.

A change of the table is a new file of ``versions``: the next number, a name, and the number before
it as ``down_revision``. A step that has been published is never edited.
"""
