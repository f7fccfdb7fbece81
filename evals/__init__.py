"""Question sets and what they measure of the assistant. Measures; never decides."""
