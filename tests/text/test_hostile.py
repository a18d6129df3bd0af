"""Texts made to slow a reader down are read in time that grows with their length."""

import time

import pytest

SIZE = 60_000  # characters; something quadratic takes minutes at this size
TEXTS = {
    "definitions without end": "(, hereinafter ",
    "requests without end": "send email to the ",
    "open brackets": "[name ",
    "open braces": "{{",
    "filler": "x",
    "underscores": "_",
    "labels": "E-mail: ",
    "labels in lines": "<p>E-mail:</p>",
    "empty cells": "<table><tr><td>E-mail</td><td></td></tr></table>",
    "links": "<a href='#'>x</a> ",
    "nesting": "<div>",
    "at signs": "a@",
    "digits": "1 2-",
    "words": "a ",
    "German": "per E-Mail an ",
    "Korean": "은(는) ",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_time_grows_with_length(text, legal_page, told):
    html = f"<html lang='en'><body><main>{text * (SIZE // len(text))}</main></body></html>"
    told(legal_page("<p>warm up</p>"))
    started = time.process_time()
    told(legal_page(html))
    assert time.process_time() - started < 20
