"""Decisions and steps told apart from their matter: in later sentences, by other towns, in notes."""
