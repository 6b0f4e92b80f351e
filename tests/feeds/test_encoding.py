import pytest
from hypothesis import given
from hypothesis import strategies as st

from evtimeline.feeds.encoding import decode

TEXT = "<rss><title>小米汽车二期工厂六月投产，北汽蓝谷与宁德时代合资</title></rss>"
WESTERN = "<rss><title>Žluťoučký kůň, Äpfel und Öl</title></rss>"


def declared(encoding: str, text: str = TEXT) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "gb18030", "big5", "utf-16"])
def test_a_document_in_its_declared_encoding_is_read(encoding: str) -> None:
    text = declared(encoding, "<rss><title>上市</title></rss>")
    assert "上市" in decode(text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_marks_and_zeros_say_what_a_document_is(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).endswith(TEXT)


def test_a_document_that_says_utf_8_and_is_gbk_is_read_as_gbk() -> None:
    assert TEXT in decode(declared("utf-8").encode("gbk"), "text/xml; charset=utf-8")


def test_a_document_that_says_gbk_and_is_utf_8_is_read_as_utf_8() -> None:
    assert TEXT in decode(declared("gbk").encode("utf-8"))


def test_a_document_that_says_utf_8_and_is_western_is_read_as_western() -> None:
    text = "<rss><title>Äpfel, Öl und Übung für Käufer</title></rss>"
    assert text in decode(declared("utf-8", text).encode("latin-1"))


def test_a_broken_letter_does_not_change_the_encoding() -> None:
    broken = decode(TEXT.encode().replace("六".encode(), b"\xe5\x85"))
    assert "小米汽车二期工厂" in broken and "北汽蓝谷" in broken


def test_what_the_server_says_helps_when_the_document_says_nothing() -> None:
    assert TEXT in decode(TEXT.encode("gbk"), "application/rss+xml; charset=GB2312")
    assert "ж" in decode("<rss>ж, ы и всё</rss>".encode("koi8-r"), "text/xml; charset=koi8-r")


@pytest.mark.parametrize("name", ["zlib_codec", "rot13", "unicode_escape", "idna", "undefined", "../../etc/passwd"])
def test_a_codec_that_is_no_encoding_is_never_used(name: str) -> None:
    assert decode(declared(name, "<rss>abc</rss>").encode(), f"text/xml; charset={name}").endswith("<rss>abc</rss>")
    assert "<rss>abc" in decode(declared(name, "<rss>abc").encode() + b"\xff</rss>", f"text/xml; charset={name}")


@given(st.binary(max_size=300), st.text(max_size=50))
def test_any_bytes_become_text(body: bytes, content_type: str) -> None:
    decode(body, content_type)
