"""Dates as texts write them, and the days they mean."""
