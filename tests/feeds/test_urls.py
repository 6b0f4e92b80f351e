import pytest

from evtimeline.errors import FetchError
from evtimeline.feeds.urls import has_secret, shown, target


def test_an_address_is_taken_apart() -> None:
    asked = target("https://name:pass%40word@News.Example:8443/a?b=c#d")
    assert asked.url == "https://news.example:8443/a?b=c"
    assert asked.origin == ("https", "news.example", 8443)
    assert asked.credentials == ("name", "pass@word")


def test_a_usual_port_is_the_same_origin_as_none() -> None:
    assert target("https://a.example/").origin == target("https://a.example:443/x").origin
    assert target("http://a.example/").origin != target("https://a.example/").origin


def test_chinese_in_a_path_or_host_is_encoded() -> None:
    assert target("https://例子.example/小米?q=汽车").url == (
        "https://xn--fsqu00a.example/%E5%B0%8F%E7%B1%B3?q=%E6%B1%BD%E8%BD%A6"
    )


def test_what_is_encoded_already_stays() -> None:
    assert target("https://a.example/%E5%B0%8F?x=%20+y").url == "https://a.example/%E5%B0%8F?x=%20+y"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "/etc/passwd",
        "gopher://127.0.0.1/_x",
        "data:text/plain,x",
        "http://",
        "http://[::1",
        "http://a.example:99999/",
        "http://a.example:0/",
        "http://127.0.0.1\\@a.example/",
        "http://a.example/\r\nX-Injected: 1",
        "http://exa mple.org/",
        "http://" + "a" * 5000,
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        target(url)


def test_secrets_are_never_shown() -> None:
    assert shown("https://name:secret@a.example/x") == "https://name:***@a.example/x"
    assert shown("https://a.example/x?token=secret&y=1") == "https://a.example/x?token=***&y=1"
    assert has_secret("https://name:secret@a.example/") and not has_secret("https://a.example/@x")


@pytest.mark.parametrize(
    ("url", "shown_as"),
    [
        ("https://name:se/cr@et#x@a.example/x", "https://name:***@a.example/x"),
        ("https://:secret@a.example/x", "https://:***@a.example/x"),
        ("https://a.example/x?private_token=secret", "https://a.example/x?private_token=***"),
        ("https://a.example/x?a=1&client_secret=s&sig=s", "https://a.example/x?a=1&client_secret=***&sig=***"),
        ("http://127.0.0.1:8000/@name/feed?q=a@b", "http://127.0.0.1:8000/@name/feed?q=a@b"),
        ("https://a.example/x?keywords=car", "https://a.example/x?keywords=car"),
    ],
)
def test_whatever_looks_like_a_secret_is_masked_and_nothing_else(url: str, shown_as: str) -> None:
    assert shown(url) == shown_as


def test_control_characters_of_an_address_are_not_shown() -> None:
    assert "\x1b" not in shown("https://a.example/\x1b[2J")
