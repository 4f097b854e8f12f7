"""The catalogue of messages: English in the code, Indonesian in sertakan/locale/id.

    python tools/messages.py           bring the catalogue up to date with the code, compile it
    python tools/messages.py --check   exit 1 and name what is missing; change nothing

It needs none of gettext's tools. After the first command, write the missing translations into
sertakan/locale/id/LC_MESSAGES/django.po and run it once more.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "sertakan" / "locale" / "id" / "LC_MESSAGES" / "django.po"
METADATA = {
    "Language": "id",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}

# How each function takes its context, its message and its plural: their places among arguments.
FUNCTIONS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({TEXT}(?:\s*,\s*(?:{TEXT}|count))*)\s*\)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass
class Message:
    """A message, and the files that say it."""

    text: str
    plural: str | None = None
    context: str | None = None
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.text


def in_python(source: str) -> Iterator[Message]:
    """What a module marks for translation."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            arguments = [
                argument.value if isinstance(argument, ast.Constant) else None
                for argument in node.args
            ]
            yield from _called(name, arguments)


def in_template(source: str) -> Iterator[Message]:
    """What a template marks for translation."""
    for name, arguments in TEMPLATE_CALL.findall(templatize(source)):
        texts = [ast.literal_eval(text) for text in re.findall(TEXT, arguments)]
        yield from _called(name, texts)


def _called(name: str, arguments: list) -> Iterator[Message]:
    if name not in FUNCTIONS:
        return
    context, text, plural = (
        arguments[place] if place is not None and place < len(arguments) else None
        for place in FUNCTIONS[name]
    )
    if isinstance(text, str):
        yield Message(text=text, plural=plural, context=context)


def found(root: Path = ROOT / "sertakan") -> dict[tuple[str | None, str], Message]:
    """Every message of the program, in the order of files and of lines within them."""
    messages: dict[tuple[str | None, str], Message] = {}
    for file in sorted([*root.rglob("*.py"), *root.rglob("*.html")]):
        read = in_python if file.suffix == ".py" else in_template
        name = file.relative_to(root.parent).as_posix()
        for message in read(file.read_text()):
            kept = messages.setdefault(message.key, message)
            if name not in kept.files:
                kept.files.append(name)
    return messages


def updated(
    messages: dict[tuple[str | None, str], Message], catalogue: polib.POFile
) -> polib.POFile:
    """A catalogue of just these messages, with the translations that there are."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    new = polib.POFile(wrapwidth=98)
    new.metadata = METADATA
    for key, message in messages.items():
        old = known.get(key)
        entry = polib.POEntry(
            msgid=message.text,
            msgctxt=message.context,
            occurrences=[(file, "") for file in message.files],
        )
        if message.plural is None:
            entry.msgstr = old.msgstr if old else ""
        else:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {0: old.msgstr_plural.get(0, "") if old else ""}
        new.append(entry)
    return new


def problems(
    messages: dict[tuple[str | None, str], Message], catalogue: polib.POFile
) -> Iterator[str]:
    """What is wrong with the catalogue: one sentence each."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    for key, message in messages.items():
        entry = known.pop(key, None)
        written = entry and (entry.msgstr_plural.get(0) if message.plural else entry.msgstr)
        if not written or entry.fuzzy:
            yield f"not in Indonesian: {message.text!r} ({', '.join(message.files)})"
        elif not _same_placeholders(message, written):
            yield f"other placeholders in Indonesian: {message.text!r}: {written!r}"
    for _, text in known:
        yield f"said nowhere any more: {text!r}"


def _same_placeholders(message: Message, written: str) -> bool:
    """Each placeholder of the message stands in the translation, and no other."""
    return set(PLACEHOLDER.findall(message.plural or message.text)) == set(
        PLACEHOLDER.findall(written)
    )


def main(arguments: list[str]) -> int:
    settings.configure()
    messages = found()
    old = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    if "--check" not in arguments:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        old = updated(messages, old)
        old.save(str(CATALOGUE))
        old.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    wrong = list(problems(messages, old))
    compiled = CATALOGUE.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != old.to_binary():
        wrong.append("django.mo is not compiled from django.po")
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
