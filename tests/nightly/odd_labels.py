"""Labels that attack: drawn from the grammars of all that a label comes through."""

from __future__ import annotations

from random import Random

TAGS = ("script", "a", "img", "svg", "b", "table", "td", "style", "iframe", "math", "foreignObject")
ATTRIBUTES = (
    *("onload=window.__hit=1", "onerror='window.__hit=1'", 'href="javascript:window.__hit=1"'),
    *("src=x", 'xlink:href="//a.invalid/"', 'style="background:url(//a.invalid/)"', "/"),
)
ENTITIES = (
    *("&amp;", "&lt;b&gt;", "&#60;", "&#x3C;", "&#0;", "&#xD800;", "&nbsp;", "&quot;", "&apos;"),
    *("&", "&&", "&;", "&#", "&#x", "&lt", "&notit;", "&#99999999999;", "&alpha;", "&lbrace;"),
)
DOT_PARTS = (
    *(
        r"\N",
        r"\G",
        r"\E",
        r"\T",
        r"\H",
        r"\L",
        r"\l",
        r"\r",
        r"\n",
        r"\"",
        "\\",
        "\\\\",
        '"',
        '""',
    ),
    *('"]; evil [label="', '" URL="javascript:1', '", shape=none, tooltip="', "}", "{", "->", "--"),
    *(
        "<b>",
        "<<b>x</b>>",
        "<",
        ">",
        "|",
        "{a|<p>b|{c}}",
        "<p>",
        "//",
        "/*",
        "*/",
        "#",
        "\n#define x",
    ),
    *(
        "subgraph cluster_x { y }",
        ";",
        "v0",
        "v0:p:n",
        "digraph {",
        "strict",
        "=",
        "+",
        '"+"',
        "\\\n",
    ),
    *("<TABLE><TR><TD HREF='x'>y</TD></TR></TABLE>", "<BR/>", "<IMG SRC='x'/>", "\\ ", "\\0"),
)
MARKUP = (
    *("<![CDATA[", "]]>", "]]", "<!--", "-->", "--!>", "<!DOCTYPE x>", "<?xml version='1.0'?>"),
    *("</script>", "</ScRiPt >", "</style>", "</title>", "</textarea>", "</svg>", "</text>", "<!"),
    *(
        "<!ENTITY x SYSTEM 'file:///x'>",
        "&x;",
        "</",
        "<x",
        "/>",
        "'",
        "`",
        "</template>",
        "<plaintext>",
    ),
)
FORMULAS = (
    *(r"\frac{1}{0}", r"\href{javascript:1}{x}", r"\input{/etc/passwd}", "$x$", "$$", "\\[", "\\)"),
    *("x_1^{2", "%", "{", "}", "\\", "\\\\", "~", "^", "_", "\\def\\x{\\x}\\x", "\\write18{x}"),
    *("<math><mi>x</mi></math>", "<mglyph src=x>", "<maction actiontype='statusline#x'>", "<mi/>"),
    *(
        "**2",
        "__import__('os')",
        "{{7*7}}",
        "{x!r}",
        "%s%n",
        "${window.__hit=1}",
        "#{1}",
        "<%= 1 %>",
    ),
)
ADDRESSES = (
    *(
        "javascript:window.__hit=1",
        "data:text/html,<script>window.__hit=1</script>",
        "//a.invalid/",
    ),
    *("https://a.invalid/", "file:///etc/passwd", "mailto:a@a.invalid", "www.a.invalid", "url(x)"),
    *(
        "=1+1",
        "=HYPERLINK(1)",
        "@x",
        "+1",
        "-1",
        "../../x",
        "CON",
        "\\\\a.invalid\\x",
        "mgw1;step=1",
    ),
)
BREAKS = (
    "\n",
    "\r",
    "\r\n",
    "\n\r",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\t",
    "\x00",
)
UNSEEN = (
    *("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u180e", "\u115f"),
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"),
    *("\u200e", "\u200f", "\u061c", "\ufe0f", "\u20dd", "\u0301", "\u0489", "\u0e49", "\U000e0041"),
    *(" ", "\xa0", "\u2003", "\u3000", "\u1680", "\u205f", "\u2800", "\u00a0" * 3, "  ", "\ufff9"),
)
HALVES = ("\ud800", "\udbff", "\udc00", "\udfff", "\ud83d\ude00", "\ude00\ud83d", "\ud83d")
EDGES = (
    "\ufdd0",
    "\ufdef",
    "\ufffe",
    "\uffff",
    "\U0001fffe",
    "\U0010ffff",
    "\ufffd",
    "\x7f",
    "\x9f",
)
LETTERS = (
    "x",
    "w1",
    "loss",
    "é",
    "é",
    "ß",
    "İ",
    "ı",
    "重み",
    "אב",
    "عر",
    "a",
    "😀",
    "👩‍👩‍👧",
    "𝑥",
    "ﷺ",
)
PARTS = (
    *(ENTITIES, DOT_PARTS, DOT_PARTS, MARKUP, FORMULAS, ADDRESSES, BREAKS, UNSEEN, HALVES, EDGES),
    *(LETTERS, LETTERS),
)


def odd_label(draw: Random) -> str:
    """A label that something on its way might take for more than a text.

    Two halves of a character beside one another are two in Python alone; here they are the one
    that every reader of the text sees.
    """
    halves = drawn(draw).encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "surrogatepass")


def drawn(draw: Random) -> str:
    kind = draw.randrange(12)
    if kind == 0:
        return element(draw, 3)
    if kind == 1:
        return "".join(draw.choice(UNSEEN + BREAKS) for _ in range(draw.randint(0, 4)))
    if kind == 2:
        return "".join(chr(draw.randrange(0x110000)) for _ in range(draw.randint(1, 12)))
    if kind == 3:
        return "".join(chr(draw.randrange(0x180)) for _ in range(draw.randint(1, 12)))
    if kind == 4:
        return long_label(draw)
    if kind == 5:
        return (
            draw.choice(LETTERS)
            + "\\" * draw.randint(1, 7)
            + draw.choice(("", '"', "N", "n", "\n"))
        )
    pieces = [draw.choice(draw.choice(PARTS)) for _ in range(draw.randint(1, 6))]
    return "".join(pieces)


def element(draw: Random, depth: int) -> str:
    """Some markup, often without an end."""
    tag = draw.choice(TAGS)
    attributes = "".join(f" {draw.choice(ATTRIBUTES)}" for _ in range(draw.randrange(3)))
    inner = element(draw, depth - 1) if depth and draw.random() < 0.4 else draw.choice(FORMULAS)
    end = draw.choice((f"</{tag}>", "", "/>", f"</{tag}", f"</{tag} x>"))
    return f"<{draw.choice((tag, tag.upper()))}{attributes}>{inner}{end}"


def long_label(draw: Random) -> str:
    """About as long as a label is shown, or far longer, with something odd where it is cut."""
    start = draw.choice(("a", "W", "é", "重", "😀", "\n", "\r\n", "<b>", "&", "\\", '"', "\u0301"))
    around = draw.choice((196, 198, 199, 200, 201, 399, 400, 401, 799, 801, 10_000))
    odd = draw.choice(draw.choice(PARTS))
    return (start * around)[:around] + odd * draw.randint(0, 3)
