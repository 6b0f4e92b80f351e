import pytest

from evtimeline.feeds.addresses import Reach, reach, refusal


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("8.8.8.8", Reach.PUBLIC),
        ("203.0.114.1", Reach.PUBLIC),
        ("2606:4700::1111", Reach.PUBLIC),
        ("127.0.0.1", Reach.LOOPBACK),
        ("127.255.255.254", Reach.LOOPBACK),
        ("::1", Reach.LOOPBACK),
        ("10.1.2.3", Reach.PRIVATE),
        ("172.16.0.1", Reach.PRIVATE),
        ("172.31.255.255", Reach.PRIVATE),
        ("172.32.0.1", Reach.PUBLIC),
        ("192.168.1.1", Reach.PRIVATE),
        ("100.64.0.1", Reach.PRIVATE),
        ("100.127.255.255", Reach.PRIVATE),
        ("100.128.0.1", Reach.PUBLIC),
        ("fd12:3456::1", Reach.PRIVATE),
        ("fec0::1", Reach.PRIVATE),
        ("169.254.169.254", Reach.LINK_LOCAL),
        ("169.254.0.1", Reach.LINK_LOCAL),
        ("100.100.100.200", Reach.LINK_LOCAL),
        ("168.63.129.16", Reach.LINK_LOCAL),
        ("fd00:ec2::254", Reach.LINK_LOCAL),
        ("fe80::1", Reach.LINK_LOCAL),
        ("fe80::1%eth0", Reach.LINK_LOCAL),
        ("0.0.0.0", Reach.RESERVED),
        ("224.0.0.1", Reach.RESERVED),
        ("255.255.255.255", Reach.RESERVED),
        ("192.0.2.1", Reach.RESERVED),
        ("198.18.0.1", Reach.RESERVED),
        ("ff02::1", Reach.RESERVED),
        ("::", Reach.RESERVED),
        ("2001:db8::1", Reach.RESERVED),
        ("4000::1", Reach.RESERVED),
    ],
)
def test_every_kind_of_network_is_known(address: str, where: Reach) -> None:
    assert reach(address) is where


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("::ffff:127.0.0.1", Reach.LOOPBACK),
        ("::ffff:a9fe:a9fe", Reach.LINK_LOCAL),
        ("::127.0.0.1", Reach.LOOPBACK),
        ("::ffff:0:10.0.0.1", Reach.PRIVATE),
        ("64:ff9b::127.0.0.1", Reach.LOOPBACK),
        ("64:ff9b::a9fe:a9fe", Reach.LINK_LOCAL),
        ("64:ff9b::8.8.8.8", Reach.PUBLIC),
        ("64:ff9b:1::8.8.8.8", Reach.PRIVATE),
        ("2002:7f00:1::1", Reach.LOOPBACK),
        ("2002:808:808::1", Reach.PUBLIC),
        ("2001:0:808:808:0:0:80ff:fffe", Reach.LOOPBACK),  # Teredo: the client's address is inverted
    ],
)
def test_an_ipv4_address_inside_an_ipv6_address_is_found(address: str, where: Reach) -> None:
    assert reach(address) is where


def test_a_public_feed_reaches_public_networks_alone() -> None:
    assert refusal("8.8.8.8", private=False) is None
    assert "mark the feed `private: true`" in (refusal("10.0.0.1", private=False) or "")
    assert refusal("127.0.0.1", private=False) is not None


def test_nobody_is_advised_to_follow_a_redirect_into_a_private_network() -> None:
    assert "private: true" not in (refusal("10.0.0.1", private=False, redirected=True) or "private: true")
    assert refusal("10.0.0.1", private=True, redirected=True) is None


def test_a_private_feed_reaches_private_networks_but_no_metadata_service() -> None:
    assert refusal("10.0.0.1", private=True) is None
    assert refusal("127.0.0.1", private=True) is None
    assert refusal("169.254.169.254", private=True) is not None
    assert refusal("224.0.0.1", private=True, link_local=True) is not None


def test_metadata_services_need_the_settings_and_a_private_feed() -> None:
    assert refusal("169.254.169.254", private=True, link_local=True) is None
    assert refusal("169.254.169.254", private=False, link_local=True) is not None


def test_what_is_no_address_is_refused() -> None:
    assert refusal("/run/some.socket", private=True) is not None
