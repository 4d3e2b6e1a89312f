"""Mentions of municipalities: which one is meant, in what role, and whose text it is."""
