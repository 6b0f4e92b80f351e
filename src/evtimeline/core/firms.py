"""The Chinese companies that titles begin with, by the endings of their names."""

import re
from typing import Final

_FIRM: Final = re.compile(
    r"^[一-鿿]{2,6}?(?:科技|集团|股份|控股|锂业|锂能|锂电|医药|制药|药业|生物|重工|电气|电器|钢铁|化学|石化|证券(?!交易)|银行|矿业|铜业|铝业|钴业"
    r"|半导体|微电子|光电|激光|精密|显示|通信|高科|新能源|能源|汽车|电池|航空|航天|机器人|智能|材料|电子|动力"
    r"|信息|网络|医疗|化工|食品|传媒|影业|实业|装备|机械|重机|客车|轮胎|稀土|环保|(?:光伏|软件)(?!电站|项目|基地|产业|园|发电|谷))(?=.{2})"
)
_COMMON: Final = re.compile(
    r"^(?:第|新|全?固态|半固态|人形|电动|智能|自动|动力|储能|锂|钠|商业|民用|无人|飞行|国产|氢|光伏|低空|先进|高端|通用|大型"
    r"|车规|功率|绿色|可再生|清洁|核|首|中国|国家|全国|欧盟|欧洲|全球|世界|国际|美国|英国|日本|韩国|德国|法国|印度|俄罗斯|我国)"
)


def firm(segment: str) -> str | None:
    """The company with which a Chinese title begins, by the ending of its name: 云图科技, 海川电池 (襄阳工厂)."""
    match = _FIRM.match(segment)
    return match.group() if match and not _COMMON.match(segment) else None
