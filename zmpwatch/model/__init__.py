"""The words of the house: frozen dataclasses and enums that all packages share."""

from zmpwatch.model.association import Association
from zmpwatch.model.belief import (
    Belief,
    Case,
    CaseEvent,
    CountBelief,
    CountState,
    CountVersion,
    Decision,
    MembershipStatus,
    Overruled,
    StatedCount,
)
from zmpwatch.model.change import Change, ChangeKind, Evidence, Reconciliation
from zmpwatch.model.delivery import Delivery, DeliveryState
from zmpwatch.model.memory import KnownFeed, KnownOrigin, Pending, SiteMemory
from zmpwatch.model.municipality import Municipality, MunicipalityKind
from zmpwatch.model.page import Block, BlockKind, Context, KnownPage, Page, Text
from zmpwatch.model.statement import (
    Authority,
    CountStatement,
    EventKind,
    MembershipStatement,
    Qualifier,
    Sighting,
    Source,
    Stage,
    Statement,
    StoredStatement,
    Votes,
)
from zmpwatch.model.visit import Failure, FailureKind, Purpose, Site, Verdict, Visit, VisitReport

__all__ = [
    "Association",
    "Authority",
    "Belief",
    "Block",
    "BlockKind",
    "Case",
    "CaseEvent",
    "Change",
    "ChangeKind",
    "Context",
    "CountBelief",
    "CountState",
    "CountStatement",
    "CountVersion",
    "Decision",
    "Delivery",
    "DeliveryState",
    "EventKind",
    "Evidence",
    "Failure",
    "FailureKind",
    "KnownFeed",
    "KnownOrigin",
    "KnownPage",
    "MembershipStatement",
    "MembershipStatus",
    "Municipality",
    "MunicipalityKind",
    "Overruled",
    "Page",
    "Pending",
    "Purpose",
    "Qualifier",
    "Reconciliation",
    "Sighting",
    "Site",
    "SiteMemory",
    "Source",
    "Stage",
    "StatedCount",
    "Statement",
    "StoredStatement",
    "Text",
    "Verdict",
    "Visit",
    "VisitReport",
    "Votes",
]
