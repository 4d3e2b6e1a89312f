"""Words for undoing what a council has resolved, as parts of patterns."""

from __future__ import annotations

__all__ = ["UNDO", "UNDOING", "UNDO_CUES"]

UNDO_CUES = ("uchyl", "uniewazni", "anulowa", "skasowa")
UNDO = rf"(?:{'|'.join(UNDO_CUES)})\w+"
"""Any form of them: "uchyliła", "uchylono", "uchylenie"."""
UNDOING = r"(?:uchyleni|uniewaznieni|anulowani|skasowani)\w+"
