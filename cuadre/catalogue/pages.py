"""Write the page of a code that cuadre does not judge: who decides it, and what a person does then."""

from collections.abc import Sequence

from cuadre.catalogue.entries import HERE, Entry
from cuadre.catalogue.titles import decided_advice, decided_meaning, decided_name
from cuadre.messages import text


def entry_page(entries: Sequence[Entry], language: str) -> str:
    """Write the page in Markdown: the first entry was asked for, the others have the same rule."""
    first = entries[0]
    parts = {
        "decided": _decided(first, language),
        "to_do": to_do(first, language),
        "codes": "\n".join([_code(entry, language) for entry in entries]),
    }
    sections = [
        f"## {text(f'page.{title}', language)}\n\n{content}" for title, content in parts.items() if content
    ]
    return "\n\n".join([f"# {first.code}: {first.title[language]}", *sections])


def to_do(entry: Entry, language: str) -> str:
    """Say what a person does about a code: what is known of it, else of who decides it."""
    return entry.advice[language] or decided_advice(entry.decided, language)


def _decided(entry: Entry, language: str) -> str:
    if entry.judged_as:
        return text("page.judged_as", language, code=entry.judged_as)
    meaning = decided_meaning(entry.decided, language)
    return f"{meaning[:1].upper()}{meaning[1:]}."


def _code(entry: Entry, language: str) -> str:
    kind = "" if entry.kind == "any" else f" ({text(f'kind.{entry.kind}', language)})"
    severity = text(f"severity.{entry.severity}", language)
    decided = decided_name(entry.decided, language)
    said = "" if entry.decided == HERE else f" [{decided}]"
    return f"- **{entry.code}**{kind}, {severity}: `{entry.element}`. {entry.source}{said}"
