"""Which channel an address belongs to."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from evtimeline.delivery.mime import AddressError, mailbox
from evtimeline.errors import UsageError

CHANNELS = ("smtp", "webhook", "feishu", "dingtalk", "wecom", "apprise", "file")

_BOT_HOSTS = {
    "open.feishu.cn": "feishu",
    "open.larksuite.com": "feishu",
    "oapi.dingtalk.com": "dingtalk",
    "qyapi.weixin.qq.com": "wecom",
}


def channel_of(address: str, named: Mapping[str, str]) -> str:
    """Name the channel of an address that a person typed; `named` are the channels of the settings and their kinds.

    Raises UsageError with the forms that are understood.
    """
    if address in named:
        return named[address]
    parts = _split(address)
    if parts[0] in ("http", "https"):
        return _BOT_HOSTS.get(parts[1], "webhook")
    if parts[0] == "file" or address.startswith(("/", "./", "~")):
        return "file"
    if parts[0] and "://" in address:
        return "apprise"
    if "@" not in address:
        names = f", or a channel of your settings ({', '.join(named)})" if named else ""
        raise UsageError(
            f"{address!r} is no address: write name@example.org, https://..., file:///folder, an Apprise URL{names}"
        )
    try:
        mailbox(address)
    except AddressError as error:
        raise UsageError(str(error)) from error
    return "smtp"


def _split(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        return parts.scheme.lower(), parts.hostname or ""
    except ValueError:
        return "", ""
