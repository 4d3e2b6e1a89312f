"""Mentions of the association, and of bodies it must not be taken for."""
