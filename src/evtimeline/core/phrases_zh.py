"""The grammar of Chinese dates: what joins, links and bounds them, and which words tell past from future."""

import re

from evtimeline.core.composing import Grammar
from evtimeline.core.scanning import by_initial
from evtimeline.core.senses import Cues

GRAMMAR = Grammar(
    glue=frozenset(("", "的", ",", "(", "-", "的第", "年的")),
    link=re.compile(
        r"\s*(?:(?P<move>(?:,|将|再|又|已|进一步)*(?:推迟|延迟|延期|延后|顺延|提前|提早|调整|改|推|延|变更|跳票|上调|下调)(?:到|至|为|了)?(?:今年|的)?)"
        r"|(?P<range>(?:起)?\s?(?:--?|~|至|到|ー|—|直到)\s?)|(?P<or>、|/|或者?|和|与|及|,\s?或))\s*"
    ),
    before=re.compile(
        r"(?:(?P<not_before>不早于|不会早于|不得早于|早不过)|(?P<by>不晚于|不迟于|最迟|最晚|至迟|赶在|截止到?)|(?P<since>自从|自打)"
        r"|(?P<about>约|大约|大概|约在|约于|大致在))(?:于|在|到|要到|要等到)?\s*$"
    ),
    after=re.compile(
        r"\s?\)?\s?(?:(?P<about>前后|左右|上下)|(?P<by>(?:或|及|或者|以及)(?:之前|以前)|(?:以|之)?前(?:底)?(?=完成|投产|上市)|"
        r"(?<=[底末])前|(?<=[日号])前(?![往后景沿端述台夕途锋瞻期所首])|以内|之内)"
        r"|(?P<before>[之以]前|前(?![往后景沿端述台夕途锋瞻期所首]|\s?[一二两三四五六七八九十\d]+\s?个?(?:季|月|周|天|日|年)))"
        r"|(?P<since>以来)|(?P<onward>(?:或|及)(?:之后|以后)|[之以]后|后(?![续备排来期台座方勤卫轮面市半]))|内)"
    ),
    named=re.compile(r"(?!)"),
    moves=re.compile(r"(?!)"),  # Chinese says the move between the dates, as a link
    ends_before=frozenset("于早过晚迟在到打从约止概能会得至赶"),
    begins_after=frozenset(")前后左上或及以之内"),
    reach=8,
)

_AHEAD = r"""
    将 预计 计划 拟 有望 力争 争取 力拼 力拚 定档 即将 推迟 延期 延至 延后 提前至 可能 或于 或在
    目标 最快 最早 最迟 最晚 届时 待 前完 前投 前建 前交 前上 前量 前正 要 会在 会于 会议在 出海
    仍为 规划 预订 敲定 不早于 不晚于 暂定 未来 下一 预售 完工 开工 等到"""
_BACK = r"""
    了 已 曾 自从 过去 近日 日前 同比 环比 累计 获悉 表示 宣布 成立 回应 发布公告 晚间 达成 举行
    显示 公布 透露 称 报道 数据 交付量 销量 营收 一周年 周年 上市以来"""
CUES = Cues(
    telling=re.compile(f"(?P<ahead>{by_initial(_AHEAD)})|(?P<back>{by_initial(_BACK)})"),
    plan=re.compile("原定|原计划|原本|本应|此前|早前|曾计划|曾预计"),
    clause=re.compile(r"[,。;!?\n、:]"),
    reach=24,
    ahead=270,
    behind=120,
)
