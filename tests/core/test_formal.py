"""What news leaves of formal names, and what happens to what bears them."""

import pytest
from tests.core.watched import found, watching

from evtimeline.core.deriving import derive
from evtimeline.core.milestones import Milestone
from evtimeline.lexicons import load


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("广州期货交易所开市", {"广期所", "广州交易所"}),
        ("Lisbon Stock Exchange opens", {"Lisbon bourse", "Lisbon exchange"}),
        ("国家护理津贴开放申领", {"护理津贴"}),
        ("灵活就业养老金制度全面实施", {"灵活就业养老金"}),
        ("Nancy Roman Space Telescope launch", {"Nancy Roman", "Roman telescope"}),
        ("Sainte-Marie de Lyon reopening", {"Sainte-Marie"}),
        ("北湖手机版墨图系统发布", {"北湖墨图系统"}),
        ("北湖核污染水开始排海", {"北湖核污水", "北湖核废水"}),
        ("Orbita commercial spaceflight service start", {"Orbita commercial space flight service"}),
    ],
)
def test_a_formal_name_is_told_by_what_news_leaves_of_it(title: str, called: set[str]) -> None:
    assert called <= set(derive({"en" if title.isascii() else "zh": title}, load()).names.names)


@pytest.mark.parametrize(
    ("title", "never"),
    [
        ("Lisbon Stock Exchange opens", "Stock Exchange"),
        ("国家植物馆开馆", "植物馆"),
        ("西陵首船铁矿石发运", "铁矿石"),
        ("林肯手机T1发货", "林肯"),
        ("北湖手机版墨图系统发布", "版墨图"),
    ],
)
def test_what_many_bear_is_no_name(title: str, never: str) -> None:
    assert never not in derive({"en" if title.isascii() else "zh": title}, load()).names.names


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("广州期货交易所开市", "opening"),
        ("西陵首船铁矿石发运", "delivery"),
        ("Merrow first copper shipment", "delivery"),
        ("Aster M5 tablet starts shipping", "delivery"),
        ("云帆海外业务剥离", "closing"),
        ("Cloudsail divestiture", "closing"),
        ("国家护理津贴开放申领", "launch"),
    ],
)
def test_a_title_tells_shipments_sales_of_units_and_claims(title: str, kind: str) -> None:
    assert derive({"en" if title.isascii() else "zh": title}, load()).kind == kind


WATCHED = watching(
    Milestone("exchange", {"zh": "昆明证券交易所开市", "en": "Kunming Stock Exchange opens"}),
    Milestone("telescope", {"en": "Edwin Hubbleton Space Telescope launch"}),
    Milestone("benefit", {"zh": "国家护理津贴开放申领"}),
)


@pytest.mark.parametrize(
    ("headline", "key"),
    [
        ("昆交所15日开市", "exchange"),
        ("Kunming bourse opens for trading next Monday", "exchange"),
        ("Hubbleton telescope launch slips to December", "telescope"),
        ("护理津贴9月起陆续开放申领", "benefit"),
    ],
)
def test_a_short_name_is_heard(headline: str, key: str) -> None:
    assert key in found(headline, against=WATCHED)


@pytest.mark.parametrize(
    "headline",
    [
        "沪交所15日恢复交易",
        "Casablanca bourse opens higher on Monday",
        "London Stock Exchange opens new office",
        "昆交所将推出三只指数",
    ],
)
def test_another_exchange_and_its_business_are_not(headline: str) -> None:
    assert "exchange" not in found(headline, against=WATCHED)
