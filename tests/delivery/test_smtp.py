"""What a mail server may do, one by one, and what we make of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from tests.builders import NOW, a_message, a_subscription
from tests.delivery.mailserver import CERTIFICATE, Break, Fault, MailServer, mail_server
from tests.patience import MOMENT, PATIENCE

from evtimeline.core.subscriptions import Result
from evtimeline.delivery.contract import MailServer as Settings
from evtimeline.delivery.contract import Outcome, Security
from evtimeline.delivery.smtp import SmtpChannel

TEAM = a_subscription(id=1, token="t")
PLAIN = Settings("127.0.0.1", "news@example.org", security=Security.NONE, timeout=PATIENCE)


@contextmanager
def channel_to(stand: MailServer, **changes: object) -> Iterator[SmtpChannel]:
    channel = SmtpChannel(replace(PLAIN, port=stand.port, **changes))  # type: ignore[arg-type]
    try:
        yield channel
    finally:
        channel.close()


def sent(channel: SmtpChannel, key: str = "alert:1", address: str = TEAM.address, **changes: object) -> Outcome:
    return channel.send(a_message(1, key, **changes), replace(TEAM, address=address), NOW)


def told(*faults: Fault, **changes: object) -> tuple[Outcome, MailServer]:
    """What comes of one mail to a server with these faults."""
    with mail_server(*faults) as stand, channel_to(stand, **changes) as channel:
        return sent(channel), stand


def test_a_mail_that_is_taken_is_sent_and_arrives_as_it_was() -> None:
    outcome, stand = told()
    assert (outcome.result, outcome.reason) == (Result.SENT, "250 taken")
    assert stand.recipients == ["team@example.org"]
    assert stand.taken[0]["Subject"] == "YU7 launch moved 2025-08 → 2025-06-26"
    assert stand.taken[0].get_content() == "小米YU7定档6月26日上市\r\n"


def test_many_mails_share_one_connection() -> None:
    with mail_server() as stand:
        with channel_to(stand) as channel:
            for key in "abc":
                assert sent(channel, key).result is Result.SENT
        assert (stand.connections, len(stand.taken)) == (1, 3)


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "dot"])
@pytest.mark.parametrize(("answer", "result"), [("451 later", Result.RETRY), ("554 never", Result.DEAD)])
def test_a_refusal_counts_at_every_stage_and_its_words_are_kept(stage: str, answer: str, result: Result) -> None:
    outcome, stand = told(Fault(stage, answer))
    assert outcome.result is result
    assert outcome.reason.startswith(answer)
    assert not outcome.outage
    assert stand.taken == []


def test_one_of_three_recipients_who_is_refused_costs_the_others_nothing() -> None:
    with mail_server(Fault("RCPT", "550 no such user", recipient="b@")) as stand:
        with channel_to(stand) as channel:
            results = [sent(channel, one, f"{one}@example.org").result for one in "abc"]
        assert results == [Result.SENT, Result.DEAD, Result.SENT]
        assert stand.recipients == ["a@example.org", "c@example.org"]
        assert stand.connections == 1


@pytest.mark.parametrize("stage", ["greeting", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("silence", list(Break))
def test_silence_before_the_mail_was_sent_is_tried_again(stage: str, silence: Break) -> None:
    outcome, stand = told(Fault(stage, silence), timeout=MOMENT)
    assert (outcome.result, outcome.outage) == (Result.RETRY, True)
    assert stand.taken == []


@pytest.mark.parametrize("stage", ["dot", "taken"])
@pytest.mark.parametrize("silence", list(Break))
def test_silence_after_the_mail_was_sent_is_unknown(stage: str, silence: Break) -> None:
    outcome, stand = told(Fault(stage, silence), timeout=MOMENT)
    assert (outcome.result, outcome.outage) == (Result.UNKNOWN, True)
    assert "no answer after the mail was sent" in outcome.reason
    assert len(stand.taken) == (stage == "taken")


@pytest.mark.parametrize("silence", list(Break))
def test_only_the_answer_to_the_dot_decides_and_quit_never(silence: Break) -> None:
    with mail_server(Fault("QUIT", silence)) as stand, channel_to(stand, timeout=MOMENT) as channel:
        assert sent(channel).result is Result.SENT


def test_a_byte_a_while_is_bounded_as_a_whole() -> None:
    with mail_server() as stand, channel_to(stand, timeout=0.3) as channel:
        stand.slow = 0.05
        outcome = sent(channel)
    assert (outcome.result, outcome.outage) == (Result.RETRY, True)
    assert "no answer within 0.3 s" in outcome.reason


def test_a_connection_that_was_closed_between_two_mails_is_opened_again() -> None:
    with mail_server() as stand, channel_to(stand) as channel:
        assert sent(channel, "a").result is Result.SENT
        stand.faults = [Fault("MAIL", Break.DROP, times=1)]
        assert sent(channel, "b").result is Result.SENT
        stand.faults = [Fault("MAIL", "421 enough for now", times=1)]
        assert sent(channel, "c").result is Result.SENT
        assert (stand.connections, len(stand.taken)) == (3, 3)


def test_a_server_that_closes_for_everybody_is_out_of_order() -> None:
    outcome, _ = told(Fault("greeting", "421 too many connections"))
    assert (outcome.result, outcome.outage) == (Result.RETRY, True)
    assert "421 too many connections" in outcome.reason


def test_a_mail_that_is_too_big_is_not_even_begun() -> None:
    with mail_server(size=1_000) as stand, channel_to(stand) as channel:
        outcome = sent(channel, text="很长" * 2_000)
        assert outcome.result is Result.DEAD
        assert "the server takes 1000" in outcome.reason
        assert sent(channel, "short", text="x").result is Result.SENT


def test_nothing_answers_where_no_server_is() -> None:
    with mail_server() as stand:
        pass
    with channel_to(stand) as channel:
        outcome = sent(channel)
    assert (outcome.result, outcome.outage) == (Result.RETRY, True)
    assert "check smtp.host and smtp.port" in outcome.reason


@pytest.mark.parametrize(("security", "password"), [(Security.STARTTLS, "secret"), (Security.TLS, "")])
def test_mail_goes_encrypted_to_a_server_that_proves_who_it_is(security: Security, password: str) -> None:
    login = {"user": "news", "password": password} if password else {}
    with (
        mail_server(tls=security.value, password=password) as stand,
        channel_to(stand, security=security, ca_file=str(CERTIFICATE), **login) as channel,
    ):
        assert sent(channel).result is Result.SENT
        assert len(stand.taken) == 1


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_bad_certificate_is_told_and_nothing_is_sent(security: Security) -> None:
    with mail_server(tls=security.value) as stand, channel_to(stand, security=security) as channel:
        outcome = sent(channel)
        assert (outcome.result, outcome.outage) == (Result.RETRY, True)
        assert "the certificate of 127.0.0.1" in outcome.reason
        assert stand.taken == []


def test_a_certificate_of_another_name_is_a_bad_one() -> None:
    with mail_server(tls="starttls") as stand:
        changes = {"host": "127.0.0.2", "security": Security.STARTTLS, "ca_file": str(CERTIFICATE)}
        with channel_to(stand, **changes) as channel:
            assert sent(channel).result is Result.RETRY
        assert stand.taken == []


def test_without_starttls_nothing_is_sent_in_the_clear() -> None:
    with mail_server() as stand, channel_to(stand, security=Security.STARTTLS) as channel:
        outcome = sent(channel)
        assert (outcome.result, outcome.outage) == (Result.RETRY, True)
        assert "offers no STARTTLS" in outcome.reason
        assert stand.taken == []


def test_a_wrong_password_keeps_the_mail_and_names_the_cause() -> None:
    with mail_server(tls="starttls", password="secret") as stand:
        login = {"security": Security.STARTTLS, "ca_file": str(CERTIFICATE), "user": "news", "password": "wrong"}
        with channel_to(stand, **login) as channel:
            outcome = sent(channel)
    assert (outcome.result, outcome.outage) == (Result.RETRY, True)
    assert "refuses the user or the password: 535" in outcome.reason


def test_a_server_without_login_is_named() -> None:
    with mail_server() as stand, channel_to(stand, user="news", password="x") as channel:
        assert sent(channel).outage


def test_an_address_that_no_mail_can_have_is_given_up() -> None:
    with mail_server() as stand, channel_to(stand) as channel:
        outcome = sent(channel, address="a@b\r\nBcc: everybody@example.org")
    assert (outcome.result, stand.taken) == (Result.DEAD, [])


def test_lines_that_begin_with_a_dot_arrive_whole() -> None:
    outcome, stand = told()
    assert outcome.result is Result.SENT
    assert b"\r\n.\r\n" not in stand.raw[0]
