from tests.feeds.documents import parsed, rss, titles

from evtimeline.core.claims import Tier
from evtimeline.core.entries import Entry


def guids(*items: str) -> list[str]:
    return [entry.guid for entry in parsed(rss(*items)).entries]


def one(item: str, **known: object) -> Entry:
    (entry,) = parsed(rss(item), **known).entries
    return entry


def test_an_item_is_known_by_its_id_then_by_its_link() -> None:
    assert guids("<title>x</title><guid>urn:1</guid><link>https://a.example/1</link>") == ["urn:1"]
    assert guids("<title>x</title><link>https://a.example/1</link>") == ["https://a.example/1"]


def test_an_item_with_neither_is_known_by_title_and_date() -> None:
    first, again, later, other = (
        guids("<title>x</title><pubDate>2025-06-01</pubDate>"),
        guids("<title>x</title><pubDate>2025-06-01</pubDate>"),
        guids("<title>x</title><pubDate>2025-06-02</pubDate>"),
        guids("<title>y</title><pubDate>2025-06-01</pubDate>"),
    )
    assert first == again
    assert len({*first, *later, *other}) == 3


def test_a_new_link_or_title_makes_no_new_item() -> None:
    before = guids("<title>x</title><guid>1</guid><link>https://a.example/1?utm=1</link>")
    assert before == guids("<title>x, edited</title><guid>1</guid><link>https://a.example/1?utm=2</link>")


def test_an_item_given_twice_is_kept_once_in_its_newest_form() -> None:
    feed = parsed(
        rss(
            "<title>new</title><guid>1</guid><link>https://a.example/1</link><pubDate>2025-06-02</pubDate>",
            "<title>old</title><guid>1</guid><link>https://a.example/1</link><pubDate>2025-06-01</pubDate>",
        )
    )
    assert titles(feed) == ["new"]


def test_different_items_with_one_careless_id_are_all_kept() -> None:
    feed = parsed(rss(*(f"<title>{n}</title><guid>0</guid><link>https://a.example/{n}</link>" for n in range(3))))
    assert sorted(titles(feed)) == ["0", "1", "2"]
    assert len({entry.guid for entry in feed.entries}) == 3


def test_ids_are_compared_letter_by_letter_and_bounded() -> None:
    ids = ("CaseTwin", "casetwin", "é", "e\u0301", "G" * 100_000)
    found = guids(*(f"<title>x</title><guid isPermaLink='false'>{one}</guid>" for one in ids))
    assert len(set(found)) == len(ids)
    assert max(map(len, found)) <= 500


def test_an_item_that_holds_nothing_is_left_out_and_said_so() -> None:
    feed = parsed(rss("", "<guid></guid><title></title>", "<title>x</title>"))
    assert titles(feed) == ["x"]
    assert feed.warnings == ("2 empty items were left out",)


def test_the_newest_entry_comes_first() -> None:
    feed = parsed(rss(*(f"<title>{day}</title><pubDate>2025-06-0{day}</pubDate>" for day in (1, 3, 2))))
    assert titles(feed) == ["3", "2", "1"]


def test_an_aggregators_item_is_by_the_publisher_that_it_names() -> None:
    entry = one(
        "<title>Xiaomi YU7 goes on sale - Reuters</title><source url='https://www.reuters.com'>Reuters</source>"
        "<description>&lt;a&gt;Xiaomi YU7 goes on sale&lt;/a&gt;&amp;nbsp;&lt;i&gt;Reuters&lt;/i&gt;</description>",
        publisher="Google News",
        tier=Tier.TERTIARY,
    )
    assert (entry.title, entry.summary) == ("Xiaomi YU7 goes on sale", "")
    assert (entry.publisher, entry.tier) == ("Reuters", Tier.SECONDARY)


def test_a_feed_that_names_its_own_house_keeps_its_name() -> None:
    entry = one(
        "<title>x</title><source url='https://www.news.example/'>News of the Example</source>",
        publisher="Example News",
        url="https://rss.news.example/all.xml",
    )
    assert entry.publisher == "Example News"


def test_a_company_that_quotes_the_press_stays_the_company() -> None:
    entry = one(
        "<title>x</title><source url='https://www.reuters.com'>Reuters</source>", publisher="Xiaomi", tier=Tier.PRIMARY
    )
    assert (entry.publisher, entry.tier) == ("Xiaomi", Tier.PRIMARY)


def test_text_that_was_escaped_once_too_often_is_read_all_the_same() -> None:
    assert one("<title>AT&amp;amp;T &amp;#8212; 3 &lt; 4</title>").title == "AT&T — 3 < 4"


def test_title_and_summary_are_bounded() -> None:
    entry = one(f"<title>{'字' * 2000}</title><description>{'x' * 100_000}</description>")
    assert (len(entry.title), len(entry.summary)) == (500, 20_000)


def test_a_summary_that_only_repeats_the_title_is_left_out() -> None:
    assert one("<title>YU7上市</title><description>YU7上市</description>").summary == ""
