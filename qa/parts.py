"""Splits a question that asks two things into the questions it is made of."""

from __future__ import annotations

import re

_ASKS = (
    r"how (?:many|much|long|often|far)|what|which|who|whom|whose|where|when|why|in how many|on how many|from how many|"
    r"combien|quel(?:le)?s?|où|quand|pourquoi|comment|dans combien|en combien|"
    r"cuánt[oa]s?|qué|cuál(?:es)?|dónde|cuándo|cómo|quién(?:es)?|por qué|en cuántos|en qué"
)
# "... and the number of ...": asks without a question word.
_NOUNS = (
    r"(?:the |le |la |el )?(?:(?:total|exact) )?(?:number|amount|share|percentage|names?|kinds?|types?|dates?|"
    r"nombre|montant|part|pourcentage|nom|date|número|importe|porcentaje|fecha) (?:of|d[eu]|del?)"
)
_BEFORE = (
    r"(?:from|out of|of|in|on|for|to|at|by|with|under|since|until|through|de|à|en|a|sur|depuis|avec|vers|dans|par|pour|"
    r"jusqu[’']à|desde|con|hacia|hasta|para|por|sobre)"
)
_JOIN = re.compile(
    r"((?:,?\s+(?:and|et|y|e|as well as|ainsi que|así como|plus|más|\+)|[,;])\s"
    r"(?:(?:also|then|secondly|additionally|aussi|également|ensuite|puis|también|además|luego),?\s)?)\s*"
    rf"(?:(?=¿?(?:{_BEFORE} )?(?:{_ASKS})\b)|(?<!,\s)(?={_NOUNS}\b))",
    re.IGNORECASE,
)
# What stands in brackets after a question is what the question leans on, not another question.
_SENTENCES = re.compile(r"(?<=\?)\s+(?=[^\s(])")
_DISTRIBUTES = re.compile(
    r"\b(each|both|respectively|compare|versus|vs\.?|chacun|chacune|comparez|cada un[oa]|compara)\b", re.I
)
_PAIR = re.compile(
    r"\b(?P<first>(?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})(?P<middle> (?:and|et|y|versus|vs\.?) )"
    r"(?P<second>(?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})\b"
)
# "Roads and wells: how many were built in each?"
_TOPICS = re.compile(
    r"^(?P<first>[^:,?]{2,60}?) (?:and|et|y) (?P<second>[^:,?]{2,60}): (?P<asked>.+?)"
    r"(?: (?:on|for|in|at|by|with|from|of|to))? (?:each|chacune?|cada un[oa])\W*$",
    re.IGNORECASE,
)
_COMPARE = re.compile(r"^\W*(?:compare[rz]?|compara)\s+", re.IGNORECASE)
# "Compare how many ... with how many ...".
_COMPARED_WITH = re.compile(
    rf"{_COMPARE.pattern}(.+?)\s(?:with|to|against|versus|avec|à|con)\s(?=(?:{_BEFORE} )?(?:{_ASKS})\b)", re.IGNORECASE
)
_INTRODUCTION = re.compile(rf"^([^:?]{{3,80}}):\s+(?=¿?(?:{_ASKS})\b)", re.IGNORECASE)
# "For a briefing: ..." introduces whatever follows.
_FOR_A_NOTE = re.compile(
    r"^((?:for|preparing|writing|drafting|pour|para|preparo|je prépare)\b[^:?]{3,60}):\s+", re.IGNORECASE
)
# What a question adds is asked for, whatever stands before it.
_ADDS = re.compile(r"\+|plus|más", re.IGNORECASE)
# What an introduction is for, or who asks; any other ("Shelter: how many ...") is what the question is about.
_BACKGROUND = re.compile(
    r"\b(?:I|I['’]m|we|my|our|us|note|briefing|brief|report|speech|talk|meeting|memo|article|slides?|presentation|"
    r"paper|points|quiz|box|checklist|draft|question|quick|one|curious|"
    r"je|j['’]ai|nous|mon|ma|notre|réunion|discours|rapport|présentation|rapide|petite|"
    r"mi|nuestr[oa]|reunión|informe|nota|discurso|presentación|rápida|duda|pregunta)\b",
    re.IGNORECASE,
)
# Words of an introduction that asks nothing.
_SHORT = 8
# Inside a clause "who" and "where" mostly open a relative one.
_ASKING = re.compile(
    rf"^\W*(?:\w+ )?(?:{_ASKS})\b|(?:^|: )\W*(?:the )?(?:total|number|amount|share|percentage)\b|"
    r"\b(?:how (?:many|much|long|often|far)|what|combien|quel(?:le)?s?|cuánt[oa]s?|qué)\b",
    re.IGNORECASE,
)


def _distribute(question: str) -> tuple[str, ...]:
    """Return one question for each of two names that the question asks about alike."""
    if not _DISTRIBUTES.search(question):
        return (question,)
    pair = _PAIR.search(_COMPARE.sub("", question))
    if not pair:
        return (question,)
    bare = _COMPARE.sub("", question)
    head, tail = bare[: pair.start()], bare[pair.end() :]
    return (f"{head}{pair['first']}{tail}", f"{head}{pair['second']}{tail}")


def _without_introduction(question: str) -> str:
    """Drop an introduction such as "For a funding note:" that names nothing the question is about."""
    match = _INTRODUCTION.match(question) or _FOR_A_NOTE.match(question)
    if match and _BACKGROUND.search(match[1]) and not re.search(r"(?<!^)\b[A-Z]|\d", match[1]):
        return question[match.end() :]
    return question


def split_question(question: str) -> tuple[str, ...]:
    """Return the parts of a question, each of which can be answered on its own.

    ``"how many people, and in how many countries?"`` gives two parts; a question that asks one thing
    gives itself. A part that starts the question without asking anything (an introduction such as
    "Preparing a briefing:", a topic such as "Of the people reached,") stays with the part after it.
    """
    topics = _TOPICS.match(_COMPARE.sub("", question.strip()))
    if topics:
        return (f"{topics['first']}: {topics['asked']}?", f"{topics['second']}: {topics['asked']}?")
    parts: list[str] = []
    question = _without_introduction(question.strip())
    question = _COMPARED_WITH.sub(r"\1 and ", question)
    for sentence in _SENTENCES.split(question):
        pieces = [piece.strip() for piece in _JOIN.split(sentence)]
        for piece, joint in zip(pieces[::2], ["", *pieces[1::2]], strict=True):
            if not piece:
                continue
            introduces = bool(parts) and not _ASKING.search(parts[-1]) and not _ADDS.search(joint)
            if introduces and (joint in (",", ";") or len(parts[-1].split()) < _SHORT):
                parts[-1] = f"{parts[-1]}, {piece}"
            else:
                parts.append(piece)
    if len(parts) == 1:
        return _distribute(question)
    return tuple(parts)
