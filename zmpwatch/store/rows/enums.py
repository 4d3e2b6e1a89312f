"""Members of enumerations by the text that stands in a row: to look one up costs a third of asking its class."""

from __future__ import annotations

from typing import Any

from zmpwatch.model import Authority, DateKind, EventKind, MembershipStatus, Purpose, Qualifier, Stage, Verdict

__all__ = ["AUTHORITIES", "DATE_KINDS", "EVENTS", "PURPOSES", "QUALIFIERS", "STAGES", "STATUSES", "VERDICTS", "Values"]

Values = dict[str, Any]

DATE_KINDS = {str(one): one for one in DateKind} | {None: DateKind.ON}
"""Of a step without a date nothing is said."""
EVENTS = {str(one): one for one in EventKind}
STAGES = {str(one): one for one in Stage}
STATUSES = {str(one): one for one in MembershipStatus}
QUALIFIERS = {str(one): one for one in Qualifier}
AUTHORITIES = {str(one): one for one in Authority}
PURPOSES = {str(one): one for one in Purpose}
VERDICTS = {str(one): one for one in Verdict}
