"""Events, and what is bound to them: dates, numbers of resolutions, ballots, and what other sentences add."""
