"""Writes what the documentation takes from the code: run ``.venv/bin/python docs/reference.py`` after changing a key.

``configuration.md`` gets its table of keys, ``schema/auditor-toml.json`` the JSON Schema by which editors complete
``auditor.toml``. A test holds both against the code.
"""

import json
import re
from pathlib import Path

from auditor.config import Config, fields
from auditor.flags import meaning, spelling

DOCS = Path(__file__).parent
PAGE = DOCS / "configuration.md"
SCHEMA = DOCS / "schema" / "auditor-toml.json"
MARKS = ("<!-- keys: written by reference.py -->", "<!-- end of keys -->")


def page() -> str:
    """The page with today's table."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    return f"{before}{MARKS[0]}\n\n{table()}\n\n{MARKS[1]}{after}"


def table() -> str:
    rows = ["| key | flag | default | meaning |", "| --- | --- | --- | --- |"]
    for key, field in fields():
        default = json.dumps(field.default, ensure_ascii=False) if field.default not in ("", ()) else ""
        flag = "the address" if key == "shop" else _code(spelling(key))
        rows.append(f"| {_code(key)} | {flag} | {_code(default)} | {_cell(meaning(field))} |")
    return "\n".join(rows)


def _code(text: str) -> str:
    return f"`{_cell(text)}`" if text else ""


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


def schema() -> str:
    """The JSON Schema of the configuration file."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps({**head, **Config.model_json_schema()}, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")
