"""Labelled sentences in; how many of the false ones a check catches, and of the true ones loses."""
