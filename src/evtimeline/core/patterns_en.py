"""The patterns of English date words, over folded text; their groups are read in words_en and words_en_relative."""

from evtimeline.core.numeric_dates import PATTERNS as NUMERIC
from evtimeline.core.numeric_dates import YEAR
from evtimeline.core.scanning import Word

MONTH = r"""(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?
    |oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"""
WEEKDAY = r"""(?:mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:rs?(?:days?)?)?|fri(?:days?)?
    |sat(?:urdays?)?|sun(?:days?)?)"""
SEASON = r"(?:spring|summer|autumn|fall|winter)"
UNIT = r"(?:day|week|month|quarter|year|decade)"
COUNT = r"""(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen
    |twenty(?:[\s-]four)?|thirty|sixty|ninety|a\scouple\sof|a\sfew)"""

DIGITS = "0123456789"
_MONTHS = "jfmasond"
_WEEKDAYS = "mtwfs"
_COUNTS = DIGITS + "aotfsen"
_ORDINALS = "fstenlco"

_DAY = r"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ORDINAL = rf"""(?:(?:(?:twenty|thirty)[\s-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth
    |eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth
    |(?:twenty|thirty)[\s-]{_ONES})"""
_ANY_DAY = rf"(?:{_DAY}|{_ORDINAL}\b)"
_BELOW_HUNDRED = rf"(?:{_TENS}(?:[\s-]{_ONES})?|{_TEENS}|{_ONES})"
_TO = r"\s?(?:--?|to|until|till|through|thru|and|&)\s?(?:the\s)?"
_NO_COUNT = r"(?!\d|[a-z]|:\d|[.,]\d|\s?%|\s(?:percent|million|billion|years?|months?|weeks?|days?|hours?|minutes?)\b)"
_COUNTED = r"""(?:units|cars|vehicles|trucks|jobs|people|workers|employees|stores|outlets|shops|homes|rooms|seats
    |patients|cases|points|miles|km|kg|mph|mm|cm|mah|hp|kw|kwh|gwh|mw|gw|tonnes|tons|barrels|mhz|yuan|dollars|euros)"""
_PERIOD = rf"""(?:(?:the|this|next|last)\s)?(?:calendar\s|fiscal\s)?(?:{MONTH}\b|{YEAR}|week|month|quarter|year
    |q[1-4]|fy|two\sthousand|{SEASON}|(?:first|second|third|fourth|last|final)\s(?:quarter|half))"""
_AMOUNT = rf"{COUNT}(?:[\s-]and[\s-]a[\s-]half)?[\s-]{UNIT}s?(?:(?:,|\sand)?\s{COUNT}\s{UNIT}s?){{0,2}}"

_FIRST = {
    "daymonth": Word(
        DIGITS + _ORDINALS,
        rf"""(?P<dm>{_ANY_DAY})(?:\s(?:day|of|day\sof)|(?<=[a-z])\sin)?[\s/.-]?(?:the\s)?(?P<dmm>{MONTH})\b\.?
        (?:[\s/-]'?(?P<dmyy>\d\d)(?=$|\s?[,.;)]))?""",
    ),
    "dayleft": Word(
        DIGITS + _ORDINALS,
        rf"""(?P<dl>{_ANY_DAY})(?={_TO}(?:{_ANY_DAY}(?:\sof)?\s?(?:{MONTH}\b|(?:(?:in|of)\s)?(?:the|this|next|last)\smonth)
        ))|(?:(?<=\bfrom\s)|(?<=\bbetween\s))(?P<dlfrom>{_ANY_DAY})(?={_TO}{MONTH}\s?{_ANY_DAY})""",
    ),
    "dayof": Word(
        DIGITS + _ORDINALS,
        rf"""(?P<do>{_ANY_DAY})(?:\sday)?\s(?:(?:of|in)\s)?(?=(?:the|this|next|last)\smonth\b)
        |(?<=\bon\sthe\s)(?P<on>\d\d?(?:st|nd|rd|th))(?=\s?(?:$|[,.;)]|(?:at|and|but|to|in|for)\b))""",
    ),
    "slash": Word(
        DIGITS,
        r"""(?P<sla>[01]?\d)(?:/|-|\.|\s-\s)(?P<slb>[0-3]?\d)
        (?![\d/%:]|[.,]\d|-\d(?!\d?/)|\s?(?:%|[a-z]{1,2}\b|percent|million|billion|inch|times))""",
    ),
    "sub": Word(
        DIGITS + "sftlocw",
        rf"""(?P<subord>(?:(?P<subrank>\d(?:nd|rd|th)|second|third|fourth|fifth)\s)?(?:last|final)
        |first|second|third|fourth|fifth|opening|closing|[1-5](?:st|nd|rd|th))\s(?:full\s)?(?:(?P<subn>{COUNT})\s)?
        (?P<subunit>days?|weeks?|months?|quarters?|{WEEKDAY})\b
        (?:\s(?:of|in|from)(?=\s{_PERIOD})|(?=\s(?:next|this|last)\s(?:year|month|quarter)))
        |week\s(?P<subweek>[1-5]?\d)\b(?![:.,]\d)""",
    ),
}

_RELATIVE = {
    "within": Word(
        "wi",
        rf"""(?P<wn>within|in)\s(?:about\s|around\s|roughly\s|just\s|less\sthan\s|under\s)?(?:the\s|a\s)?
        (?P<wnext>next|coming|following|upcoming)?\s?(?P<wa>{_AMOUNT})\b
        (?!'(?!\stime\b)|-|\stime\s(?:limit|frame)|\s(?:ago|earlier|after|before|old|of|running|row|since|straight|in\sa)\b)
        (?:\sfrom\s(?:now|today)|'?\stime\b)?""",
    ),
    "ago": Word(_COUNTS + "h", rf"(?P<aa>{_AMOUNT}|half\sa\syear)\sago\b"),
    "hence": Word(
        _COUNTS,
        rf"""(?P<ha>{_AMOUNT})\s(?:hence\b|later$|(?P<hd>from|after|before)\s(?:the\s)?
        (?P<hw>now|today|tomorrow|tmrw|yesterday|day\sbefore\syesterday)\b)""",
    ),
    "offset": Word(
        _COUNTS, rf"(?P<oa>{_AMOUNT})\s(?P<od>from|after|before|starting(?:\sfrom|\son)?|since)\b(?:\sthe\s|\s)?"
    ),
    "manyunits": Word(
        _COUNTS + "nlpcuf",
        rf"""(?:(?P<mr>next|last|past|previous|coming|upcoming|following)\s(?P<mn>{COUNT})
        |(?P<mn2>{COUNT})\s(?P<mr2>next|last|past|previous|coming|upcoming))\s(?P<mu>{UNIT})s?\b(?!\s(?:of|in)\b)""",
    ),
    "rel": Word(
        "tnlpcfu",
        rf"""(?P<rw>this|next|last|past|previous|prior|coming|following|upcoming|current)\s
        (?P<rfiscal>fiscal\s)?(?:calendar\s)?(?P<ru>week(?:end)?|month|quarter|half|year|decade|{SEASON}|{MONTH}|{WEEKDAY})
        \b(?!\s(?:ago|old|half|round)\b|-(?:old|long|over|on)\b)(?P<rplus>\safter\snext)?""",
    ),
    "afternext": Word("wmqytfs", rf"(?P<an>week|month|quarter|year|{WEEKDAY})\safter\s(?:the\s)?next\b"),
    "relthe": Word(
        "wmqy",
        r"""(?:(?<=\bthe\s)|(?<=\bmy\s))(?P<tu>week(?:end)?|month|quarter|year)\b
        (?!\s(?:\d|(?:beginning|commencing|starting|ago|after|before|earlier|later|to|ended|ending|end|of|ends)\b)|-
        |(?:\sis|'s)\s(?:out|over|up|through)\b)""",
    ),
    "todate": Word("ymq", r"(?P<td>year|month|quarter)[\s-]to[\s-]date\b|ytd\b"),
    "periodend": Word(
        "ymqe",
        r"""(?P<pu>year|month|quarter)(?:'s)?[\s-]?(?P<pp>end|start)\b(?:\s(?:of\s)?(?P<py>20\d\d)\b)?
        |(?P<pu3>year|month|quarter)(?:(?:\sis|'s)\s(?:out|over|up|through)|\sends)\b
        |mid-?(?P<pm>year|month|week)\b(?:\s(?:of\s)?(?P<py2>20\d\d)\b)?
        |end[-\s](?:of\s)?(?P<pu2>year|month|quarter)\b(?:\s(?P<py3>20\d\d)\b)?""",
    ),
    "dayword": Word(
        "dtynlc",
        r"""day\s(?P<dafter>after\stomorrow|before\syesterday)|today|tonight|tomorrows?|tmrw|yesterdays?
        |(?<=\bthe\s)next\sday\b|this\s(?:day|morning|afternoon|evening)\b|last\snight\b|current\sdate\b""",
    ),
    "holiday": Word(
        "nlcsdmqgvejihxbtpafw",
        r"""(?:new\syear(?:'?s)?\s(?:day|eve)|(?:lunar|chinese)\snew\syear|spring\sfestival|lantern\sfestival
        |dragon\sboat\sfestival|mid-autumn\sfestival|qingming|golden\sweek|singles'?\sday|labou?r\sday|may\sday
        |national\sday(?:\sholiday)?|valentine'?s(?:\sday)?|st\.?\spatrick'?s\sday|earth\sday|juneteenth|independence\sday
        |halloween|veterans\sday|christmas(?:\s(?:eve|day))?|xmas|boxing\sday|thanksgiving(?:\sday)?|black\sfriday
        |cyber\smonday|good\sfriday|easter(?:\smonday|\ssunday)?|palm\ssunday|pentecost|ascension\sday|memorial\sday
        |mother'?s\sday|father'?s\sday|presidents'?\sday|mlk\sday|martin\sluther\sking(?:'s)?(?:\sjr\.?)?\sday
        |columbus\sday)(?!\w)""",
    ),
}

_CALENDAR = {
    "monthday": Word(
        _MONTHS,
        rf"""(?<!\blong\s)(?P<md>{MONTH})(?:\.?[\s/-]{{0,2}}(?:the\s)?|,\s(?=\d\d?[snrt]))(?P<mdd>{_ANY_DAY}){_NO_COUNT}
        (?:\s?(?:-|to|through|thru|until|till)\s?(?P<mdto>{_ANY_DAY})(?!\s?{MONTH}\b|[/-]\d){_NO_COUNT})?
        (?:-(?P<mdy>\d\d)(?!\d))?""",
    ),
    "month": Word(
        _MONTHS,
        rf"(?<!\blong\s)(?P<m>{MONTH})\b(?P<dot>\.?)(?:\s?(?:of\s)?'(?P<my>\d\d)\b|\sof\s(?P<myof>\d\d)\b)?",
    ),
    "decade": Word(
        DIGITS + "fslb", r"(?:(?P<dechalf>first|second|latter|back)\shalf\sof\sthe\s)?(?P<dec>(?:19|20)\d0)'?s\b"
    ),
    "fiscal": Word("f", r"(?:fiscal(?:\s(?:year\s)?)|fy|financial\syear\s)[\s-]?'?(?P<fy>20\d\d|\d\d)(?![\d%]|[.,]\d)"),
    "year": Word(
        DIGITS + "cytn",
        rf"""(?:calendar\s(?:year\s)?|year\s(?:of\s)?)?(?<!no\.\s)(?P<y>{YEAR})(?:[-/](?P<ynext>\d\d)(?![\d/-]))?
        (?![\d%]|[.,]\d|[a-gi-pr-z_]|\s{_COUNTED}\b|[\s-]model[\s-]years?\b)
        |(?P<yw>two\sthousand(?:\s(?:and\s)?{_BELOW_HUNDRED})?|nineteen\s(?:hundred\s(?:and\s)?)?{_BELOW_HUNDRED}
        |twenty[\s-](?!{_ONES}\b){_BELOW_HUNDRED})\b""",
    ),
    "quarter": Word(
        "q1234fstl",
        r"""(?<!audi\s)q(?P<q1>[1-4])(?!\d|\.\d)(?!\s?(?:e-tron|suv))|(?P<q2>[1-4])q(?:\s?'?(?P<q2y>(?:20)?\d\d))?\b
        |(?P<qw>first|second|third|fourth|final|1st|2nd|3rd|4th)[\s-](?:(?:fiscal|calendar)\s)?(?:quarter|qtr)\b
        |(?P<qlast>last\squarter)(?=\sof\b)""",
    ),
    "half": Word(
        "h12fslb",
        r"""h(?P<h1>[12])\b(?!\s?(?:blocker|visa|n1))|(?P<h2>[12])h(?:\s?'?(?P<h2y>(?:20)?\d\d))?\b
        |(?P<halfword>first|second|1st|2nd|latter|back|last)[\s-]half\b(?!\s(?:results|earnings)\b)""",
    ),
    "season": Word("safw", rf"(?P<seasonword>{SEASON})(?:time)?\b(?!\s(?:olympic|paralympic|games|sports|palace))"),
    "weekof": Word("w", r"week\s(?:of|beginning|commencing|starting|from)\s(?:on\s)?"),
    "weekday": Word(
        _WEEKDAYS,
        rf"""(?P<wd>{WEEKDAY})\b(?!\.com)(?:(?<!day)\.)?
        (?:,?\s(?P<wdd>{_DAY})(?:(?<=[a-z])|(?=\s?(?:[!.,;?]|$)))(?![.,]\d|\s(?:of\s)?{MONTH})|,?\sthe\s(?P<wdo>{_DAY}(?<=[a-z])|{_ORDINAL}(?=$|[.,;!?]))\b)?""",
    ),
    "part": Word(
        "elmsbctr",
        r"""(?P<mix>(?:early|mid)[\s-](?:to|or)[\s-](?:mid|late))\b[\s-]?
        |(?P<early>early|late|mid|later|earlier)(?:-|\b)(?:\s(?:on\s)?in\b)?
        |(?P<end>end|start|beginning|middle|close|turn|rest|remainder|remaining)
            (?:(?:\sof|-of)\b(?:\saround\b)?|-|\s(?=(?:this|next|of)\b))
        |(?:(?<=\bby\s)|(?<=\bat\s)|(?<=\bto\s)|(?<=\bthe\s)|(?<=until\s)|(?<=till\s)|(?<=around\s)|(?<=from\s)
            |(?<=before\s)|(?<=\bof\s))(?P<bareend>end)(?=\s)""",
    ),
}

WORDS = _FIRST | {name: Word(DIGITS, pattern) for name, pattern in NUMERIC.items()} | _RELATIVE | _CALENDAR
RELATIVE = frozenset(_RELATIVE)

_MANY = r"(?=[\s-](?:day|week|month|quarter|year|decade|couple|few|next|last|past|previous|coming|upcoming|and\sa))"
_NUMBER = r"""(?:\d|an?\s|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty
    |sixty|ninety|the\s(?:next|coming|following)|about|around|roughly|just|less|under|next)"""
_OF = r"(?:\s(?:\d|after\s|of\s|beginning|commencing|starting|from\s)|[\s-]to[\s-]date|'?s?[\s-]?(?:end|start)\b)"
_RANKED = r"(?=[\s-](?!time|place|person))"

# Where a word may begin, by its first character: what must follow for the patterns to be worth a try.
LEADS = {
    "a": rf"pr|ug|utumn|scension\sday|n?(?={_MANY})|\s(?:couple|few)",
    "b": r"eginning(?=\sof)|ack[\s-]half|oxing|lack\sfri",
    "c": r"oming\s|urrent\s|alendar\s|lose(?=\sof)|losing\s|hristmas|hinese\snew|yber|olumbus",
    "d": r"ec|ay\s(?:after\stom|before\syes)|ragon\sboat",
    "e": rf"arl(?:y|ier)\b|nd(?=[\s-])|ight(?:een)?(?={_MANY}|th)|leven(?={_MANY}|th)|aster|arth\sday|ighth|ighteenth",
    "f": rf"eb|ri|irst{_RANKED}|ourth{_RANKED}|ifth{_RANKED}|all\b|inal\s|iscal|y(?=[\s'\d-])|ollowing\s|inancial\syear"
    rf"|our(?={_MANY})|ive(?={_MANY})|ifteen(?={_MANY})|ifteenth|ourteenth|ather",
    "g": r"olden\sweek|ood\sfri",
    "h": r"[12]\b|alf\sa\s|alloween",
    "i": rf"n(?=\s{_NUMBER})|ndependence",
    "j": r"an|un|ul",
    "l": rf"ast{_RANKED}|ate(?:r|st)?\b|atter|unar|antern|abou?r\sday",
    "m": rf"ar(?:ch|\b|\d)|ay\b|ay(?=\d)|on(?:day|\b)|id|onth(?:{_OF}|(?<=\bthe\s.....)|(?<=\bmy\s.....))"
    r"|emorial|other|lk|artin",
    "n": rf"ov|ext\s|in(?:eteen|th|e(?={_MANY})|ety(?={_MANY}))|ew\syear|ational\sday",
    "o": rf"ct|ne(?={_MANY})|pening\s",
    "p": r"ast\s|revious\s|rior\s|alm\ssun|entecost|resident",
    "q": rf"[1-4]|uarter(?:{_OF}|(?<=\bthe\s.......))|ingming",
    "r": r"est(?=\s)|emainder|emaining",
    "s": rf"ep|at|un|pring|ummer|tart(?=\sof|-)|econd{_RANKED}|ixth{_RANKED}|even(?={_MANY}|th|teenth)|ixt"
    rf"|ix(?={_MANY})|ingles|t\.?\spat",
    "t": rf"ue|hu|his\s|hird{_RANKED}|hree(?={_MANY})|hirt|welfth|we(?:lve|nty)(?=[\s-])|wentieth"
    rf"|wo(?={_MANY}|\sthousand)|en(?={_MANY}|th)|oday|onight|omorrow|mrw|urn(?=\sof)|hanksgiving",
    "u": r"pcoming\s",
    "v": r"alentine|eterans",
    "w": rf"ed|ithin\s|inter\b|eek(?:{_OF}|(?<=\bthe\s....)|(?<=\bmy\s....))|inter",
    "x": "mas",
    "y": rf"esterday|ear(?:{_OF}|(?:\sis|'s)\s(?:out|over|up|through)|\sends|(?<=\bthe\s....)|(?<=\bmy\s....))|td\b",
}
_LEAD_DIGIT = r"""[0-9](?<![\da-z$€£¥#].)(?<!\d[.,:].)
    (?:(?=\d{0,3}(?:\s?[a-z/.'-]|\s\d\d\s\d))|(?<=[12])(?=[019]\d\d)|(?<=\bon\sthe\s.))"""
LEAD = rf"\b(?:{_LEAD_DIGIT}|" + "|".join(f"{letter}(?:{rest})" for letter, rest in LEADS.items()) + ")"
