"""The words of launches, delays and denials as values; which words they are stands in `lexicons/`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property


class Cue(StrEnum):
    """What a word does to a statement, whatever the kind of milestone."""

    DELAY = "delay"  # later than before: postpone, 推迟
    SHIFT = "shift"  # to another date, in the sense of that date: move to, 改至
    ADVANCE = "advance"  # earlier than before: bring forward, 提前
    CANCEL = "cancel"  # given up: scrap, 取消
    HALT = "halt"  # stands still: pause, 暂停
    UNCHANGED = "unchanged"  # the old date holds: on track, 未变
    NEGATION = "negation"  # not, 未
    DENIAL = "denial"  # deny, 辟谣
    RUMOUR = "rumour"  # sources say, 传
    HEDGE = "hedge"  # may, 或: with a change it makes a rumour of it
    CONDITIONAL = "conditional"  # if, 若
    FUTURE = "future"  # will, 将
    PLAN = "plan"  # plans to, 计划
    FORECAST = "forecast"  # analysts expect, 机构预测
    PURSUIT = "pursuit"  # works toward the event that follows: 冲刺, 推动
    COMPLETED = "completed"  # has, 已
    FORMER = "former"  # the date beside it is the old one: originally, 原定
    RESULT = "result"  # the date beside it is the new one: to, 至
    ANNIVERSARY = "anniversary"  # looks back: first anniversary, 周年
    ASIDE = "aside"  # said by the way: since, which, 自
    BACKGROUND = "background"  # an old change told again: long-delayed, 一再推迟
    REQUEST = "request"  # a third party asks: urge, 要求
    QUESTION = "question"
    SAYING = "saying"  # the date beside it is that of the announcement: said, 宣布
    UNDATED = "undated"  # that there is no date: 待定
    WHEN = "when"  # a time to come, with a verb in the present: when it goes on sale
    NOMINAL = "nominal"  # makes a noun of the event word before it: 上市申请, 上市前
    OPINION = "opinion"  # what somebody thinks or says of the event behind it: 评价, 点评
    RESPONSE = "response"  # the one concerned answers a rumour: 回应
    FULL_YEAR = "full_year"  # of a target: the year of publication
    SETTING = "setting"  # a date is being set: sets, 定档
    TOWARD = "toward"  # a step toward whatever is named: approves, talks, 批准, 进展
    REFERENCE = "reference"  # takes up what was named before: it, 该车
    ADJUNCT = "adjunct"  # stands before an event and is no subject: 据悉, 正式
    COMPOUND = "compound"  # a longer word in which a shorter cue means nothing: 大会, 未来


class Role(StrEnum):
    """What a word of a kind says of the milestone."""

    TITLE = "title"  # names the kind in a milestone's title
    CORE = "core"  # the event itself
    NOUN = "noun"  # the event as a thing to be dated: launch date, 上市时间
    STEP = "step"  # near but different: a step before it, or an effect of it
    SIGN = "sign"  # can only be said when it has happened: first owners, 首日大涨
    ABOUT = "about"  # the talk is of this kind of event at all


class Tense(StrEnum):
    """The form of an English verb; Chinese has none."""

    NONE = "none"
    BASE = "base"
    PRESENT = "present"
    PAST = "past"
    ING = "ing"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One literal to look for, folded; with a `tail` it counts when the tail follows within the clause.

    `initial`: it counts only where a clause begins.
    """

    text: str
    cue: Cue | None = None
    kind: str | None = None
    role: Role | None = None
    tense: Tense = Tense.NONE
    tail: str | None = None
    initial: bool = False


class Sort(StrEnum):
    """How much a known word narrows down what is meant."""

    ORG = "org"
    PLACE = "place"
    NOUN = "noun"
    ORDINAL = "ordinal"
    TRAIT = "content"  # what a thing is for: obesity
    MEASURE = "measure"  # what a target counts: deliveries, revenue


@dataclass(frozen=True, slots=True)
class Concept:
    """A known thing and its names in one language; equal keys of equal sort are one thing in all languages."""

    key: str
    sort: Sort
    words: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """The words of one language; `akin` names, for a kind, the kinds whose changes also move it."""

    language: str
    phrases: tuple[Phrase, ...]
    concepts: tuple[Concept, ...]
    company_suffixes: tuple[str, ...] = ()
    stopwords: frozenset[str] = frozenset()
    within: Mapping[str, str] = field(default_factory=dict)  # keys of places, and of the larger ones around them
    offshoots: tuple[str, ...] = ()  # behind a name they mean something beside it: Silksong expansion
    subtitles: frozenset[str] = frozenset()  # second names of many works: World
    synonyms: tuple[tuple[str, ...], ...] = ()  # words inside names that mean the same
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # for patterns of the rules


@dataclass(frozen=True, eq=False)
class Lexicons:
    """All languages that are read, together; compared by identity, so that what is built of it can be cached."""

    languages: tuple[Lexicon, ...]
    akin: Mapping[str, tuple[str, ...]]
    company_kinds: frozenset[str]  # kinds whose subject is a company: its name alone says nothing yet
    names: tuple[Lexicon, ...] = ()  # of places and companies, each in all languages

    def phrases(self) -> Iterator[Phrase]:
        """Every phrase of every language."""
        for language in self.languages:
            yield from language.phrases

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds that have words in any language."""
        return frozenset(phrase.kind for phrase in self.phrases() if phrase.kind)

    @cached_property
    def concepts(self) -> Mapping[tuple[Sort, str], tuple[str, ...]]:
        """The words of each concept in all languages."""
        merged: dict[tuple[Sort, str], tuple[str, ...]] = {}
        for language in (*self.languages, *self.names):
            for concept in language.concepts:
                key = (concept.sort, concept.key)
                merged[key] = merged.get(key, ()) + concept.words
        return merged

    @cached_property
    def company_suffixes(self) -> tuple[str, ...]:
        """Endings of company names that may be left out, longest first."""
        found = {suffix for language in self.languages for suffix in language.company_suffixes}
        return tuple(sorted(found, key=lambda suffix: (-len(suffix), suffix)))

    @cached_property
    def offshoots(self) -> tuple[str, ...]:
        """Words that, behind a name, mean something beside it."""
        return tuple(word for language in self.languages for word in language.offshoots)

    @cached_property
    def subtitles(self) -> frozenset[str]:
        """Words that many works bear behind the names of their series, so that they name none."""
        return frozenset().union(*(language.subtitles for language in self.languages))

    @cached_property
    def synonyms(self) -> tuple[tuple[str, ...], ...]:
        """Words inside names that mean the same, each group longest first where one holds another."""
        return tuple(same for language in self.languages for same in language.synonyms)

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """For each class of words the pattern of any of them."""
        found: dict[str, tuple[str, ...]] = {}
        for language in self.languages:
            for name, words in language.classes.items():
                found[name] = found.get(name, ()) + words
        return {name: f"(?:{'|'.join(map(re.escape, words))})" for name, words in found.items()}

    @cached_property
    def within(self) -> Mapping[str, str]:
        """The keys of places with those of the larger places in which they lie; the smallest one of several."""
        return {key: land for listed in self.names for key, land in listed.within.items()}

    @cached_property
    def stopwords(self) -> frozenset[str]:
        """Words that carry no meaning in a title."""
        return frozenset().union(*(language.stopwords for language in self.languages))


@cache
def pattern(template: str, lexicons: Lexicons) -> re.Pattern[str]:
    """The pattern that a template becomes with any word of a class where %(class)s stands."""
    return re.compile(template % lexicons.classes)
