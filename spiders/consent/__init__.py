"""Finds what a visitor sees of the consent request, and makes a choice as a visitor would."""
