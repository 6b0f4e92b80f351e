from datetime import timedelta

from sqlalchemy import Engine
from tests.builders import NOW

from evtimeline.store import ailing, feeds
from evtimeline.store.engine import writing
from evtimeline.store.feeds import Failure, Success

DAY, MONTH = timedelta(days=1), timedelta(days=30)


def test_only_feeds_that_fail_or_are_silent_are_ailing(database: Engine) -> None:
    urls = [f"https://example.org/{number}" for number in range(5)]
    with writing(database) as connection:
        _new, failing, daily, monthly, fresh = (one.id for one in feeds.ensure(connection, urls).values())
        feeds.record_failure(connection, failing, Failure("503", NOW), NOW)
        feeds.record_success(connection, daily, Success(NOW, new_entries=1, interval=86_400), NOW)
        feeds.record_success(connection, monthly, Success(NOW, new_entries=1, interval=30 * 86_400), NOW)
        feeds.record_success(connection, fresh, Success(NOW, new_entries=1, interval=86_400), NOW + MONTH - DAY)
        found = ailing.load(connection, NOW + MONTH)
    assert [one.id for one in found.values()] == [failing, daily]
