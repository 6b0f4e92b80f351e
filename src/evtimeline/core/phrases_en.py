"""The grammar of English dates: what joins, links and bounds them, and which words tell past from future."""

import re

from evtimeline.core.composing import Grammar
from evtimeline.core.scanning import by_initial
from evtimeline.core.senses import Cues

_MOVED = (
    r"delay|postpon|push|pull|mov|slip|shift|advanc|bring|brought|reschedul|put\s(?:back|off)|chang|defer"
    r"|accelerat|instead|rais"
)

_GLUE = ("", ",", "of", "of the", "in", "in the", "the", "'s", "-", "/", "on", "on the", ", the", "day of", "(", "this")

GRAMMAR = Grammar(
    glue=frozenset(_GLUE),
    link=re.compile(
        r"\s?(?:(?P<back>,?\s?(?:from|instead\sof|rather\sthan|compared\swith))"
        r"|(?P<range>--?|(?:up\s)?to|until|till|til|through|thru|into)"
        r"|(?P<or>and|&|,?\s?or|/|,))(?:\s(?:the|in|on|as\slate\sas|around|early\sin))?\s?"
    ),
    before=re.compile(
        r"\b(?:(?P<not_before>no\s(?:earlier|sooner)\sthan|not\s(?:\w+\s){0,4}(?:before|earlier\sthan|sooner\sthan)"
        r"|(?:\w+n't|no\s\w+)\s(?:\w+\s){0,4}before)"
        r"|(?P<by>by|(?:until\s)?as\slate\sas|no\slater\sthan|not\slater\sthan|on\sor\sbefore|at\sthe\slatest\sby|latest\sby)"
        r"|(?P<before>before|prior\sto|ahead\sof)|(?P<after>after|later\sthan|beyond)|(?P<since>since|anytime\safter)"
        r"|(?P<about>around|about|circa|roughly|approximately))\s(?:about\s|around\s)?(?:in\s|the\s|at\sthe\s)?$"
    ),
    after=re.compile(
        r"\s?(?:(?P<not_before>(?:and|or)\s(?:later|after|beyond|greater|onwards?)\b(?!\s\w)|onwards?\b|,?\s?at\sthe\searliest\b)"
        r"|(?P<by>,?\s?at\sthe\slatest|(?:and|or)\s(?:earlier|before)\b(?!\s\w)))"
    ),
    moves=re.compile(rf"\b(?:{_MOVED})"),
    named=re.compile(
        r"'?\s(?:\w+\s){0,2}(?:release|launch|opening|debut|start|start-up|startup|premiere|listing|sailing|voyage|flight"
        r"|liftoff|lift-off|delivery|deliveries|handover|vote|election|ceremony|hearing|verdict|decision|closing)\b"
    ),
    ends_before=frozenset("nyeordftal"),
    begins_after=frozenset("ao,"),
)

_AHEAD = r"""
    on\strack on\scourse
    will would could may might should shall can won't plan plans planned planning expect\w* due sets schedule
    set(?!\s(?:down|up)\b)
    scheduled slated target\w* aim\w* goal hope hopes likely forecast\w* going upcoming next delay\w* postpon\w*
    push\w* slip\w* ready start starts starting open opens launches launching begin begins arrive arrives arriving
    s(?<!first\ss)(?<!the\ss)(?<!container\ss)(?<!cruise\ss)(?<!cargo\ss)hip
    ships comes coming releases releasing be\s\w+ promis\w+ before until as\searly still\son slow\w* sees
    by(?=\s(?:the\s|about\s|around\s|at\s|least\s|in\s)*$)
    to\s(?!the\b|an?\b|its?\b|their\b|his\b|her\b|that\b|more\b|[a-z]+ed\b|traffic|passengers|visitors|customers|guests|[a-z]+ing\b)[a-z]+"""
_BACK = r"""
    was were had did began said says sold built made rose fell came went took won gave saw told showed since ago
    earlier lost left hit broke grew"""
_OBJECT = r"(?:\s(?!to\b)[\w'’$.-]+)"
_DONE = rf"""(?:threw|swung|flung)\sopen|set\s(?:down|up)\b
    |(?:started|began|begun)\sto\s[a-z]+
    |(?:opened|returned|delivered|handed|shipped|connected|linked|came|fell|parachuted|flew|made|put|brought(?!\sforward)|expanded){_OBJECT}{{0,4}}\sto\s[a-z]+
    |(?:gave|granted|awarded|issued|closed|completed|sealed|clinched|finali[sz]ed){_OBJECT}{{1,5}}\sto\s[a-z]+"""
CUES = Cues(
    telling=re.compile(
        rf"\b(?P<done>{''.join(_DONE.split())})\b"
        rf"|\b(?:(?P<ahead>{by_initial(_AHEAD)})|(?P<back>{by_initial(_BACK)}))\b"
        r"|(?P<back2>(?<=\w\w\w)(?<!\bne)(?<!spe)(?<!unit)(?<!limit)(?<!inde)ed\b)"
    ),
    plan=re.compile(
        r"\b(?:(?:was|were|been|being)\s(?:\w+\s){0,2}(?:due|expected|scheduled|supposed|set|planned|slated|meant|to)"
        r"|originally|initially|previously|instead\sof|had\s(?:\w+\s)?(?:planned|hoped|expected|promised|aimed|worked)"
        r"|earlier\splan)\b"
    ),
    clause=re.compile(r"[.;!?\n]\s|,\s|\s-\s"),
    reach=90,
    ahead=366,
    behind=200,
)
