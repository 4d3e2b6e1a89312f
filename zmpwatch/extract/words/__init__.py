"""Words and patterns: what a text is cut into, what its words may be, and patterns that cost little."""
