"""Words of a title that only say what sort of thing it is about, of which every maker has one."""

import re
from typing import Final

SIZE: Final = re.compile(
    r"\d[\d.,]*\s?(?:nm|纳米|nanomet(?:er|re)|[mgkt]wh?|mm|km|inch|英寸|[万亿]?吨|毫米|公里|代|[gt]b|级)|第[一二三四五六七八九十百\d]+届",
    re.IGNORECASE,
)
"""How large or fine something is, or the how manieth, which many things are: 2nm, 20GWh, 第十九届."""

MODEL: Final = re.compile(r"[A-Z]{1,3}-?\d{2,4}")
"""The model of an aircraft."""

VACCINE: Final = re.compile(r"(?i)vaccine|疫苗")
"""What a maker has one of at a time, against the disease of the day."""

INITIALS: Final = re.compile(r" (?:LNG|EV|AI|OS|SUV|TV|VR|LLM|GPU|DRAM|HBM|LFP)$")
"""Behind a name, what sort of thing it is."""

CARGO: Final = re.compile(r"(?:[铁铜锂镍锰锡锌]?矿石|精矿|原油|(?:液化)?天然气|煤炭|粮食|大豆|货物|锂盐)")
"""What ships carry."""

_DESCRIPTION: Final = re.compile(
    r"版.*|(?:全新|新一代|新型|新款|新|第?[一二三四五六七八九十首两]?[代款架台辆座艘批颗条期枚]|国产|自研|自主|旗舰|主力|中型|大型|小型|中大型|紧凑型|高端|入门"
    r"|豪华|智能|智慧|电动|纯电|插混|混动|增程|氢能?|燃料|人形|无人|自动|驾驶|辅助|服务|操作|固态|半固态|全固态|钠离子|锂离子|磷酸铁锂|三元|动力|储能"
    r"|磁悬浮|磁浮|高速|数字|虚拟|加密|流媒体|在线|出租|商业化|规模化|全国|国内|海外|新能源|清洁|绿色|能源|光伏|风电|核电|海上|陆上|半导体|先进|制程|工艺|晶圆|量子|低空|商业|通用|工业|民用|医疗|生物|手术"
    r"|货币|证券|交易所|支付|服务|业务|主机|掌机|车型|车|轿车|跑车|皮卡|卡车|客车|商用车|乘用车|汽车|手机|平板|电脑|眼镜|手表|电视|家电|耳机|芯片|处理器|显卡|电池|电芯|电机|材料|组件"
    r"|飞机|客机|货机|直升机|飞行器|火箭|卫星|飞船|机器人|大模型|模型|系统|平台|软件|游戏|产品|设备|装备|药|新药|疫苗|药物|器械"
    r"|交易所|证券交易所|基地|产业园|产业|园区|园|工厂|总部|中心|研发|研究院|项目|工程|产线|生产线|线|版|型|级|的)+"
)
"""What only says what sort of thing it is, of which every maker has one: 旗舰车型, 固态电池, 新能源基地."""


_DESCRIPTION_EN: Final = re.compile(
    r"(?i:(?:stock|securities|futures|commodity|metal) (?:exchange|market)|(?:space )?(?:telescope|observatory))"
)


def is_description(name: str) -> bool:
    """Whether a name is made of words alone that describe and tell none of its like from another."""
    return (_DESCRIPTION_EN if name.isascii() else _DESCRIPTION).fullmatch(name) is not None
