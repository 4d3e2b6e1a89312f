"""What is known of the association before any page was read: counts since 1917 and 53 dated municipalities."""

from zmpwatch.service.knowledge.importing import KNOWLEDGE_SITE, learn

__all__ = ["KNOWLEDGE_SITE", "learn"]
