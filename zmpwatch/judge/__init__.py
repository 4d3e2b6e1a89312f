"""From stored statements to beliefs, changes and verdicts: pure functions, time is an argument."""

from zmpwatch.judge.cases import build_case, effective_day
from zmpwatch.judge.changes import case_changes, count_change, evidence_of, reconcile, unconfirmed_change
from zmpwatch.judge.count import CountJudgement, CountOutcome, Ground, Reading, judge_count, official_readings
from zmpwatch.judge.health import Findings, judge_visit, site_change
from zmpwatch.judge.rules import CaseRules, CountRules, HealthRules

__all__ = [
    "CaseRules",
    "CountJudgement",
    "CountOutcome",
    "CountRules",
    "Findings",
    "Ground",
    "HealthRules",
    "Reading",
    "build_case",
    "case_changes",
    "count_change",
    "effective_day",
    "evidence_of",
    "judge_count",
    "judge_visit",
    "official_readings",
    "reconcile",
    "site_change",
    "unconfirmed_change",
]
