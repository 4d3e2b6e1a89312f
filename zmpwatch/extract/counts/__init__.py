"""How many members the association has."""
