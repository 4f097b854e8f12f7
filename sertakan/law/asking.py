"""Questions a line at a time, as JSON: what the command line reads and writes.

Numbers are read exactly: a whole number as int, any other as Decimal, never a float.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from sertakan.law.book import Book
from sertakan.law.facts import FactError
from sertakan.law.questions import answer

KEYS = ("id", "question", "facts")


def answer_lines(lines: Iterable[bytes], book: Book | None = None) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not blank; an `error` for one that does not fit."""
    for line in lines:
        if line.strip():
            yield answer_line(line, book)


def answer_line(line: bytes, book: Book | None = None) -> dict[str, Any]:
    """`{"id", "answer", "provisions", "uncertain"}` or `{"id", "error"}`; never raises."""
    try:
        asked = read_line(line)
    except FactError as refusal:
        return {"id": None, "error": refusal.as_dict()}
    return {"id": asked.get("id"), **_answer(asked, book)}


def _answer(asked: dict[str, Any], book: Book | None) -> dict[str, Any]:
    for name in asked:
        if name not in KEYS:
            return _error("unknown_key", name, f"A line has id, question and facts, not {name}.")
    for name in ("question", "facts"):
        if name not in asked:
            return _error("missing", name, f"{name} is missing.")
    return answer(asked["question"], asked["facts"], book)


def _error(code: str, field: str, message: str) -> dict[str, Any]:
    return {"error": FactError(code, field, message).as_dict()}


def read_line(line: bytes) -> dict[str, Any]:
    """The JSON object of a line. Raises FactError where it is none."""
    try:
        found = json.loads(
            line.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=Decimal,
            object_pairs_hook=_once_each,
        )
    except (ValueError, RecursionError) as fault:
        reason = str(fault).partition(":")[0]
        raise FactError("invalid_json", "line", f"The line is not JSON: {reason}.") from None
    if not isinstance(found, dict):
        raise FactError("invalid_json", "line", "The line is not a JSON object.")
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def written(answered: dict[str, Any]) -> str:
    """An answer as one line of JSON."""
    return json.dumps(answered, default=_number)


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):  # an id given as such a number
        return float(value) if value.is_finite() else str(value)
    raise TypeError(type(value))
