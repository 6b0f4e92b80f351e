"""A thousand headlines of other companies and other matters, made of templates and words; always the same ones."""

from collections.abc import Iterator
from itertools import chain, count, cycle, islice

_ZH_WHO = (
    *("比亚迪", "吉利汽车", "长安汽车", "广汽集团", "上汽集团", "理想汽车", "蔚来", "小鹏汽车", "零跑汽车", "长城汽车"),
    *("特斯拉中国", "大众汽车", "丰田", "本田", "宝马", "奔驰", "奥迪", "福特", "亿纬锂能", "国轩高科", "中创新航"),
    *("阿里巴巴", "腾讯", "百度", "京东", "美团", "字节跳动", "联想", "荣耀", "vivo", "OPPO", "大疆", "格力", "美的"),
    *("中国石油", "中国中车", "招商银行", "贵州茅台", "伊利股份", "中芯国际", "京东方", "隆基绿能", "海康威视"),
)
_ZH_WHAT = (
    *("旗下新款SUV正式上市", "第三工厂竣工投产", "推迟新车交付至下半年", "发布一季度财报", "与地方政府签署合作协议"),
    *(
        "宣布涨价",
        "拟发行20亿元债券",
        "获机构增持",
        "高管离职",
        "回应裁员传闻",
        "计划2026年进入欧洲市场",
        "召回部分车辆",
    ),
    *("新电池工厂量产", "二期工厂开工", "交付量突破35万辆", "毛利率升至20%", "建成首座超充站", "取消海外建厂计划"),
    *("推出右舵车型", "成立合资公司", "单季盈利创新高", "智能工厂投产", "电池采购成本下降15%", "预计6月上市"),
)
_ZH_WHEN = ("", "今日", "昨晚", "6月26日", "本周五", "二季度", "年底前", "2025年8月")
_ZH_OTHER = (
    *(
        "小米粥怎么熬才香：老师傅的三个窍门",
        "今年小米椒价格上涨两成",
        "小米手机新品发布会定档9月",
        "小米电视推出百吋新品",
    ),
    *("北京汽车博物馆暑期开放夜场", "北京时代广场商圈改造完成", "理想很丰满：毕业季的租房故事", "极地冰川加速消融"),
    *(
        "暴雨橙色预警：多地列车停运",
        "央行开展逆回购操作",
        "世界杯预选赛今晚开打",
        "高考成绩6月25日公布",
        "一线城市房价环比微涨",
    ),
    *(
        "考古发现：两千年前的粮仓里有小米",
        "超市推出小米煎饼",
        "这条地铁7月投产前联调",
        "猪肉价格回落",
        "新规7月1日起施行",
    ),
)
_EN_WHO = (
    *("BYD", "Geely", "Nio", "Xpeng", "Li Auto", "Volkswagen", "Toyota", "Ford", "General Motors", "Stellantis"),
    *("Rivian", "Lucid", "Hyundai", "Renault", "Airbus", "Siemens", "Intel", "Samsung", "Sony", "Nintendo"),
    *("Nestle", "Unilever", "Shell", "BP", "Rio Tinto", "Maersk", "Ikea", "Adidas", "Novartis", "Bayer"),
)
_EN_WHAT = (
    *("launches new SUV at 229,800 yuan", "opens second EV plant in Hungary", "delays start of battery production"),
    *("posts record quarterly profit", "to cut 3,000 jobs by year-end", "recalls 120,000 cars over software fault"),
    *(
        "plans to enter Southeast Asian market in 2026",
        "starts mass production of new cells",
        "names new finance chief",
    ),
    *(
        "delivers 350,000 cars in first half",
        "builds fast-charging stations with partner",
        "scraps plan for phase II plant",
    ),
    *("shares fall after downgrade", "sets up joint venture with supplier", "says launch will go ahead in July"),
)
_EN_WHEN = ("", " on Thursday", " in June", " in Q3", ", sources say", " - report", " this year")
_EN_OTHER = (
    *(
        "Millet porridge makes a comeback in Beijing",
        "Heavy rain stops trains across the north",
        "Pork prices fall again",
    ),
    *("Central bank keeps rates on hold", "Xiaomi's phone shipments rise in second quarter", "Polar ice melts faster"),
    *(
        "Museum of old cars reopens in Beijing",
        "Exam results to be published on June 25",
        "Local elections: what to know",
    ),
)


def unrelated() -> Iterator[tuple[str, str]]:
    """1,000 different headlines, each with its language."""
    chinese = (f"{who}{when}{what}" for who, when, what in _mixed(_ZH_WHO, _ZH_WHEN, _ZH_WHAT))
    english = (f"{who} {what}{when}" for who, when, what in _mixed(_EN_WHO, _EN_WHEN, _EN_WHAT))
    yield from (("zh", title) for title in islice(_different(chain(_ZH_OTHER, chinese)), 550))
    yield from (("en", title) for title in islice(_different(chain(_EN_OTHER, english)), 450))


def _mixed(*words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Combinations without end, each word as often as its like."""
    for turn in count():
        lists = [(*one[turn * step % len(one) :], *one[: turn * step % len(one)]) for step, one in enumerate(words, 1)]
        yield from zip(lists[0], *(cycle(one) for one in lists[1:]), strict=False)


def _different(titles: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for title in titles:
        if title not in seen:
            seen.add(title)
            yield title
