"""Changes × subscriptions → deliveries (the outbox) → Apprise.

`plan_deliveries` says who is to be told what and when, `compose` writes the message, `deliver_due` sends what is due.
"""

from __future__ import annotations

from zmpwatch.alert.addresses import address_problem, check_address
from zmpwatch.alert.message import Message, compose
from zmpwatch.alert.names import Names
from zmpwatch.alert.outbox import DeliveryReport, deliver_due
from zmpwatch.alert.plan import fingerprint, plan_deliveries
from zmpwatch.alert.send import AppriseSender, Outcome, Sender, SendResult
from zmpwatch.alert.subscriptions import OPERATOR, Subscription

__all__ = [
    "OPERATOR",
    "AppriseSender",
    "DeliveryReport",
    "Message",
    "Names",
    "Outcome",
    "SendResult",
    "Sender",
    "Subscription",
    "address_problem",
    "check_address",
    "compose",
    "deliver_due",
    "fingerprint",
    "plan_deliveries",
]
