"""The register of municipalities: a name in any grammatical case → a municipality, or "ambiguous", or nothing.

>>> from zmpwatch.register import Found, load_register
>>> load_register().lookup("Radzynia Podlaskiego", prefer_town=True)
Found(municipality=Municipality(teryt='0615011', name='Radzyń Podlaski', ...))
"""

from zmpwatch.register.answer import Ambiguous, Answer, Found, NotFound
from zmpwatch.register.associations import load_association
from zmpwatch.register.gazetteer import Register, load_register
from zmpwatch.register.hosts import Websites

__all__ = ["Ambiguous", "Answer", "Found", "NotFound", "Register", "Websites", "load_association", "load_register"]
