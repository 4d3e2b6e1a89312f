"""Papers of councils and of the board: resolutions, drafts, minutes, registers, and what cites them."""
