"""Who a statement of a report is about: the words before its predicate, or what a pronoun or a label stands for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from evtimeline.core import report_words as words
from evtimeline.core.text import fold

_LEAD: Final = re.compile(
    r"[\s,.:;“”\"'‘’*_>]+|(?:与此同时|同时|此外|其中|另外|并且|并(?!购)|且|而(?!且)|但是?|随后|目前|据悉"
    r"|据了解|例如|不过|因此|尽管|虽然|以及|则|此后"
    r"|之后|届时|另据|值得注意的是|具体来看|具体而言"
    r"|从时间表看|(?:我们)?(?:认为|指出|表示|判断)(?!到)|未来|今后|接下来|后续|如期)|(?:and|but|meanwhile"
    r"|however|separately|also"
    r"|in addition|while|then|with"
    r"|followed by|still|so|that|which|who|for example|moreover|furthermore|finally|thereafter|later|where)\b"
)
_TRAIL: Final = re.compile(
    r"(?:[\s,.:;(于在将则也还已均都正又再自从累计]|如期|按期|正式|今年|目前|全面|同样|或|均已|\b(?:in|on"
    r"|by|at|from|during|also|then|which|that"
    r"|has|have|had|is|are|was|were|to|and|the|of|by the|in the|for)\b)+$"
)
_GENERIC_ZH: Final = re.compile(
    r"(?:suv|mpv|cltc|nedc|wltp|ipo|版|续航|单季|亏损|价格|研发|投入|首批|首个|首款|首座|首台|首家|首轮"
    r"|第[一二三四五]|[一二三四]期|新|旧|总|年|月"
    r"|单?季度?|全年|累计|产能|产量|销量|交付量?|营收|收入"
    r"|净?利润|毛利率|订单|工厂|基地|项目|公司|产品|车型|车辆"
    r"|海外|国内|市场|业务|规模|总?投资|渠道|渗透率|占比|份额|正式|小?批量|大规模|量产|投产|上市|交付|样品"
    r"|样车|双方|合作|门店|用户|电池|芯片|系统|服务|成本|价格|相关"
    r"|其他|整体|预售|平台|应用|技术"
    r"|目标|高端|阶段|版本|改款|增程|纯电|机器人|设备|产线|生产线|工程|建设|团队|总部|数量|规划|计划|安排"
    r"|时间表?|日期|以上|全部|两|三|款|个|座|的|和|及|与|资金|主体"
    r"|结构|实现|完成|剩余|部分|厂房|右舵)+"
)
_GENERIC_EN: Final = frozenset(
    re.split(
        " ",
        "the a an its their this that these those first second third full total annual new initial commercial "
        "mass volume series production deliveries delivery sales launch output capacity construction revenue "
        "profit customer trial test phase all both on in at by for of to and or with if once after before "
        "under about around plans plan target targets management executives group company analysts consensus "
        "guidance shipments pilot work it they we start opening listing completion ipo no one two three four "
        "several another meanwhile however suv mpv ev evs suvs break-even "
        "breakeven certification approval entry service orders",
    )
)
_TOKEN: Final = re.compile(r"[A-Za-z][\w.&'-]*|\d[\w.-]*")
_MADE_ZH: Final = re.compile(
    r"(?:设立|成立|组建|创立|创办)了?(?:一家)?(?:名为|合资公司"
    r"|新公司)?[“\"]?(?P<name>[^\s,.，。;；“”\"()（）的和与]{2,30}?(?:有限公司|公司"
    r"|集团)?)[”\"]?(?=[,，。;；(（]|\s|$)"
)
_MADE_EN: Final = re.compile(
    r"\b(?:founded|formed|established|created|set up|incorporated)\b[^.;]{0,60}?(?:called|named|,"
    r"|venture|company|subsidiary)\s+(?P<name>[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,4})"
)
_PAIR_ZH: Final = re.compile(
    r"(?:^|[,，。;；:：、\s])\s*(?P<a>[^\s,，。;；:：的与和]{2,12})(?:与"
    r"|和)(?P<b>[^\s,，。;；:：的与和(（]{2,12}?)(?:[(（][^)）]{1,20}[)）])?(?:的合作|合作|共同|双方|联合"
    r"|联手|按|合资|宣布|签署|就|达成)"
)
_PAIR_EN: Final = re.compile(
    r"\b(?P<a>[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3}) and (?P<b>[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3})"
)
_QUOTES: Final = re.compile('[“”「」『』]|(?<![A-Za-z0-9])"|"(?![A-Za-z0-9])')
_DETERMINERS: Final = frozenset(("the", "a", "an", "its", "their", "this", "these", "that", "our", "all", "both"))
_COMMON_EN: Final = re.compile(r"(?:the|this|its|their|a|an) (?:[a-z-]+ ){0,2}[a-z-]+")
_STATE: Final = re.compile(r"同比|环比|较|占|约|根据|随着|受益|由于|因|在|对|为|以")
_SPACES_ZH: Final = re.compile(r"(?<=[一-鿿》）)])\s+(?=[\w《（(])|(?<=[\w])\s+(?=[一-鿿《（(])")


def tidy(text: str) -> str:
    """A name or title on one line, without the blanks that some put between Chinese characters and Latin ones."""
    line = " ".join(_QUOTES.sub("", text).split())
    if any("一" <= character <= "鿿" for character in line):
        line = _SPACES_ZH.sub("", line)
    return line.strip(" ,，。;；:：、.-–—*_|“”\"'")


def lead(folded: str, start: int, end: int) -> int:
    """Where a statement begins behind conjunctions and the like."""
    while start < end and (match := _LEAD.match(folded, start, end)):
        start = match.end()
    return start


def without_trail(text: str) -> str:
    """A subject without the adverbs and prepositions that lead over to the predicate."""
    return text[: len(text) - len(match.group())] if (match := _TRAIL.search(fold(text))) else text


@dataclass
class Cast:
    """Who has been named so far: in this block, in the headings above it, and in the whole report."""

    common: frozenset[str] = frozenset()  # Latin words that the report also writes small
    subject: str = ""
    sentence_subject: str = ""
    created: str = ""
    label: str = ""
    heading: str = ""
    pair: str = ""
    main: str = ""
    known: dict[str, None] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Cast":
        """A cast that knows which words of the report are no names."""
        small = set(re.findall(r"(?<![\w'-])[a-z][\w'-]*", text))
        return cls(common=frozenset(small) | _GENERIC_EN)

    def enter(self, label: str, headings: Iterable[str]) -> None:
        """Begin a block."""
        self.subject = self.sentence_subject = ""
        self.label = tidy(label) if self.is_named(label) and not words.TOPIC.search(fold(label)) else ""
        named = [tidy(_core(heading)) for heading in headings if not words.INSTITUTION.search(fold(heading))]
        self.heading = next((name for name in reversed(named) if name and self.is_named(name)), "")
        self.main = self.main or self.heading

    def is_named(self, text: str) -> bool:
        """Whether words name something, rather than being a common noun or a pronoun."""
        folded = fold(text).strip()
        if len(folded) < 2 or words.PRONOUN.match(folded) or words.BOTH.match(folded):
            return False
        if any("一" <= character <= "鿿" for character in folded):
            if _STATE.match(folded) or words.DESCRIPTION.match(folded):
                return False
            return not _GENERIC_ZH.fullmatch(folded.replace(" ", ""))
        tokens = _TOKEN.findall(text)
        if tokens and tokens[0][0].islower() and tokens[0] not in _DETERMINERS:
            return False  # first shown in Oslo, based on: no subject
        return any(token[0].isupper() and fold(token).removesuffix("'s") not in self.common for token in tokens)

    def note(self, text: str, within: int) -> None:
        """Remember companies that a text brings up together or founds, by a verb in its first `within` characters."""
        pair = _last(_PAIR_ZH, text) or _last(_PAIR_EN, text)
        if pair and self.is_named(pair["a"]) and self.is_named(pair["b"]):
            joint = "与" if any("一" <= c <= "鿿" for c in pair["a"]) else " and "
            self.pair = f"{tidy(pair['a'])}{joint}{tidy(pair['b'])}"
        created = self.created_in(text, within)
        if created:
            self.created = self.sentence_subject = created  # what follows in the sentence is about it

    def created_in(self, text: str, within: int) -> str:
        """The company that a text founds by a verb in its first `within` characters, or nothing."""
        made = _last(_MADE_ZH, text) or _last(_MADE_EN, text)
        return tidy(made["name"]) if made and made.start() < within and self.is_named(made["name"]) else ""

    def remember(self, name: str) -> None:
        """Let `name` be what is spoken of."""
        self.subject = self.sentence_subject = name
        self.known[name] = None
        self.main = self.main or name

    def carried(self) -> str:
        """Whom a statement without a subject is about."""
        return self.sentence_subject or self.label or self.subject or self.heading or self.main

    def resolve(self, said: str) -> str:
        """The subject that words stand for: pronouns are filled in, a common noun gets the name it belongs to."""
        said = tidy(without_trail(said))
        folded = fold(said)
        if not said:
            return self.carried()
        both = words.BOTH.match(folded)
        if both and self.pair:
            return tidy(self.pair + said[both.end() :])
        pronoun = words.PRONOUN.match(folded)
        if pronoun:
            rest = said[pronoun.end() :]
            referent = self._referent(pronoun.group())
            return tidy(f"{referent}{'' if is_chinese(rest or referent) else ' '}{rest}") if referent else said
        if self.is_named(said):
            return said
        owner = self.carried()
        described = self.label and words.DESCRIPTION.match(folded)
        if owner and (described or _COMMON_EN.fullmatch(said)) and not folded.startswith("its"):
            return owner
        if not owner or fold(owner) in folded or folded in fold(owner):
            return said
        return f"{owner}{said}" if is_chinese(said) else f"{owner}: {_without_article(said)}"

    def _referent(self, pronoun: str) -> str:
        venture = re.search(r"合资|项目|venture|jv|新公司|new company", pronoun)
        if venture and self.created:
            return self.created
        if re.search(r"公司|集团|企业|company|group|firm|maker", pronoun):
            thing = re.search(r"[厂线片]$|工厂|基地|项目|\b(?:plant|line|factory|site)\b", fold(self.subject))
            return (self.subject if not thing else "") or self.heading or self.main or self.subject or self.label
        return self.subject or self.label or self.heading or self.main


def _core(heading: str) -> str:
    """A heading without dates and words of its topic: 小米汽车 2025 年关键进展 is about 小米汽车."""
    bare = re.split(r"(?:19|20)\d\d|[:：|（(]", heading)[0]
    topic = words.TOPIC.search(fold(bare))
    if topic and is_chinese(bare):
        bare = bare[: topic.start()]
    elif topic:
        return ""
    return bare.strip().removesuffix("的").removesuffix("与")


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007  only the last is wanted
        pass
    return found


def is_chinese(text: str) -> bool:
    """Whether a Chinese character stands in a text."""
    return any("一" <= character <= "鿿" for character in text)


def _without_article(text: str) -> str:
    return re.sub(r"^(?:the|an?|its|their)\s+", "", text, flags=re.IGNORECASE)
