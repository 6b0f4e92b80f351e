"""A thousand feeds on this machine: `python -m bench.newsstand FEEDS MILESTONES` prints its port and serves.

Each feed holds thirty entries, RSS and Atom, Chinese and English in turn, and answers honestly whether it has changed.
`GET /publish` gives every feed one entry more, in place of its oldest.
"""

import asyncio
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from html import escape

ENTRIES = 30
NAMED = 0.02  # share of the entries that name a milestone
BEGIN = datetime(2026, 1, 10, 12, tzinfo=UTC)
SENTENCES = {
    "zh": (
        *("公司表示，市场需求持续回暖，产品结构进一步优化。", "分析人士认为，行业竞争仍将加剧，价格压力短期难以缓解。"),
        *("据介绍，该区域近年来引进项目百余个，带动就业逾万人。", "会上，有关负责人介绍了下一阶段的工作安排。"),
        *("记者注意到，多家企业已于6月公布扩产计划。", "股价收盘上涨3.2%，成交额超过20亿元。"),
    ),
    "en": (
        "Demand has recovered since spring, the company said, though prices remain under pressure. ",
        "Analysts expect margins to narrow in the second half as competitors add capacity. ",
        "The region has drawn more than a hundred projects in recent years, officials said on Tuesday. ",
        "Exports rose 12.4% in the first quarter of 2025 from a year earlier, customs data showed. ",
    ),
}
_NAMES = {
    "zh": ("恒川", "云岭", "北麓", "晨曦", "海晏", "南屏", "启明", "东湖", "西岭", "天枢"),
    "en": ("Harrow", "Kestrel", "Linden", "Marlow", "Norwick", "Redfern", "Selby"),
}
_TRADES = {"zh": ("电池", "汽车", "机器人", "航天", "光伏"), "en": ("Battery", "Motors", "Robotics", "Energy")}
_EVENTS = {"zh": ("工厂投产", "新车上市", "量产"), "en": ("plant opening", "launch")}
_MOVED = {"zh": "推迟至8月", "en": " delayed to August"}


def title_of(number: int) -> tuple[str, str]:
    """The language and the title of a milestone; every number has another title."""
    language = "zh" if number % 2 else "en"
    names, trades, events = _NAMES[language], _TRADES[language], _EVENTS[language]
    model = f"{chr(65 + number % 26)}{chr(65 + number // 26 % 26)}{number // 676 + 1}"
    place = number // 2
    words = (names[place % len(names)], trades[place % len(trades)], model, events[place % len(events)])
    return language, ("" if language == "zh" else " ").join(words)


@lru_cache(maxsize=4096)
def document(feed: int, published: int, milestones: int) -> bytes:
    """A feed after so many of its entries have been published."""
    numbers = range(published - 1, published - 1 - ENTRIES, -1)
    entries = [_entry(feed, number, milestones) for number in numbers]
    return _atom(feed, entries) if feed % 2 else _rss(feed, entries)


def _entry(feed: int, number: int, milestones: int) -> dict[str, str]:
    chance = random.Random(f"{feed}/{number}")
    language = "zh" if feed % 4 < 2 else "en"
    title = chance.choice(SENTENCES[language]).strip()
    if chance.random() < NAMED:
        named = 2 * chance.randrange(max(1, milestones // 2)) + (language == "zh")
        title = title_of(named)[1] + _MOVED[language]
    text = "".join(f"<p>{chance.choice(SENTENCES[language])}</p>" for _ in range(chance.randint(6, 14)))
    when = BEGIN + timedelta(minutes=37 * (number - ENTRIES) + feed % 30)
    return {
        "id": f"tag:news.example,2026:{feed}/{number}",
        "title": escape(title),
        "link": f"https://news.example/{feed}/story-{number}.html?from=rss",
        "body": escape(f'{text}<p><a href="/more/{number}">…</a><img src="/{number}.jpg" alt=""></p>'),
        "mail": format_datetime(when),
        "iso": when.isoformat(),
    }


def _rss(feed: int, entries: list[dict[str, str]]) -> bytes:
    item = (
        "<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{id}</guid>"
        "<pubDate>{mail}</pubDate><category>news</category><description>{body}</description></item>\n"
    )
    items = "".join(item.format(**entry) for entry in entries)
    head = f"<title>Feed {feed}</title><link>https://news.example/</link><description>News</description>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def _atom(feed: int, entries: list[dict[str, str]]) -> bytes:
    item = (
        "<entry><id>{id}</id><title>{title}</title><link href='{link}'/><updated>{iso}</updated>"
        "<published>{iso}</published><author><name>A</name></author><content type='html'>{body}</content></entry>\n"
    )
    items = "".join(item.format(**entry) for entry in entries)
    head = f"<id>urn:feed:{feed}</id><title>Feed {feed}</title><updated>{entries[0]['iso']}</updated>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{items}</feed>'.encode()


class _Stand(asyncio.Protocol):
    """One connection; it is kept open from request to request."""

    published = ENTRIES
    milestones = 1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._received = transport, b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head, self._received = self._received[:end], self._received[end + 4 :]
            self._transport.writelines(self._answer(head))

    def _answer(self, head: bytes) -> Iterator[bytes]:
        path = head.split(b" ", 2)[1].decode()
        if path == "/publish":
            _Stand.published += 1
            yield b"HTTP/1.1 204 No Content\r\n\r\n"
            return
        tag = f'"{self.published}"'.encode()
        if b"if-none-match: " + tag in head.lower():
            yield b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"
            return
        body = document(int(path.rpartition("/")[2]), self.published, self.milestones)
        yield b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nETag: " + tag
        yield b"\r\nContent-Length: %d\r\n\r\n" % len(body)
        yield body


async def _serve(feeds: int, milestones: int) -> None:
    _Stand.milestones = milestones
    for feed in range(feeds):  # made beforehand: what is measured is who reads, not who writes
        document(feed, ENTRIES, milestones), document(feed, ENTRIES + 1, milestones)
    server = await asyncio.get_running_loop().create_server(_Stand, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2])))
