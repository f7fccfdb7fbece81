"""Documents that are added to the corpus in; how well questions on them are answered out."""
