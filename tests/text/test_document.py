"""How a page is read: text with positions, what stands in it, and what is the page's frame."""

import pytest

from auditor.document import OBJECT, from_text, protected_email, read

URL = "https://www.fernhill-supply.shop/privacy"
PROSE = "We use your personal data to process your order and to answer your questions, and for nothing else at all."


def texts(html: str, part: str | None = None) -> list[str]:
    document = read(html, URL)
    return [document.of(block) for block in document.blocks if part in (None, block.part)]


def test_white_space_is_folded_and_blocks_are_lines():
    assert texts("<p>One\n  <b>two</b>&nbsp;three</p><p> </p><div>four<p>five</div>") == [
        "One two three",
        "four",
        "five",
    ]


def test_a_line_break_begins_a_line_of_the_same_element():
    document = read("<p>One<br>two<br/><br/>three</p>", URL)
    assert [(document.of(block), block.continued) for block in document.blocks] == [
        ("One", False),
        ("two", True),
        ("three", True),
    ]


def test_preformatted_text_keeps_its_lines():
    assert texts("<pre>One\n two\n\nthree</pre>") == ["One", "two", "three"]


def test_inline_elements_do_not_part_words():
    assert texts("<p>priv<b>acy</b>@<i>x</i>.shop <span>and</span><span>so</span></p>") == ["privacy@x.shop andso"]


def test_broken_markup_is_read_as_far_as_it_goes():
    assert texts("<ul><li>One<li>two</ul><table><tr><td>three<td>four</table><p>five<p>six <a href='x") == [
        "One", "two", "three", "four", "five", "six",
    ]  # fmt: skip


def test_deep_nesting_does_no_harm():
    assert texts("<div>" * 3000 + "One" + "<font>" * 3000 + " two") == ["One two"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>x</script>", "<style>x</style>", "<template>x</template>", "<noscript>x</noscript>", "<!-- x -->", "<p hidden>x</p>",
        "<div style='display: none'>x</div>", "<span style='visibility:hidden'>x</span>", "<dialog>x</dialog>", "<input type=hidden value=x>",
        "<img src=x.gif width=1 height=1>", "<svg><title>x</title></svg>",
    ],
)  # fmt: skip
def test_what_nobody_sees_is_left_out(unseen):
    assert texts(f"<p>One {unseen} two</p>") in (["One two"], ["One", "two"])


def test_folded_tabs_are_a_click_away_and_count():
    assert texts(
        "<div role='tabpanel' hidden><p>Terms</p></div><div class='accordion-body' style='display:none'>More</div>"
    ) == ["Terms", "More"]


def test_links_and_anchors_have_places():
    document = read(
        "<p id=top>See <a href='/terms'>our terms</a>, <a name=x></a>or <a href='mailto:a@b.shop'></a>.</p>", URL
    )
    links = [(document.text[span.start : span.end], span.target) for span in document.spans if span.kind == "link"]
    assert links == [("our terms", "/terms"), ("", "mailto:a@b.shop")]
    assert document.text[document.spans[1].start :].strip() == "."
    assert document.anchors == {"top", "x"}


def test_pictures_and_controls_are_one_character():
    document = read(
        "<p>Mail: <img src=m.png alt='a@b.shop'> <input type=email placeholder=you> <button>Go</button></p>", URL
    )
    assert document.text == f"Mail: {OBJECT} {OBJECT} {OBJECT}\n"
    assert [(span.kind, span.target, span.text) for span in document.spans] == [
        ("image", "m.png", "a@b.shop"),
        ("control", "email", "you"),
        ("control", "button", "Go"),
    ]


def test_protected_addresses_are_decoded():
    html = "<p>Mail <a href='/cdn-cgi/l/email-protection' class='__cf_email__' data-cfemail='5b2b1b3975283334 2b'>[email&#160;protected]</a></p>"
    document = read(html.replace(" 2b", "2b"), URL)
    assert document.text == "Mail p@b.shop\n"
    assert protected_email("zz") is None
    assert protected_email("5b2b") is None


def test_empty_cells_and_definitions_are_kept():
    document = read("<table><tr><th>Phone</th><td></td></tr></table><dl><dt>Mail</dt><dd> </dd></dl>", URL)
    assert [(block.kind, document.of(block)) for block in document.blocks] == [
        ("cell", "Phone"),
        ("cell", ""),
        ("term", "Mail"),
        ("cell", ""),
    ]
    assert document.blocks[0].row == document.blocks[1].row > 0


def test_paths_lead_to_the_element():
    document = read(
        "<body><div><p>One</p><p>two</p></div><div id='legal'><ul><li>x</li><li>three</li></ul></div></body>", URL
    )
    assert [block.path for block in document.blocks] == [
        "body > div > p", "body > div > p:nth-of-type(2)", "#legal > ul > li", "#legal > ul > li:nth-of-type(2)",
    ]  # fmt: skip


def test_code_is_marked():
    document = read("<p>Use <code>{{x}}</code> here</p>", URL)
    assert [document.text[span.start : span.end] for span in document.spans_in(0, 99, "code")] == ["{{x}}"]


def test_the_frame_is_told_by_markup():
    html = f"<header>Logo</header><nav>Menu</nav><main><h1>Privacy</h1><p>{PROSE}</p></main><aside>Offer</aside><footer>Imprint</footer>"
    assert texts(html, "frame") == ["Logo", "Menu", "Offer", "Imprint"]
    assert texts(html, "main") == ["Privacy", PROSE]


def test_the_frame_is_told_by_names_and_by_where_the_prose_is():
    html = f"""<div class='topbar'>Login</div><div>Cart</div><div class='cookie-banner'><p>{PROSE}</p></div>
    <div class='page sidebar-right'><h1>Privacy</h1><p>{PROSE}</p><p>{PROSE}</p><p>Short.</p></div><div>Payments</div><div id='footer'>x</div>"""
    assert texts(html, "frame") == ["Login", PROSE, "x"]
    assert texts(html, "outer") == ["Cart", "Payments"]
    assert texts(html, "main") == ["Privacy", PROSE, PROSE, "Short."]


def test_an_articles_own_header_and_footer_belong_to_it():
    html = f"<main><article><header><h1>Privacy</h1></header><p>{PROSE}</p><footer>Last updated: 2026</footer></article></main>"
    assert texts(html, "frame") == []


def test_text_is_never_lost_to_the_frame():
    html = f"<div class='sidebar'><h1>Privacy</h1><p>{PROSE}</p><p>{PROSE}</p></div>"
    assert texts(html, "main") == ["Privacy", PROSE, PROSE]
    everything = f"<header><h1>Privacy</h1><p>{PROSE}</p><p>{PROSE}</p></header>"
    assert texts(everything, "main") == ["Privacy", PROSE, PROSE]


def test_embedded_pages_are_told():
    assert read("<main><iframe src='https://policies.shop/1'></iframe></main>", URL).frames == (
        "https://policies.shop/1",
    )


def test_plain_text_has_lines():
    document = from_text("One\n\ntwo  words\n")
    assert [document.of(block) for block in document.blocks] == ["One", "two words"]
    assert [block.path for block in document.blocks] == ["line 1", "line 3"]
