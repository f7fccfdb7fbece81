"""A draft in; the same answer worded by a language model and checked sentence by sentence, out.

Nothing here is imported unless the settings name a model.
"""
