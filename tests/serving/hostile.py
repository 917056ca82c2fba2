"""Texts that somebody might put into a case so that a page, a table or a log runs something."""

from itertools import product

CORES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<iframe src=//x.invalid>", "<base href=//x.invalid>", "<style>@import'//x.invalid'</style>",
    "<meta http-equiv=refresh content=0;url=//x.invalid>", "<a href=javascript:alert(1)>x</a>",
    "<form action=//x.invalid><input autofocus onfocus=alert(1)>", "<link rel=stylesheet href=//x>",
    "javascript:alert(1)", "{{7*7}}", "{% for x in ().__class__ %}x{% endfor %}", "${7*7}",
    "#{7*7}", "<%= 7*7 %>", "%s%n%(child)s", "'; DROP TABLE events;--", "\" OR \"1\"=\"1",
    "$(touch x)", "`touch x`", "=HYPERLINK(\"//x.invalid\")", "+1+1", "-1+1", "@SUM(1)",
)  # fmt: skip
AROUND = ("{}", '">{}', "'>{}", "</td></svg>{}", "-->{}", "]]>{}", "</style></title>{}", "&lt;{}")
HOSTILE = tuple(around.replace("{}", core) for core, around in product(CORES, AROUND))
