from evtimeline.feeds.discover import candidates, is_page, usual_places

PAGE = """<!doctype html><html><head><base href="https://cars.example/en/">
<link rel="alternate" type="application/rss+xml" href="comments.xml" title="Comments">
<LINK REL='alternate' TYPE='application/atom+xml; charset=utf-8' HREF='news.atom' TITLE='新闻'>
<link rel="alternate" type="text/html" hreflang="zh" href="/zh">
<link rel="stylesheet" type="application/rss+xml" href="no.xml">
<link rel="alternate" type="application/feed+json" href="javascript:alert(1)">
<link rel="alternate" type="application/rss+xml" href="http://[::1">
</head><body>"""


def test_the_feeds_that_a_page_names_come_first_and_comments_after_news() -> None:
    found = candidates(PAGE.encode(), "text/html; charset=utf-8", "https://cars.example/")
    assert [(one.url, one.title) for one in found[:2]] == [
        ("https://cars.example/en/news.atom", "新闻"),
        ("https://cars.example/en/comments.xml", "Comments"),
    ]
    assert found[2:] == usual_places("https://cars.example/")


def test_the_usual_places_are_few_and_on_the_same_host() -> None:
    places = [one.url for one in usual_places("https://cars.example:8443/deep/page?x=1")]
    assert len(places) <= 8
    assert all(url.startswith("https://cars.example:8443/") for url in places)


def test_a_page_full_of_feeds_does_not_lead_to_a_flood() -> None:
    page = "<html>" + "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{number}">' for number in range(5000)
    )
    assert len(candidates(page.encode(), "", "https://cars.example/")) <= 20


def test_a_page_is_told_from_a_feed() -> None:
    assert is_page(b"\n<!DOCTYPE HTML><html>") and is_page(b"<html lang=zh>")
    assert not is_page(b"<rss><channel>") and not is_page(b"")
