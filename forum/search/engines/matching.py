"""Which documents of one segment of a Whoosh index fit a query's clauses."""

from collections.abc import Sequence

from forum.search.engines.parts import Part
from forum.search.query import Clause


def fitting(part: Part, clauses: Sequence[Clause]) -> set[int]:
    """The documents of a segment that all clauses fit, deleted ones included."""
    wanted = [clause for clause in clauses if not clause.is_excluded]
    wanted.sort(key=lambda clause: _expected(part, clause))
    found: set[int] | None = None
    for clause in wanted:
        found = _matching(part, clause) if found is None else found & _matching(part, clause)
        if not found:
            return set()
    if found is None:
        found = part.all_documents()
    for clause in clauses:
        if clause.is_excluded:
            found -= _matching(part, clause)
    return found


def field(term: str) -> str:
    """The field of the index that holds a term."""
    return "stems" if term[0] == "~" else "surfaces"


def _expected(part: Part, clause: Clause) -> int:
    """About how many documents a clause fits; the rarest is asked first, and often ends it."""
    if clause.kind == "prefix":
        return part.size
    counts = [part.frequency(field(term), term) for term in clause.terms]
    return min(counts) if clause.kind == "phrase" else sum(counts)


def _matching(part: Part, clause: Clause) -> set[int]:
    if clause.kind == "word":
        return set().union(*(part.documents(field(term), term) for term in clause.terms))
    if clause.kind == "prefix":
        return set().union(*(part.documents("surfaces", one) for one in part.beginning_with(clause.terms[0])))
    return _with_phrase(part, clause)


def _with_phrase(part: Part, clause: Clause) -> set[int]:
    among: set[int] | None = None
    for term in sorted(set(clause.terms), key=lambda one: part.frequency("surfaces", one)):
        documents = part.documents("surfaces", term)
        among = documents if among is None else among & documents
        if not among:
            return set()
    if among is None or len(clause.terms) == 1:
        return among or set()
    places = {term: part.places(term, among) for term in set(clause.terms)}
    found = set()
    for number in among:
        standing = [
            {place - far for place in places[term][number]}
            for term, far in zip(clause.terms, clause.places, strict=True)
        ]
        if set.intersection(*standing):
            found.add(number)
    return found
