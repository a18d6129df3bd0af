"""What a report gets: the run with its results and the gate's verdict, ready to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from auditor.model import Result, record
from auditor.shelves import Rule
from auditor.site import Site

Standing = Literal["new", "known", "waived"]


@record
class Verdict:
    """What the gate says. ``exit_code`` is 0, 1 or 2 (DESIGN: exit codes)."""

    exit_code: int
    headline: str  # one sentence
    reasons: tuple[str, ...] = ()  # why, a sentence each
    standing: Mapping[str, Standing] = field(default_factory=dict)  # fingerprint -> new | known | waived


@record
class View:
    """Everything that a report may tell."""

    site: Site
    rules: Mapping[str, Rule]  # those that ran, by id
    results: tuple[Result, ...]
    verdict: Verdict
