"""From stored statements to beliefs, changes and verdicts: pure functions, time is an argument."""

from zmpwatch.judge.cases import build_case, effective_day
from zmpwatch.judge.changes import case_changes, count_change, evidence_of, quotability, unconfirmed_change
from zmpwatch.judge.count import CountJudgement, CountOutcome, Ground, judge_count
from zmpwatch.judge.decisions import accepted, refused, refused_values, without_refused
from zmpwatch.judge.health import Findings, judge_visit, site_change
from zmpwatch.judge.known import KNOWLEDGE_RULE
from zmpwatch.judge.listed import is_listing, lasting
from zmpwatch.judge.past import (
    LONGEST_SILENCE,
    CountPoint,
    Difference,
    case_at,
    count_at,
    count_line,
    count_points,
    difference,
    status_at,
)
from zmpwatch.judge.readings import Reading, official_readings
from zmpwatch.judge.reconciliation import reconcile, reconciled_since
from zmpwatch.judge.rules import CaseRules, CountRules, HealthRules
from zmpwatch.judge.weighing import corroborates, weigh

__all__ = [
    "KNOWLEDGE_RULE",
    "LONGEST_SILENCE",
    "CaseRules",
    "CountJudgement",
    "CountOutcome",
    "CountPoint",
    "CountRules",
    "Difference",
    "Findings",
    "Ground",
    "HealthRules",
    "Reading",
    "accepted",
    "build_case",
    "case_at",
    "case_changes",
    "corroborates",
    "count_at",
    "count_change",
    "count_line",
    "count_points",
    "difference",
    "effective_day",
    "evidence_of",
    "is_listing",
    "judge_count",
    "judge_visit",
    "lasting",
    "official_readings",
    "quotability",
    "reconcile",
    "reconciled_since",
    "refused",
    "refused_values",
    "site_change",
    "status_at",
    "unconfirmed_change",
    "weigh",
    "without_refused",
]
