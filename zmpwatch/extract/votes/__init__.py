"""Ballots: how many were for, against, and abstained, and who is against."""
