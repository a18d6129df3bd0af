"""Clauses that undo the protection that a legal text promises."""
