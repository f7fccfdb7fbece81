"""What was measured, as people and machines read it: the terminal, a page, JSON."""
