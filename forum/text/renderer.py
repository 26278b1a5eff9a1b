"""From tokens to HTML, not yet through the gates."""
# ruff: noqa: ARG002  the parser calls every rule with the same arguments

from collections.abc import Sequence
from html import escape

from markdown_it.common.utils import unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from forum.text import code, footnotes, rawhtml
from forum.text.allowed import is_own_picture, picture_attributes
from forum.text.escaping import in_text
from forum.text.links import attribute

_BOXES = {"[ ] ": '<span class="task">☐</span> ', "[x] ": '<span class="task done">☑</span> '}


class Renderer(RendererHTML):
    """HTML without line ends between blocks (a fifth less work for the gates), and with our own rules."""

    def renderToken(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: N802
        """Any token that has no rule of its own."""
        token = tokens[idx]
        if token.hidden:
            return ""
        if token.nesting == -1:
            return f"</{token.tag}>"
        return f"<{token.tag}{self.renderAttrs(token) if token.attrs else ''}>"

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Words."""
        return in_text(tokens[idx].content)

    def code_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Code in a line."""
        return f"<code>{in_text(tokens[idx].content)}</code>"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Code with colours. Their bounds hold for all code of a post together."""
        token = tokens[idx]
        language = code.language_of(unescapeAll(token.info)) if token.info else None
        if language is None:
            return self.code_block(tokens, idx, options, env)
        lines, chars = env.get("code", (0, 0))
        lines, chars = env["code"] = (lines + token.content.count("\n"), chars + len(token.content))
        if lines <= code.MAX_LINES and chars <= code.MAX_CHARS:
            inner = code.coloured(token.content, language)
        else:
            inner = in_text(token.content)
        return f'<pre{env["focus"]}><code class="language-{language}">{inner}</code></pre>'

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Code without a known language."""
        return f"<pre{env['focus']}><code>{in_text(tokens[idx].content)}</code></pre>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """An upload as a picture, anything else as a link: nobody's address goes to third parties."""
        token = tokens[idx]
        source = attribute(token, "src")
        alt = self.renderInlineAsText(token.children or [], options, env).strip()
        in_link = _is_in_link(tokens, idx)
        if not is_own_picture(source):
            return rawhtml.picture_link(source, alt, in_link=in_link)
        if not alt and in_link:
            alt = source.rsplit("/", 1)[-1]
        title = attribute(token, "title")
        more = f' title="{escape(title)}"' if title else ""
        return f'<img src="{escape(source)}" alt="{escape(alt)}"{more}{picture_attributes(source)}>'

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A link without words gets its address for words: it could not be seen, nor heard."""
        html = self.renderToken(tokens, idx, options, env)
        if tokens[idx + 1].type == "link_close":
            html += in_text(attribute(tokens[idx], "href"))
        return html

    def box(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """The box of a task: a sign that is read aloud and copied, not a control."""
        return _BOXES[tokens[idx].content]

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A table in a box of its own that scrolls; with raw HTML in the text all boxes are made later."""
        return f'<div class="table-box"{env["focus"]}><table>' if env["focus"] else "<table>"

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """The end of a table and its box."""
        return "</table></div>" if env["focus"] else "</table>"

    def note_ref(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A footnote's number in the text."""
        return footnotes.reference_html(tokens[idx].meta, env["prefix"])

    def note_back(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """The way back from a footnote."""
        return footnotes.back_html(tokens[idx].meta, env["prefix"])

    def note_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A footnote."""
        return f'<li id="fn-{env["prefix"]}{tokens[idx].meta["number"]}">'


def _is_in_link(tokens: Sequence[Token], index: int) -> bool:
    for position in range(index - 1, -1, -1):
        if tokens[position].type == "link_open":
            return True
        if tokens[position].type == "link_close":
            return False
    return False
