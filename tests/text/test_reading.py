"""``auditor text``: one text read without a shop, and where in the source each finding stands."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from auditor import shelves
from auditor.cli import main
from auditor.reading import Reading
from auditor.texts import as_data

PAGE = """<!doctype html><html lang="en"><head><title>Privacy policy</title><style>p { color: red }</style></head>
<body><!-- please send an e-mail to. --><script>let text = "please send an e-mail to.";</script>
<h1>Privacy policy</h1><p>We, Fernhill Supply Ltd&nbsp;&amp; Co, use your data to send what you order.</p>
<p>Write to <span data-cfemail="5b2b29322d3a38221b282f3a29762833342b753e2e">[email&#160;protected]</span> at any time.</p>
<p>If something is unclear, please   send
an e&#45;mail to.</p><p>The controller is <b>[Company&nbsp;Name]</b>.</p></body></html>"""
TEXT = "Privacy policy\n\n  The controller is [Company   Name].\r\n\tIf unclear, please send an e-mail to.\n"


def run(*arguments, source=None):
    return CliRunner().invoke(main, ["text", *map(str, arguments)], input=source)


def found(source, **known):
    data = as_data(Reading(source, **known), list(shelves.rules().values()))
    return {(one["rule"], source[one["start"] : one["end"]]) for one in data["findings"]}


def test_places_are_those_of_the_html_as_given():
    assert found(PAGE) >= {
        ("contact-missing", "send\nan e&#45;mail to."),
        ("placeholder-unfilled", "[Company&nbsp;Name]"),
    }


def test_places_are_those_of_the_text_as_given():
    assert found(TEXT) >= {
        ("placeholder-unfilled", "[Company   Name]"),
        ("contact-missing", "send an e-mail to."),
    }


def test_the_quote_is_on_one_line():
    data = as_data(Reading(TEXT), list(shelves.rules().values()))
    assert "[Company Name]" in {one["quote"] for one in data["findings"]}


@pytest.mark.parametrize("source", ["", " \n", "<", "<p", "&", "<p>&#0;</p>", "\x00", "<!--", "a<b", "﻿x"])
def test_any_source_can_be_read(source):
    assert as_data(Reading(source), list(shelves.rules().values()))["findings"] == []


def test_a_language_that_rules_do_not_know_is_told():
    text = "Wij verwerken uw persoonsgegevens om uw bestelling te leveren en bewaren de facturen zeven jaar. " * 3
    unknown = as_data(Reading(text), list(shelves.rules().values()))["unknown"]
    assert {"rule": "contact-missing", "reason": "the text's language is nl, which this rule does not know"} in unknown


def test_people_see_the_place_in_its_context(tmp_path):
    (tmp_path / "privacy.txt").write_text(TEXT, encoding="utf-8", newline="")
    result = run(tmp_path / "privacy.txt", "--rule", "placeholder-unfilled")
    assert result.exit_code == 1
    assert "3:21 error placeholder-unfilled" in result.stdout
    assert "The controller is ⟦[Company Name]⟧" in result.stdout


def test_a_text_without_faults_passes(tmp_path):
    (tmp_path / "privacy.txt").write_text("Write to privacy@fernhill-supply.shop.", encoding="utf-8")
    assert run(tmp_path / "privacy.txt", "--rule", "contact-missing").exit_code == 0


def test_standard_input():
    result = run("-", "--format", "jsonl", "--rule", "contact-missing", source="Please send an e-mail to.")
    assert json.loads(result.stdout)["findings"] == [
        {
            "rule": "contact-missing",
            "start": 7,
            "end": 25,
            "quote": "send an e-mail to.",
            "slot": "e-mail",
            "confidence": "medium",
        }
    ]


def test_lines_in_lines_out(tmp_path):
    asked = [
        {"id": "a", "text": "Please send an e-mail to."},
        {"id": "b", "html": "<p>Tel.:</p>", "kind": "imprint", "lang": "de-DE"},
        {"text": "Schreiben Sie uns eine E-Mail.", "lang": "de"},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, asked)) + "\n\n", encoding="utf-8")
    result = run("--jsonl-input", tmp_path / "in.jsonl", "--format", "jsonl", "--rule", "contact-missing")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [(one["id"], [f["quote"] for f in one["findings"]]) for one in told] == [
        ("a", ["send an e-mail to."]),
        ("b", ["Tel.:"]),
        ("line 3", []),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1 is no JSON"),
        ("[]", 'line 1: an object with "html" or "text" is wanted'),
        ('{"text": "x", "kind": "privat"}', "line 1: kind “privat” is none of privacy"),
    ],
)
def test_bad_lines(tmp_path, line, said):
    (tmp_path / "in.jsonl").write_text(line, encoding="utf-8")
    result = run("--jsonl-input", tmp_path / "in.jsonl")
    assert (result.exit_code, said in result.stderr) == (3, True), result.stderr


@pytest.mark.parametrize("arguments", [(), ("nowhere.html",), ("--kind", "privat", "-"), ("http://127.0.0.1:9/",)])
def test_wrong_usage(arguments):
    result = run(*arguments, source="x")
    assert result.exit_code == 3
    assert "Traceback" not in result.stderr


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/old":
            self.send_response(301)
            self.send_header("Location", "/privacy")
            self.end_headers()
            return
        self.send_response(200 if self.path == "/privacy" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-16")
        self.end_headers()
        self.wfile.write(PAGE.encode("utf-16"))

    def log_message(self, *_):
        pass


@pytest.fixture
def shop():
    with ThreadingHTTPServer(("127.0.0.1", 0), Shop) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_address(shop):
    result = run(f"{shop}/old", "--rule", "placeholder-unfilled")
    assert result.exit_code == 1
    assert "⟦[Company Name]⟧" in result.stdout


def test_an_address_that_is_not_there(shop):
    result = run(f"{shop}/gone")
    assert (result.exit_code, "404" in result.stderr) == (3, True)


def test_the_text_cannot_command_the_terminal(tmp_path):
    (tmp_path / "x.txt").write_text("\x1b[31mPlease\u202e send an e-mail to.\x07", encoding="utf-8")
    result = run(tmp_path / "x.txt")
    assert not {"\x1b", "\u202e", "\x07"} & set(result.stdout)
