"""Memberships and standings in running text, and the reader that asks all readers of sentences in turn."""
