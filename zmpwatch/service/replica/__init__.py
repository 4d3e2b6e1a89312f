"""A small municipal web on loopback, made up for `zmpwatch demo` and for tests.

`Replica` serves fourteen sites at two moments in time; `Receiver` takes the alerts. Every page says that it is demo
data. What the pages state is written down in ``story.yaml``, for the tests alone: no program reads it.
"""

from zmpwatch.service.replica.receiver import Message, Receiver
from zmpwatch.service.replica.server import Replica

__all__ = ["Message", "Receiver", "Replica"]
