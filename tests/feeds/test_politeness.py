from evtimeline.feeds.politeness import Lanes


def test_a_host_has_no_more_jobs_out_than_it_may() -> None:
    lanes: Lanes[int] = Lanes(per_host=2)
    for job in range(3):
        lanes.put("a", job)
    out = []
    while taken := lanes.take(0.0):
        lanes.asked(taken[0], 0.0)
        out.append(taken[1])
    assert out == [0, 1]
    lanes.done("a")
    assert lanes.take(0.0) == ("a", 2)
    assert lanes.waiting == 0


def test_a_host_rests_between_two_jobs_while_others_go_on() -> None:
    lanes: Lanes[str] = Lanes(per_host=2)
    lanes.put("a", "first")
    lanes.put("a", "second")
    lanes.put("b", "other")
    assert lanes.take(0.0) == ("a", "first")
    lanes.asked("a", 1.0)
    assert lanes.take(0.0) == ("b", "other")
    lanes.asked("b", 1.0)
    assert lanes.take(0.5) is None
    assert lanes.soonest() == 1.0
    assert lanes.take(1.0) == ("a", "second")


def test_the_next_hop_of_a_redirect_goes_before_what_waits() -> None:
    lanes: Lanes[str] = Lanes(per_host=1)
    lanes.put("a", "waits")
    lanes.put("a", "hop", first=True)
    assert lanes.take(0.0) == ("a", "hop")


def test_hosts_that_have_rested_are_forgotten_and_may_come_again() -> None:
    lanes: Lanes[int] = Lanes(per_host=1)
    for number in range(1_000):
        host = f"host-{number}"
        lanes.put(host, number)
        assert lanes.take(float(number)) == (host, number)
        lanes.asked(host, number + 5.0)
        lanes.done(host)
    assert len(lanes._lanes) < 10
    lanes.put("host-999", 1)
    assert lanes.take(999.0) is None  # it has not rested yet
    assert lanes.take(1004.0) == ("host-999", 1)
