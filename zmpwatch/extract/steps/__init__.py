"""Steps of joining and leaving: their words, where they lead, and how far they have come."""
