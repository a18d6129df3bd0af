"""The documentation says what the code says."""

import importlib.util
import json
import tomllib
from pathlib import Path

import jsonschema

from auditor.config import Config
from auditor.flags import fields, flag_of

DOCS = Path(__file__).parents[2] / "docs"


def reference():
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_table_and_schema_are_up_to_date():
    made = reference()
    assert made.PAGE.read_text(encoding="utf-8") == made.page(), "run docs/reference.py"
    assert made.SCHEMA.read_text(encoding="utf-8") == made.schema(), "run docs/reference.py"
    assert all(f"`{flag_of(key)}" in made.page() for key, _ in fields() if key != "shop")


def test_the_example_is_valid_for_the_program_and_the_schema():
    text = (DOCS / "configuration.md").read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    data = tomllib.loads(text)
    assert Config.model_validate(data).visits.selected == ("/checkout", "/account/register")
    jsonschema.validate(data, json.loads((DOCS / "schema" / "auditor-toml.json").read_text(encoding="utf-8")))


def test_the_schema_refuses_what_the_program_refuses():
    schema = json.loads((DOCS / "schema" / "auditor-toml.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    wrong = {"crawl": {"max_page": 3}}, {"profile": ["mars"]}, {"crawl": {"max_pages": 0}}
    assert [data for data in wrong if validator.is_valid(data)] == []
