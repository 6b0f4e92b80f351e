"""Which network addresses may be fetched from: public ones, private ones when the feed says so, never the rest."""

from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address


class Reach(StrEnum):
    """Where an address lies, as far as fetching is concerned."""

    PUBLIC = "a public network"
    PRIVATE = "a private network"
    LOOPBACK = "this machine"
    LINK_LOCAL = "link-local and metadata services"
    RESERVED = "a network that no feed lives in"


# `ipaddress` answers other questions and its answers change between versions, so the lists are our own:
# IANA's special-purpose registries (RFC 6890 and later), most specific first.
_V4: tuple[tuple[str, Reach], ...] = (
    ("127.0.0.0/8", Reach.LOOPBACK),
    ("10.0.0.0/8", Reach.PRIVATE),
    ("172.16.0.0/12", Reach.PRIVATE),
    ("192.168.0.0/16", Reach.PRIVATE),
    ("100.100.100.200/32", Reach.LINK_LOCAL),  # metadata service of Alibaba Cloud, inside the carrier's space
    ("100.64.0.0/10", Reach.PRIVATE),
    ("169.254.0.0/16", Reach.LINK_LOCAL),
    ("168.63.129.16/32", Reach.LINK_LOCAL),  # metadata service of Azure, outside every reserved range
    ("0.0.0.0/8", Reach.RESERVED),
    ("192.0.0.0/24", Reach.RESERVED),
    ("192.0.2.0/24", Reach.RESERVED),
    ("192.88.99.0/24", Reach.RESERVED),
    ("198.18.0.0/15", Reach.RESERVED),
    ("198.51.100.0/24", Reach.RESERVED),
    ("203.0.113.0/24", Reach.RESERVED),
    ("224.0.0.0/4", Reach.RESERVED),
    ("240.0.0.0/4", Reach.RESERVED),
)
_V6: tuple[tuple[str, Reach], ...] = (
    ("::1/128", Reach.LOOPBACK),
    ("fd00:ec2::254/128", Reach.LINK_LOCAL),  # metadata service of AWS, inside the unique local space
    ("fd20:ce::254/128", Reach.LINK_LOCAL),  # metadata service of Google Cloud
    ("fc00::/7", Reach.PRIVATE),
    ("fec0::/10", Reach.PRIVATE),
    ("fe80::/10", Reach.LINK_LOCAL),
    ("2001:db8::/32", Reach.RESERVED),
    ("2001:2::/48", Reach.RESERVED),
    ("2001:10::/28", Reach.RESERVED),
    ("2001:20::/28", Reach.RESERVED),
    ("3fff::/20", Reach.RESERVED),
    ("2000::/3", Reach.PUBLIC),  # the only space handed out; what is not in it is nobody's
)
_V4_NETWORKS = tuple((IPv4Network(text), reach) for text, reach in _V4)
_V6_NETWORKS = tuple((IPv6Network(text), reach) for text, reach in _V6)
_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")
_COMPATIBLE = IPv6Network("::/96")
_TRANSLATED = IPv6Network("::ffff:0:0:0/96")

_ORDER = (Reach.PUBLIC, Reach.PRIVATE, Reach.LOOPBACK, Reach.LINK_LOCAL, Reach.RESERVED)


def reach(address: str) -> Reach:
    """Where a numeric address (IPv4 or IPv6, a zone index allowed) lies; ValueError when it is not one.

    An IPv6 address that carries an IPv4 one (mapped, compatible, translated, NAT64, 6to4, Teredo) lies where the
    inner address lies, or where the outer lies if that is worse.
    """
    parsed = ip_address(address.split("%", 1)[0])
    if isinstance(parsed, IPv4Address):
        return next((where for network, where in _V4_NETWORKS if parsed in network), Reach.PUBLIC)
    inner = _embedded(parsed)
    if inner:
        return max((reach(str(one)) for one in inner), key=_ORDER.index)
    return next((where for network, where in _V6_NETWORKS if parsed in network), Reach.RESERVED)


def refusal(address: str, *, private: bool, link_local: bool = False, redirected: bool = False) -> str | None:
    """Why a connection to `address` is refused, as a clause that names the remedy; None when it is allowed.

    `private`: the feed is marked as living in a private network; `link_local`: the settings allow link-local and
    metadata addresses besides, for a feed that is so marked. `redirected`: a server has sent us there, on whose word
    nobody should be told to open a private network.
    """
    try:
        where = reach(address)
    except ValueError:
        return f"the address leads to something that is no internet address ({address})"
    if where is Reach.PUBLIC:
        return None
    if where in (Reach.PRIVATE, Reach.LOOPBACK):
        if private:
            return None
        if redirected:
            return f"the feed redirects to {where.value} ({address}), where no public feed may lead us"
        return f"the address leads to {where.value} ({address}): mark the feed `private: true` if that is meant"
    if where is Reach.LINK_LOCAL:
        return None if private and link_local else f"the address leads to {where.value} ({address}), which is refused"
    return f"the address leads to {where.value} ({address})"


def _embedded(address: IPv6Address) -> tuple[Address, ...]:
    """The IPv4 addresses that an IPv6 address stands for."""
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped or address in _NAT64 or address in _TRANSLATED:
        return (low,)
    if address in _NAT64_LOCAL:  # the prefix of a site's own translator: the inner address may be private to it
        return (low, IPv4Address("10.0.0.0"))
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    if address in _COMPATIBLE and int(address) > 1:
        return (low,)
    return ()
