"""Completes a follow-up to a table question: another country, sex, grade or category takes the old one's place."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.countries import folded, mentioned, names_a_people, people_of
from qa.followup import content_words, without_opening
from qa.tables.words import CATEGORY_WORDS, MEN, WOMEN, grades

_OF_THEM = re.compile(r"\b(?:among|amongst|of|parmi|entre) (?:them|those|these|elles?|eux|ell[oa]s)\b")
_COUNTING = re.compile(r"^(how many|combien (?:de|d')|cu[aá]nt[oa]s)\s*", re.IGNORECASE)
_NEUTRAL = frozenset(
    """only just alone women men woman female male females males grade level staff people colleagues nationals ones
    among them those these category femmes hommes mujeres hombres personnel personal""".split()
)


def completed(question: str, previous: str, answers: Callable[[str], bool]) -> str | None:
    """Return a table question with what a follow-up changes put in its place, or ``None`` if it is no such follow-up.

    Args:
        question: The follow-up, such as "What about Peru?" or "and the women among them?".
        previous: The stand-alone question before it.
        answers: Whether the tables can take a question.
    """
    bare = without_opening(question).strip(" ?¿.!")
    text = _OF_THEM.sub(" ", folded(bare))
    if not bare or not answers(previous) or _other_words(text):
        return None
    for change in (_country, _sex, _grade, _category):
        changed = change(bare, text, previous)
        if changed is not None and answers(changed):
            return changed
    return None


def _other_words(text: str) -> list[str]:
    """Return the words of a follow-up that change no row or column."""
    rest = text
    for name, _ in mentioned(text):
        rest = rest.replace(name, " ")
    for pattern, _ in CATEGORY_WORDS:
        rest = re.sub(rf"\b(?:{pattern})\b", " ", rest)
    for grade in grades(rest):
        rest = re.sub(grade.replace(" ", " ?"), " ", rest)
    return [word for word in content_words(rest) if word not in _NEUTRAL and not word.isdigit()]


def _country(bare: str, text: str, previous: str) -> str | None:
    new, old = mentioned(bare), mentioned(previous)
    if len(new) != 1 or len(old) != 1:
        return None
    name, codes = new[0]
    # The words as they were typed, without the article that clings to them.
    typed = re.sub(r"^(?:the|from|for|los|las|les|le|la|des|de|d')\s*", "", bare, flags=re.IGNORECASE)
    place = _typed(previous, old[0][0])
    if place is None:
        return None
    was_people, is_people = names_a_people(old[0][0]), names_a_people(name)
    if was_people and not is_people and len(codes) == 1:
        typed = people_of(next(iter(codes))) or typed
    return f"{previous[: place[0]]}{typed}{previous[place[1] :]}"


def _typed(text: str, name: str) -> tuple[int, int] | None:
    """Return where a folded name stands in a text as typed."""
    for start in range(len(text)):
        if start and text[start - 1].isalnum():
            continue
        for end in range(start + 2, min(len(text), start + len(name) + 8) + 1):
            if folded(text[start:end]) == name and (end == len(text) or not text[end].isalnum()):
                return start, end
    return None


def _sex(bare: str, text: str, previous: str) -> str | None:
    women, men = WOMEN.search(text), MEN.search(text)
    if bool(women) == bool(men):
        return None
    word = (women or men).group()  # type: ignore[union-attr]
    for pattern in (WOMEN, MEN):
        if pattern.search(folded(previous)):
            return re.sub(pattern.pattern, word, previous, count=1, flags=re.IGNORECASE)
    counting = _COUNTING.match(previous)
    if counting:
        return f"{counting[1]} {word} among {previous[counting.end() :]}"
    return f"{previous.rstrip(' ?.')}: {word}?"


def _grade(bare: str, text: str, previous: str) -> str | None:
    new = re.search(r"\b[A-Za-z]{1,2}-?[A-D\d]\b", bare)
    if new is None or not grades(text):
        return None
    old = re.search(r"\b[A-Z]{1,2}-?[A-D\d]\b", previous)
    if old is not None:
        return f"{previous[: old.start()]}{new.group().upper()}{previous[old.end() :]}"
    return f"{previous.rstrip(' ?.')} at {new.group().upper()}?"


def _category(bare: str, text: str, previous: str) -> str | None:
    for pattern, _ in CATEGORY_WORDS:
        if re.search(rf"\b(?:{pattern})\b", text):
            break
    else:
        return None
    for pattern, _ in CATEGORY_WORDS:
        old = re.search(rf"\b(?:{pattern})\b", previous, re.IGNORECASE)
        if old is not None:
            return f"{previous[: old.start()]}{bare}{previous[old.end() :]}"
    return f"{previous.rstrip(' ?.')} among {bare}?"
