"""Members of enumerations by the text that stands in a row: to look one up costs a third of asking its class."""

from __future__ import annotations

from typing import Any

from zmpwatch.model import Authority, EventKind, Purpose, Qualifier, Stage, Verdict

__all__ = ["AUTHORITIES", "EVENTS", "PURPOSES", "QUALIFIERS", "STAGES", "VERDICTS", "Values"]

Values = dict[str, Any]

EVENTS = {str(one): one for one in EventKind}
STAGES = {str(one): one for one in Stage}
QUALIFIERS = {str(one): one for one in Qualifier}
AUTHORITIES = {str(one): one for one in Authority}
PURPOSES = {str(one): one for one in Purpose}
VERDICTS = {str(one): one for one in Verdict}
