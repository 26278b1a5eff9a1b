"""Colours for fenced code: classes only, for languages that are known, and never more work than a post is worth."""

from functools import cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import (
    Comment,
    Error,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    String,
    Token,
    _TokenType,
)

from forum.text.escaping import in_text

# Several lexers take quadratic time on long lines, and those of the C family on many lines: 20,000 line feeds cost 15
# s. Within these bounds the worst of them stays near a third of a second (tests/text/test_code.py tries them all).
MAX_CHARS = 20_000
MAX_LINES = 600
MAX_LINE_CHARS = 500

_ALIASES = {
    "bash": "sh shell zsh console",
    "c": "h",
    "clojure": "clj",
    "cmake": "",
    "cpp": "c++ hpp cxx",
    "csharp": "c# cs",
    "css": "",
    "dart": "",
    "diff": "patch udiff",
    "docker": "dockerfile",
    "elixir": "ex exs",
    "erlang": "erl",
    "fortran": "f90",
    "go": "golang",
    "graphql": "gql",
    "groovy": "gradle",
    "haskell": "hs",
    "html": "xhtml htm",
    "http": "",
    "ini": "cfg dosini properties",
    "java": "",
    "javascript": "js node mjs jsx",
    "json": "jsonc json5",
    "julia": "jl",
    "kotlin": "kt",
    "lua": "",
    "make": "makefile mf",
    "matlab": "",
    "nginx": "",
    "objective-c": "objc",
    "ocaml": "ml",
    "perl": "pl",
    "php": "",
    "powershell": "ps1 posh pwsh",
    "python": "py python3 py3",
    "r": "splus rscript",
    "ruby": "rb",
    "rust": "rs",
    "scala": "",
    "scss": "",
    "sql": "mysql sqlite",
    "swift": "",
    "terraform": "tf hcl",
    "toml": "",
    "typescript": "ts tsx",
    "vim": "viml",
    "xml": "svg xsl",
    "yaml": "yml",
}
LANGUAGES: frozenset[str] = frozenset(_ALIASES)
_NAMES = {name: name for name in _ALIASES} | {alias: name for name, more in _ALIASES.items() for alias in more.split()}

_CLASSES: dict[_TokenType, str] = {
    Comment: "c",
    Comment.Preproc: "cp",
    Error: "",
    Generic.Deleted: "gd",
    Generic.Heading: "gh",
    Generic.Inserted: "gi",
    Generic.Subheading: "gh",
    Keyword: "k",
    Literal: "m",
    Name.Attribute: "na",
    Name.Builtin: "nb",
    Name.Class: "nc",
    Name.Constant: "m",
    Name.Decorator: "nd",
    Name.Exception: "nc",
    Name.Function: "nf",
    Name.Namespace: "nc",
    Name.Tag: "nt",
    Name.Variable: "nv",
    Number: "m",
    Operator.Word: "k",
    String: "s",
    String.Escape: "se",
    String.Interpol: "se",
    String.Regex: "sr",
    Token: "",
}
COLOURS: frozenset[str] = frozenset(_CLASSES.values()) - {""}


def language_of(info: str) -> str | None:
    """The known language that the first word of a fence names, in one spelling; None when it is not known."""
    words = info.split(None, 1)
    return _NAMES.get(words[0].lower()) if words else None


def is_worth_colouring(source: str) -> bool:
    """Whether `source` is small enough, as a whole and by line, for the lexers' regular expressions."""
    if len(source) > MAX_CHARS or source.count("\n") > MAX_LINES:
        return False
    return all(len(line) <= MAX_LINE_CHARS for line in source.split("\n"))


def coloured(source: str, language: str) -> str:
    """HTML of `source` with spans for what is worth a colour; just escaped when it is too long or the lexer fails."""
    if not is_worth_colouring(source):
        return in_text(source)
    out: list[str] = []
    last, held = "", ""
    try:
        for kind, value in _lexer(language).get_tokens(source):
            name = _class_of(kind)
            # White space takes the colour of what it stands beside: fewer spans, less work for the gates.
            if name == last or not value.strip():
                held += value
                continue
            _close(out, last, held)
            last, held = name, value
    except (RecursionError, ValueError, IndexError, KeyError, AttributeError, TypeError):
        return in_text(source)
    _close(out, last, held)
    return "".join(out)


def _close(out: list[str], name: str, text: str) -> None:
    safe = in_text(text)
    out.append(f'<span class="{name}">{safe}</span>' if name and text else safe)


@cache
def _class_of(kind: _TokenType) -> str:
    while kind not in _CLASSES and kind.parent is not None:
        kind = kind.parent
    return _CLASSES.get(kind, "")


@cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False, ensurenl=False)
