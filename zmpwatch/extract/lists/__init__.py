"""Facts told by layout: lists of members and of organisations, cards, labels over names."""
