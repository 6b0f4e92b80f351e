from evtimeline.store.failures import PASSING, POSTGRESQL_SENTENCES, POSTGRESQL_STATES, SQLITE_SENTENCES


def test_every_failure_that_passes_is_one_that_is_recognised() -> None:
    signs = {sign for sign, _ in (*SQLITE_SENTENCES, *POSTGRESQL_SENTENCES)}
    assert signs | POSTGRESQL_STATES.keys() >= PASSING
