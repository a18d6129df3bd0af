"""Which values tell one browser from all others: by their pieces, and by comparing fresh profiles."""

import pytest

from auditor.ledger import likeness, looks_random
from auditor.model import ValueShape

KEY = b"k" * 16
UUIDS = [
    "550e8400-e29b-41d4-a716-446655440000",
    "7d44b1d2-91c1-4a1e-8f7e-0c1d2e3f4a5b",
    "11111111-2222-4333-8444-555555555555",
]


def shape(value):
    return ValueShape.of(value, KEY)


def alike(**profiles):
    """``alike(a=["x", "y"])``: values of profile a, one a visit."""
    return likeness({name: [(i, shape(v)) for i, v in enumerate(values)] for name, values in profiles.items()})


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1",
        "true",
        "dark",
        "en-US",
        "EUR",
        "1700000000",
        "1700000000123",
        "2026-11-25T10:00:00.123Z",
        "20261125103000",
        "20261125T103000Z",
        "1234.5999999046326",
        "1700000000.1700000001",
        "Mozilla Chrome Safari",
        '{"open":true,"at":1700000000123,"took":12.300000190734863}',
    ],
)
def test_words_times_and_measurements_have_no_telling_piece(value):
    assert shape(value).parts == ()


@pytest.mark.parametrize(
    ("value", "piece"),
    [
        (UUIDS[0], UUIDS[0]),
        ("GA1.1.1234567890.1700000000", "1234567890.1700000000"),
        ("fb.1.1700000000000.123456789", "1700000000000.123456789"),
        ("0.8273645123451234", "0.8273645123451234"),
        ("%7B%22id%22%3A%22a1b2c3d4e5%22%7D", "a1b2c3d4e5"),
        ('{"v":"a1b2c3d4e5","t":1700000000000}', "a1b2c3d4e5"),
        ("987654321", "987654321"),
    ],
)
def test_a_piece_has_the_digest_that_it_has_alone(value, piece):
    assert shape(value).parts == (shape(piece).digest,)


def test_values_that_differ_between_fresh_profiles_and_stay():
    assert alike(untouched=[UUIDS[0], UUIDS[0]], rejected=[UUIDS[1]]) == "differs"


def test_one_profile_that_happens_to_draw_no_digits_does_not_hide_the_others():
    assert alike(a=["qwertyuiopa"], b=["k3j4h5g6f7d"], c=["p0o9i8u7y6t"]) == "differs"


def test_equal_values_are_no_identifier_whatever_a_third_profile_says():
    assert alike(a=[UUIDS[0]], b=[UUIDS[0]]) == "same"
    assert alike(a=[UUIDS[0]], b=[UUIDS[0]], c=[UUIDS[1]]) == "same"


def test_values_that_change_with_every_visit():
    assert alike(a=[UUIDS[0], UUIDS[1]], b=[UUIDS[2], "a1b2c3d4e5f6"]) == "rotates"


def test_an_identifier_beside_a_counter_stays():
    values = {
        "a": [f"{UUIDS[0]}.a1b2c3d4", f"{UUIDS[0]}.b2c3d4e5"],
        "b": [f"{UUIDS[1]}.c3d4e5f6", f"{UUIDS[1]}.d4e5f607"],
    }
    assert alike(**values) == "differs"


def test_only_one_profile():
    assert alike(a=[UUIDS[0]]) == "looks"
    assert alike(a=['{"build":"a1b2c3d4e5f60718"}']) == "inside"
    assert alike(a=["1"]) == "none"


@pytest.mark.parametrize(
    "value", [UUIDS[0], "4f9c2b7e1a6d8053", "k3j4h5g6f7d8s9a0p1", "V1StGXR8_Z5jdHi6B-myT9", "987654321012"]
)
def test_looks_random(value):
    assert looks_random(shape(value))


@pytest.mark.parametrize("value", ["dark", "1700000000", "v12.3.4", "product-12345", "iphone15pro", ""])
def test_does_not_look_random(value):
    assert not looks_random(shape(value))
