"""Where the configuration comes from, and what is said of mistakes in it."""

import pytest

from auditor import config
from auditor.config import Config, ConfigError


def build(text, **more):
    with open("auditor.toml", "w", encoding="utf-8") as file:
        file.write(text)
    return config.build(file=config.find(config.Path()), **more)


MISTAKES = {
    "max_pages = 3": "unknown key max_pages; did you mean crawl.max_pages?",
    "[crawl]\nmax_page = 3": "unknown key crawl.max_page; did you mean crawl.max_pages?",
    "[crawl]\nmax-pages = 3": "unknown key crawl.max-pages; did you mean crawl.max_pages?",
    "[visit]\npages = 'all'": "unknown key visit; did you mean [visits]?",
    "zebra = 1": "unknown key zebra; `auditor init` writes a file with every key",
    "[crawl]\nmax_pages = true": "crawl.max_pages must be a whole number from 1 to 1,000,000,000, not true",
    "[crawl]\nmax_pages = 'many'": "crawl.max_pages must be a whole number from 1 to 1,000,000,000, not 'many'",
    "[crawl]\ntimeout = inf": "crawl.timeout must be a number of at least 0, not inf",
    "[crawl]\nrobots = 'perhaps'": "crawl.robots must be true or false, not 'perhaps'",
    "[crawl]\ninclude = '/shop'": 'crawl.include must be a list of texts, such as ["a", "b"], not \'/shop\'',
    "[crawl]\ninclude = [7]": "each item of crawl.include must be a text, not 7",
    "[crawl]\nexclude = ['/a(b']": (
        "crawl.exclude: '/a(b' is not a regular expression: missing ), unterminated subpattern at position 2"
    ),
    "[crawl]\nhosts = ['a b']": "crawl.hosts: 'a b' is not a host name, such as www.shop.example",
    "crawl = 3": "crawl must be a table: [crawl]",
    "profile = ['eu', 'mars']": (
        "each item of profile must be one of eu, de, fr, uk, us-ca, kr, cn, jp, br, qc, not 'mars'"
    ),
    "shop = 3": "shop must be a text, not 3",
    "shop = 'ftp://shop.example'": (
        "shop: 'ftp://shop.example' begins with ftp://; only http:// and https:// can be audited"
    ),
    "[gate]\nfail_on = 'errors'": "gate.fail_on must be one of error, warning, notice, never, not 'errors'",
    "shop = ": "is not TOML: Invalid value (at end of document)",
}


@pytest.mark.parametrize(("text", "said"), MISTAKES.items(), ids=MISTAKES)
def test_a_mistake_in_the_file_is_told_in_one_sentence_with_the_file(here, text, said):
    with pytest.raises(ConfigError) as error:
        build(text)
    assert str(error.value) == f"auditor.toml: {said}"


def test_every_mistake_is_told_at_once(here):
    with pytest.raises(ConfigError) as error:
        build("shap = 'x'\n[crawl]\nmax_pages = 0\n")
    assert "did you mean shop?" in str(error.value)
    assert "crawl.max_pages must be" in str(error.value)


ADDRESSES = {
    "www.shop.example": "https://www.shop.example/",
    " https://shop.example/en?x=1#top ": "https://shop.example/en?x=1",
    "HTTP://Shop.example:8080": "http://Shop.example:8080/",
    "localhost:8000": "http://localhost:8000/",
    "demo.localhost:8000/x": "http://demo.localhost:8000/x",
    "127.0.0.1:8000": "http://127.0.0.1:8000/",
    "http://[::1]:80/": "http://[::1]:80/",
    "http://münchen.example": "http://münchen.example/",
}


@pytest.mark.parametrize(("written", "read"), ADDRESSES.items())
def test_addresses_are_completed(written, read):
    assert Config(shop=written).shop == read


@pytest.mark.parametrize("written", ["https://", "my shop", "http://shop.example:99999/", "http://[::1", "file:///etc"])
def test_what_is_no_address_is_refused(written):
    with pytest.raises(ConfigError, match="shop: "):
        config.build(flags={"shop": written})


def test_credentials_in_the_address_are_refused_and_not_repeated(audit):
    result = audit("run", "https://joe:swordfish@shop.example/")
    assert result.exit_code == 3
    assert "AUDITOR_BASIC_AUTH" in result.stderr
    assert "swordfish" not in result.output


def test_hosts_may_be_written_as_addresses():
    crawl = config.build(flags={"crawl.hosts": ("Shop.example:80", "http://cdn.example/x")}).crawl
    assert crawl.hosts == ("shop.example", "cdn.example")


def test_auditor_toml_comes_before_pyproject(here):
    (here / "pyproject.toml").write_text("[tool.auditor]\nshop = 'https://two.example/'\n")
    assert config.build(file=config.find(here)).shop == "https://two.example/"
    (here / "auditor.toml").write_text("shop = 'https://one.example/'\n")
    assert config.build(file=config.find(here)).shop == "https://one.example/"


def test_a_pyproject_without_our_table_is_none_of_ours(here):
    (here / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert config.find(here) is None


def test_the_command_line_wins_over_the_file(audit, here):
    (here / "auditor.toml").write_text("profile = ['kr']\n[crawl]\nmax_pages = 5\nmax_depth = 7\nexclude = ['/old']\n")
    settings = audit("run", "shop.example", "--max-pages", "9", "--profile", "de,fr", "--exclude", "").shop.config
    assert settings.profile == ("de", "fr")
    assert settings.crawl.max_pages == 9
    assert settings.crawl.max_depth == 7
    assert settings.crawl.exclude == ()


def test_paths_in_a_file_are_relative_to_it(here):
    (here / "ci").mkdir()
    (here / "ci" / "auditor.toml").write_text("[gate]\nbaseline = 'known.json'\n[visits]\nbrowser = 'chromium'\n")
    settings = config.build(file=here / "ci" / "auditor.toml", flags={"gate.waivers": "waivers.toml"})
    assert settings.gate.baseline == str(here / "ci" / "known.json")
    assert settings.gate.waivers == str(here / "waivers.toml")
    assert settings.visits.browser == "chromium"


def test_a_configuration_file_that_is_not_there_is_named(audit):
    result = audit("run", "shop.example", "--config", "else.toml")
    assert (result.exit_code, result.stderr) == (3, "error: else.toml: there is no such file\n")


def test_secrets_are_read_from_the_environment():
    secrets = config.read_secrets(
        {
            "AUDITOR_BASIC_AUTH": "joe:pass:word",
            "AUDITOR_HEADERS": "X-Preview: abc: d\n\nX-Two: 2",
            "AUDITOR_COOKIES": "gate=open=1; seen=yes",
        }
    )
    assert secrets.basic_auth == "joe:pass:word"
    assert secrets.headers == (("X-Preview", "abc: d"), ("X-Two", "2"))
    assert secrets.cookies == (("gate", "open=1"), ("seen", "yes"))
    assert secrets.given() == ["basic_auth", "headers", "cookies"]
    assert "pass" not in repr(secrets)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("AUDITOR_BASIC_AUTH", "mackerel", "AUDITOR_BASIC_AUTH must be user:password"),
        ("AUDITOR_HEADERS", "X: 1\nmackerel", "AUDITOR_HEADERS must be one 'Name: value' a line; entry 2 is not"),
        ("AUDITOR_HEADERS", "X mackerel: 1", "AUDITOR_HEADERS must be one 'Name: value' a line; entry 1 is not"),
        ("AUDITOR_HEADERS", "X: mack\x07erel", "AUDITOR_HEADERS, entry 1, holds characters that cannot be sent"),
        ("AUDITOR_COOKIES", "a=1; mackerel", "AUDITOR_COOKIES must be 'name=value; name2=value2'; entry 2 is not"),
    ],
)
def test_a_malformed_secret_is_named_and_not_repeated(audit, variable, value, said):
    result = audit("run", "shop.example", **{variable: value})
    assert result.exit_code == 3
    assert said in result.stderr
    assert "mack" not in result.output


def test_secrets_are_masked_in_texts_of_others():
    secrets = config.read_secrets({"AUDITOR_BASIC_AUTH": "joe:abcd", "AUDITOR_COOKIES": "a=1; b=longer"})
    text = "joe:abcd am9lOmFiY2Q= abcd a=1 longer 11"
    assert secrets.masked(text) == "… … … … … 11"
