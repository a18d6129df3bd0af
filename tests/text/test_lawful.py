"""Lawful clauses are hardly ever alarmed."""

from tests.text.lawful import alarms


def test_at_most_one_lawful_sentence_in_a_hundred_is_alarmed():
    count, told = alarms()
    assert count > 1000
    assert len(told) * 100 <= count, told
