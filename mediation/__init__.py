"""Wusong 无讼: case management for people's mediation, from a quarrel to a court-confirmed agreement."""

__version__ = "0.1.0"
