"""zmpwatch watches the public web for one question: who belongs to the Związek Miast Polskich, and since when?"""

__version__ = "0.1.0"
