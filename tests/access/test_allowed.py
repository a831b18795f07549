"""What can go round escaping, form protection or the database layer: counted by file, so that one more shows."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

CODE = Path(__file__).parents[2] / "igtoolkit"
LOOKED_FOR = {
    "markup": r"\bMarkup\(|\bmark_safe\(|format_html\(|\|\s*safe\b",
    "no form protection": r"csrf_exempt|csrf_protect\(None",
    "database by hand": r"\.raw\(|RawSQL|\.extra\(|(?:cursor|connection|raw|driver)\w*\.execute(?:many|script)?\(",
    "code from text": r"\beval\(|\bexec\(|(?<![.\w])compile\(\s*[\"']|__import__\(|pickle|marshal|"
    r"yaml\.(?:unsafe_)?load\(",
    "other programs": r"\bsubprocess\.(?:run|Popen|call|check_\w+)\(|os\.system|os\.popen|shell=True",
    "no autoescape": r"autoescape\s*[=:]\s*False|autoescape off|\"autoescape\": False",
}
# Each line was looked at: what it takes is our own words and numbers, or was escaped in the same line.
ALLOWED = {
    "markup": {
        "reports/charts/chart.py": 1,  # a title, escaped before years are marked in it
        "reports/charts/drawn.py": 1,  # our own drawing, whose words the drawing library escapes
        "web/jinja2/assessment/_whole.jinja": 1,  # a break between pieces, ours
        "web/jinja2/submission/_row.jinja": 1,  # likewise
        "web/jinja2/public/data_dictionary.jinja": 3,  # places where a line may break, between our own names
        "web/pages/kinds.py": 4,  # options of a list, made by Markup.format, which escapes
        "web/views/national.py": 6,  # 10,000 cells of a table in one go, each name by Markup.format
    },
    "no form protection": {},
    "database by hand": {
        "access/reach.py": 1,  # tells PostgreSQL whose rows may be seen, by parameters
        "access/trail.py": 2,  # locks of audit chains
        "api/health.py": 1,  # SELECT 1
        "config/holding.py": 2,  # locks of files in work
        "config/patience.py": 1,  # how long a statement may take
        "records/rows.py": 10,  # row-level security: our own names of tables
        "records/triggers.py": 4,  # triggers: our own names of tables
        "reports/verify.py": 3,  # one moment for all that is read
    },
    "code from text": {},
    "other programs": {"config/processes.py": 1},  # the service's own web server and worker
    "no autoescape": {},
}


# Words that are chosen from among our own, then filled in.
FORMATS = {
    "reports/board_line.py": 1,
    "reports/board_rows.py": 1,
    "reports/pack/word_look.py": 1,  # the piece of a Word file that a table's look is
    "web/guesses.py": 1,
    "web/pages/saved_views.py": 1,
    "web/pages/to_do.py": 1,
    "web/views/people.py": 2,
}


def counted(pattern: str) -> Counter[str]:
    """{file below igtoolkit/: how often the pattern stands in it}, migrations left out."""
    found: Counter[str] = Counter()
    for path in sorted(CODE.rglob("*")):
        if path.suffix in (".py", ".jinja", ".html") and not {"migrations", "vendor"} & set(path.parts):
            n = len(re.findall(pattern, path.read_text("utf-8")))
            found += Counter({path.relative_to(CODE).as_posix(): n})
    return found


@pytest.mark.parametrize("what", LOOKED_FOR)
def test_each_way_round_a_protection_is_known(what):
    assert counted(LOOKED_FOR[what]) == ALLOWED[what]


def calls(of: str) -> Iterator[tuple[str, ast.Call]]:
    """(file, call) of every call of a function or method by this name, the demonstration's invented words left out."""
    for path in sorted(CODE.rglob("*.py")):
        if not {"migrations", "demonstration"} & set(path.parts):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and re.fullmatch(of, getattr(node.func, "attr", "")):
                    yield path.relative_to(CODE).as_posix(), node


def is_our_own(node: ast.AST) -> bool:
    """Whether a text is written here: whole, or of pieces that are named constants."""
    names = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
    return isinstance(node, (ast.Constant, ast.JoinedStr, ast.Name, ast.Attribute)) and all(
        each.isupper() for each in names if each != "each"
    )


def test_no_regular_expression_is_made_of_what_somebody_typed():
    made = "compile|search|match|fullmatch|findall|finditer|split|sub|subn"
    of_re = [(name, node) for name, node in calls(made) if getattr(node.func.value, "id", "") == "re"]
    assert len(of_re) > 10
    assert [(name, node.lineno) for name, node in of_re if not is_our_own(node.args[0])] == []
    assert counted(r"__i?regex") == {}


def test_no_template_or_format_is_made_of_what_somebody_typed():
    assert counted(r"from_string\(|\bTemplate\(|engines\[") == {}
    found = Counter(name for name, node in calls("format") if not is_our_own(_text(node.func.value)))
    assert found == FORMATS


def _text(node: ast.AST) -> ast.AST:
    """What is formatted: of Markup("…") the text in it."""
    return node.args[0] if isinstance(node, ast.Call) and node.args else node
