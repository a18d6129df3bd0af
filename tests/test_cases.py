"""Every rule's cases, and a walk over the registry so that no rule is without them."""

from pathlib import Path

import pytest

from auditor import shelves
from auditor.testing import check_case, read_cases

# Rules are pure: a rule that opens a connection fails its cases.
pytestmark = pytest.mark.disable_socket

CASES = list(read_cases(Path(__file__).parent / "cases"))


@pytest.mark.parametrize(("rule_id", "case"), CASES, ids=[f"{rule}: {case['name']}" for rule, case in CASES])
def test_case(rule_id, case, tmp_path):
    check_case(rule_id, case, tmp_path / "run")


@pytest.mark.parametrize("rule_id", list(shelves.rules()))
def test_rule_has_a_failing_a_passing_and_an_unknown_case(rule_id):
    outcomes = {case["outcome"] for rule, case in CASES if rule == rule_id}
    assert outcomes >= {"fail", "pass", "unknown"}
