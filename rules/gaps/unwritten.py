"""What of a legal text nobody has written yet: such places say nothing, whatever words stand in them."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import passages_of
from auditor.rules.gaps.dummy_text import dummy_text
from auditor.rules.gaps.placeholder_unfilled import placeholder_unfilled
from auditor.rules.gaps.template_mark_unfilled import template_mark_unfilled


def unwritten(page: LegalPage) -> tuple[tuple[int, int], ...]:
    """Where placeholders, template marks and sample text begin and end, in order; such places may overlap."""
    rules = (placeholder_unfilled, template_mark_unfilled, dummy_text)
    return tuple(sorted((place.start, place.end) for rule in rules for place in passages_of(rule, page)))
