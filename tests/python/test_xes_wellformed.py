"""XES that is not XML: the check refuses what Expat refuses, and nothing else.

Small good logs are changed at random, the same way in every run; Expat is the oracle.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from xml.parsers import expat

import pytest
from processmind import UnsupportedFormatError, check_event_log

SEEDS = range(0, 4000, 100)

PLAIN = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <classifier name="Activity" keys='concept:name'/>
  <trace>
    <string key="concept:name" value="order 1"/>
    <event><string key="concept:name" value="Pay &amp; ship"/><date key="time:timestamp" value="2024-01-31"/></event>
    <event ><string
      key = "concept:name" value="Größe €"></string ></event>
  </trace>
</log>
"""
RICH = """<?xml version='1.0' standalone="no" ?>
<!-- made - by - hand -->
<!DOCTYPE x:log PUBLIC "-//XES//EN" "xes.dtd" [
  <!ENTITY dept "Sales &#38;#38; &#x26;#60;more"> <!ENTITY two 'in &dept;'>
  <!ELEMENT event (string|date)*> <!ELEMENT trace (event+, (string , list?)*)> <!ELEMENT string (#PCDATA|list)*>
  <!ATTLIST event id CDATA #IMPLIED kind (a|b) "a"> <!NOTATION gif SYSTEM "gif"> <!-- done --> <?sub set?>
]>
<?xml-stylesheet href="log.xsl"?>
<x:log xmlns:x="urn:x" xmlns:y="urn:y" y:a="1" x:a="2">
  <trace xmlns:z="urn:z" z:b="3"><string key="concept:name" value="&two;"/>
    text &#65; &lt; <![CDATA[ <raw> ]] & ]]> <?do it?> <!---->
    <event xml:lang="en"><string key="concept:name" value="a&#10;b ]]> >"/></event>
  </trace>
</x:log><!-- after -->
<?after?>
"""
SHORT = """<log><trace><event><string key="concept:name" value="A"/></event></trace></log>"""

# What can stand anywhere in XML, and what can not.
PIECES = [
    *"<>&'\"=/!?-[]();:%#| \t\n\r\x00\x01\x08\x0b\x1f\x7f\x85\ufeff\ufffd\ufffe\uffff",
    *("&#0;", "&#8;", "&#10;", "&#xFFFE;", "&#xFFFF;", "&#xD800;", "&#x110000;", "&#x1F600;", "&#;", "&#x;", "&#X41;"),
    *("&amp;", "&lt;", "&apos;", "&dept;", "&two;", "&none;", "&amp", "&&", "%none;", "%", "&#65", "& ", "&a:b;"),
    *("]]>", "--", "---", "<!--", "-->", "<!-- x -->", "<!-- -- -->", "<!-->", "<!--->", "<![CDATA[", "<![CDATA[]]>"),
    *('<?xml version="1.0"?>', "<?xml?>", "<?XML a?>", "<?xmlish?>", "<?a:b?>", "<?a?b?>", "<?p?>", "<??>", "<?", "?>"),
    *(
        "<!DOCTYPE log>",
        "<!doctype log>",
        "<!DOCTYPE",
        '<!ENTITY e "1">',
        "<!ENTITY e '%x;'>",
        '<!ENTITY % e "&none;">',
    ),
    *(
        "<!ELEMENT a (b,c|d)>",
        "<!ELEMENT a EMPTY>",
        "<!ATTLIST a b ID #REQUIRED>",
        "<!NOTATION n PUBLIC 'x'>",
        "<![INCLUDE[",
    ),
    *(
        "<a>",
        "</a>",
        "<a/>",
        "< a/>",
        "<a / >",
        "</ a>",
        "<a></a >",
        "<a></a b=''>",
        "<1/>",
        "<a.b-c_1/>",
        "<ä/>",
        "<a:b/>",
    ),
    *(
        "<xml:a/>",
        "<xmlns:a/>",
        "<x:a/>",
        "<y:a:b/>",
        "<:a/>",
        "<a:/>",
        "<log>",
        "</log>",
        "</trace>",
        "<trace>",
        "text",
    ),
    *(
        ' a="1"',
        ' a=""',
        " a='<'",
        " a='&lt;'",
        " a",
        " a=",
        " a=1",
        "a='1'",
        ' a = "1"',
        " y:a='1'",
        " q:a='1'",
        " a:='1'",
    ),
    *(' xmlns:q="urn:q"', ' xmlns:y="urn:x"', ' xmlns:q=""', ' xmlns=""', " xmlns:xml='urn:q'", " xmlns:xmlns='urn:q'"),
    *(" xmlns='http://www.w3.org/2000/xmlns/'", " xmlns:q='http://www.w3.org/XML/1998/namespace'", ' xml:space="x"'),
    *(" encoding='UTF-8'", " encoding='utf-16'", " encoding='no-such'", " encoding='US-ASCII'", " standalone='yes'"),
]
ATTRIBUTE = re.compile(r"""\s[\w:.]+\s*=\s*("[^"]*"|'[^']*')""")


def place(rng: random.Random, text: str) -> int:
    return rng.randint(0, len(text))


def span(rng: random.Random, text: str, most: int) -> slice:
    start = place(rng, text)
    return slice(start, start + rng.randint(1, most))


def insert(rng: random.Random, text: str) -> str:
    at = place(rng, text)
    return str(text[:at] + rng.choice(PIECES) + text[at:])


def replace(rng: random.Random, text: str) -> str:
    at = span(rng, text, 3)
    return str(text[: at.start] + rng.choice(PIECES) + text[at.stop :])


def delete(rng: random.Random, text: str) -> str:
    at = span(rng, text, 8)
    return text[: at.start] + text[at.stop :]


def repeat(rng: random.Random, text: str) -> str:
    at = span(rng, text, 40)
    return text[: at.stop] + text[at] + text[at.stop :]


def move(rng: random.Random, text: str) -> str:
    at = span(rng, text, 60)
    rest = text[: at.start] + text[at.stop :]
    to = place(rng, rest)
    return rest[:to] + text[at] + rest[to:]


def cut(rng: random.Random, text: str) -> str:
    return text[: place(rng, text)]


def repeat_attribute(rng: random.Random, text: str) -> str:
    found = rng.choice(list(ATTRIBUTE.finditer(text)) or list(re.finditer("$", text)))
    return text[: found.end()] + found.group() + text[found.end() :]


def drop_quote(rng: random.Random, text: str) -> str:
    quotes = [at for at, letter in enumerate(text) if letter in "\"'<>&;=/"] or [0]
    at = rng.choice(quotes)
    return text[:at] + text[at + 1 :]


def move_declaration(rng: random.Random, text: str) -> str:
    declaration, end, rest = text.rpartition("?>") if rng.random() < 0.2 else text.partition("?>")
    at = place(rng, rest)
    return rng.choice([" ", "\n", "", rest[:at]]) + declaration + end + rest[at if rng.random() < 0.5 else 0 :]


CHANGES: list[Callable[[random.Random, str], str]] = [
    *(insert, insert, insert, insert, replace, delete, repeat, move, cut),
    *(repeat_attribute, drop_quote, move_declaration),
]


def encoded(rng: random.Random, text: str) -> bytes:
    """Mostly UTF-8, else another encoding, stated or not."""
    if rng.random() < 0.8:
        return text.encode(errors="surrogatepass")
    label = rng.choice(["UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252", "US-ASCII", "nothing"])
    stated = rng.choice(["encoding='UTF-8'", f'encoding="{label}"', f"encoding='{label.lower()}'", ""])
    text = re.sub(r"""encoding="UTF-8"|(?<=version='1.0')""", f" {stated}", text, count=1)
    data = text.encode(
        rng.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig", "latin-1", "cp1252"]), "replace"
    )
    at = rng.randint(0, len(data))
    return data if rng.random() < 0.7 else data[:at] + rng.choice([b"\xff", b"\xc3", b"\x00", b"\xe4"]) + data[at:]


def changed(rng: random.Random) -> bytes:
    text = rng.choice([PLAIN, RICH, SHORT])
    for _ in range(rng.choice([0, 1, 1, 1, 1, 2, 3])):
        text = rng.choice(CHANGES)(rng, text)
    return encoded(rng, text)


# What well-formed files are refused for all the same: part of the log would be lost, or the file is no log.
OTHER_REASONS = [
    re.compile(r"the file is not XES: its root is <.*>, not <log>"),
    re.compile(r"the file is not XES: <\w+> is inside (<\w+>|an attribute)"),
    re.compile(r"the entity &.*; of the DTD .*, and such entities are not read"),
    re.compile(r"the DTD gives `.*` a default value"),
    # Expat believes the declaration, and makes other letters of it: it takes ä for Ã¤.
    re.compile(r"the XML declaration says that the encoding is .*, but the byte order mark is that of UTF-8"),
]


def expat_refuses(data: bytes) -> str | None:
    # A separator that nothing in XML can have, since Expat refuses a URI that has it.
    parser = expat.ParserCreate(namespace_separator="\x1f")
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        return str(error)
    return None


def check_refuses(data: bytes) -> str | None:
    try:
        problems = check_event_log(data, file_name="log.xes").problems
    except UnsupportedFormatError as error:  # It does not even begin as XML does.
        return error.message
    return next((problem.message for problem in problems if problem.code in ("UNREADABLE", "EMPTY_FILE")), None)


@pytest.mark.parametrize("log", [PLAIN, RICH, SHORT])
def test_the_logs_that_are_changed_are_good(log: str) -> None:
    assert expat_refuses(log.encode()) is None
    assert check_refuses(log.encode()) is None


@pytest.mark.parametrize("start", SEEDS)
def test_the_check_refuses_what_expat_refuses(start: int) -> None:
    for seed in range(start, start + SEEDS.step):
        data = changed(random.Random(seed))
        ours, theirs = check_refuses(data), expat_refuses(data)
        told = f"seed {seed}: the check says {ours!r}, Expat {theirs!r}, of {data!r}"
        if theirs is not None:
            assert ours is not None, told
        elif ours is not None:
            assert any(reason.search(ours[:1].lower() + ours[1:]) for reason in OTHER_REASONS), told


def test_a_raw_less_than_is_shown_with_its_line() -> None:
    log = PLAIN.replace("order 1", "a\n < b")
    assert "(line 6)" in (check_refuses(log.encode()) or "")
