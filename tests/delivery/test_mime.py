"""Headers that nothing can be smuggled into, and bodies that arrive as they were."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import NOW, a_message, a_subscription

from evtimeline.core.subscriptions import Message
from evtimeline.delivery import mime

TEAM = a_subscription(id=7, token="a+b/c")
SENDER = "news@example.org"
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Id",
    "List-Unsubscribe",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}
HOSTILE = [
    "Plain\r\nBcc: everybody@example.org",
    "x =?utf-8?b?SGkNCkJjYzogYUBiLmM=?= y",
    "NUL \x00 VT \x0b FF \x0c NEL \x85 LS \u2028 PS \u2029",
    "right \u202eto left\u2066 and \u200f marks",
    "lone \ud83d surrogate",
    "long " * 400,
    "长" * 3_000,
    "x" * 3_000,
    "",
    "   ",
    "👩‍👩‍👧‍👦 " * 30,
]


def parsed(message: Message, **changes: object) -> EmailMessage:
    letter = mime.build(message, replace(TEAM, **changes), SENDER)  # type: ignore[arg-type]
    return message_from_bytes(letter, policy=policy.default)


def lines(letter: bytes) -> list[bytes]:
    assert b"\n" not in letter.replace(b"\r\n", b"")
    assert b"\r" not in letter.replace(b"\r\n", b"")
    return letter.split(b"\r\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_subject_becomes_a_header_or_is_lost(text: str) -> None:
    letter = mime.build(a_message(1, subject=text), TEAM, SENDER)
    mail = message_from_bytes(letter, policy=policy.default)
    assert set(mail.keys()) == HEADERS
    assert len(mail.get_all("Subject") or []) == 1
    head = letter.partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 78 for line in lines(head))
    words = re.findall(r"\w+", text.encode("utf-8", "ignore").decode())
    assert not words or str(mail["Subject"]).startswith(words[0][:100])


@given(st.text(max_size=400))
@settings(deadline=None)
def test_a_subject_says_what_it_was_given_less_what_cannot_be_shown(text: str) -> None:
    mail = parsed(a_message(1, subject=text))
    assert set(mail.keys()) == HEADERS
    shown = "".join(one if one.isprintable() else " " for one in mime._BIDI.sub("", text))
    wanted = " ".join(shown.split())
    assert " ".join(str(mail["Subject"]).split()) == (wanted if len(wanted) <= 250 else str(mail["Subject"]).strip())


def test_text_that_looks_like_an_encoded_word_is_shown_as_it_is() -> None:
    assert parsed(a_message(1, subject="a =?utf-8?q?b?= c"))["Subject"] == "a =?utf-8?q?b?= c"


def test_the_headers_are_what_the_standards_ask_for() -> None:
    message = a_message(7, references=("<a@example.org>", "<b@example.org>"))
    letter = mime.build(message, TEAM, SENDER, "https://dates.example.org/app/")
    mail = message_from_bytes(letter, policy=policy.default)
    assert mail["From"] == "evtimeline <news@example.org>"
    assert mail["To"] == "team@example.org"
    assert mail["Date"].datetime == NOW
    assert mail["Message-ID"] == message.message_id
    assert mail["In-Reply-To"] == "<b@example.org>"
    assert str(mail["References"]).split() == ["<a@example.org>", "<b@example.org>"]
    assert mail["List-Id"] == "evtimeline <s7.evtimeline.example.org>"
    assert str(mail["List-Unsubscribe"]).split() == [
        "<mailto:news@example.org?subject=unsubscribe%20a%2Bb%2Fc>,",
        "<https://dates.example.org/app/unsubscribe/a%2Bb%2Fc>",
    ]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_one_click_is_offered_only_where_it_works() -> None:
    for url in (None, "http://dates.example.org"):
        letter = mime.build(a_message(1), TEAM, SENDER, url)
        mail = message_from_bytes(letter, policy=policy.default)
        assert "List-Unsubscribe-Post" not in mail
        assert "http" not in str(mail["List-Unsubscribe"])


def test_a_message_is_the_same_bytes_whenever_it_is_sent() -> None:
    message = a_message(1, html="<p>小米</p>")
    assert mime.build(message, TEAM, SENDER) == mime.build(message, TEAM, SENDER)


def test_text_and_html_arrive_as_alternatives() -> None:
    mail = parsed(a_message(1, text=".\r\n..\n小米\ud83d\n", html="<p>小米 — “YU7”</p>"))
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content() == ".\r\n..\r\n小米?\r\n"
    assert html.get_content() == "<p>小米 — “YU7”</p>"
    assert {part["Content-Transfer-Encoding"] for part in (text, html)} == {"base64"}


def test_an_html_part_that_would_be_clipped_is_left_out() -> None:
    fits, clipped = "长" * 20_000, "长" * 30_000
    assert parsed(a_message(1, html=fits)).is_multipart()
    mail = parsed(a_message(1, html=clipped))
    assert (mail.is_multipart(), mail.get_content_type()) == (False, "text/plain")


def test_long_threads_keep_their_first_and_their_last_messages() -> None:
    told = tuple(f"<{number}@example.org>" for number in range(100))
    kept = str(parsed(a_message(1, references=told))["References"]).split()
    assert (len(kept), kept[0], kept[-1]) == (mime.MOST_REFERENCES, told[0], told[-1])


def test_references_that_are_none_are_left_out() -> None:
    assert parsed(a_message(1, references=("<a@b>\r\nBcc: x@y.z", "nothing")))["References"] is None


def test_a_domain_in_any_script_is_written_in_ascii() -> None:
    assert mime.mailbox("news@例子.example") == "news@xn--fsqu00a.example"


@pytest.mark.parametrize("address", ["小米@example.org", "a b@c.d", "a@b\r\nX: y", "a@b>", "@c.d", "a@", "", "a@b..c​"])
def test_what_is_no_mailbox_is_refused(address: str) -> None:
    with pytest.raises(mime.AddressError):
        mime.mailbox(address)
