"""Turns a question that leans on earlier ones into a question that stands alone.

Plain rules, in three languages: a follow-up is recognized by how it opens, by a pronoun with
nothing to refer to, or by its lack of content; it is completed from the last stand-alone question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.language import detect_language
from qa.question_words import INTERROGATIVES

Completion = Callable[[str, str], str | None]

_OPENERS = re.compile(
    r"^\W*(and|but|also|then|what about|how about|et|mais|y|e|pero|qu'en est-il|qué hay de|que hay de|¿?y)\b[\s,]*",
    re.IGNORECASE,
)
_INTERJECTION = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|thanks|thank you|great|right|well|wait|no,? wait|oh|hmm|vale|bueno|bon|"
    r"d['’]accord|merci|gracias)"
    r"[\s,.!:;–—-]+)+",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W*(no(?=[,.;:])|sorry|actually|i meant|i mean|rather|je voulais dire|pardon|non(?=[,.;:])|quise decir|perdón|"
    r"quiero decir)(?![\w-])[\s,.;:]*",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(
    r"\b(it|its|they|them|their|theirs|he|she|his|her|hers|him|those|these|this|that one|the same|there|"
    r"the former|the latter|of which|among them|"
    r"(?:of|from|in|about|with|for) that|"
    r"ils|elles|leur|leurs|cela|ceux-ci|celles-ci|ceux|celles|y en a-t-il|parmi eux|parmi elles|"
    r"ellos|ellas|esos|esas|estos|estas|eso|entre ellos|entre ellas)\b",
    re.IGNORECASE,
)
# "it" of "is it true that", and determiners with their own noun, refer to nothing earlier.
_EMPTY_PRONOUNS = re.compile(
    r"\b(is it|does it take|it is|this (year|report|organi[sz]ation)|there (is|are|was|were))\b", re.I
)
# "What part will it play in it?": what stands in the same clause is not meant.
_POINTS_BACK = re.compile(
    r"\b(?:in|into|of|on|for|from|to|about|with|under|by|at|after|before|without) (?:it|them|him|her|that)\W*$|"
    r"\bthe (?:remaining|rest|others)\b(?! of\b)|"
    # "Which countries do the five come from?"
    r"\bthe (?:two|three|four|five|six|seven|eight|nine|ten)(?= (?:come|came|are|were|is|was|do|did|have|had)\b|\W*$)",
    re.IGNORECASE,
)
_SEVERAL_CLAUSES = re.compile(r"[,;:]|\b(?:and|or|but|who|which|that)\b", re.IGNORECASE)
# "I meant the number of courses, not of participants."
_NOT_MEANT = re.compile(
    r",? (?:and )?(?:not|pas|no) (?:of |the |in |for |des? |les? |la |los |las |en )?[\w -]+\W*$", re.IGNORECASE
)
_ASKS_FOR = re.compile(
    r"^\W*((?:in |on |from |dans |en |de )?(?:how (?:many|much)|what (?:share|percentage|proportion|amount)|where|when|"
    r"why|combien|où|quand|pourquoi|quelle (?:part|proportion)|quel (?:montant|pourcentage)|"
    r"cuánt[oa]s?|dónde|cuándo|por qué|qué (?:parte|porcentaje|proporción)))\b",
    re.IGNORECASE,
)
# A completed follow-up: what is asked, and in brackets the question that it leans on.
LEANING = re.compile(r"^(.+?\?) \((.+)\)$")
# Of at most so many words that carry meaning "and the children?" is only what takes the old one's place; a completed
# follow-up of at least so many needs what it leaned on no longer.
_FEW_WORDS, _ENOUGH_WORDS = 6, 3
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_RELATIVE_YEAR = (
    (
        re.compile(
            r"\b(the )?(year before( that)?|previous year|prior year|preceding year)\b|\bl'année précédente\b|"
            r"\bl'année d'avant\b|\b(el )?año anterior\b",
            re.IGNORECASE,
        ),
        -1,
    ),
    (
        re.compile(
            r"\b(the )?(year after( that)?|next year|following year)\b|\bl'année suivante\b|\bl'année d'après\b|"
            r"\b(el )?año siguiente\b",
            re.IGNORECASE,
        ),
        1,
    ),
)
_ASKING = re.compile(
    rf"\b(?:{INTERROGATIVES}|is|are|was|were|do|does|did|has|have|had|can|tell|number|nombre|número)\b", re.IGNORECASE
)
_INTERROGATIVE = re.compile(
    r"^\W*(?:(?:since|until|from|in|on|for|by|to|at|with|depuis|jusqu['’]à|de|à|en|desde|hasta|con|para) )?"
    rf"({INTERROGATIVES})\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"[^\W\d_]{2,}|\d[\d.,]*")
_FUNCTION_WORDS = frozenset(
    """
    a an and are about about as at be been but by can could did do does for from had has have how i if
    in is it many me much my no not of on one or our please so tell than that the their them then there
    these they this those to us was we were what when where which who whom whose why will with would you
    your all any each total number et le la les un une des du de en au aux combien quel quelle quels
    quelles que qui est sont dans pour par y el los las unos unas del cuánto cuántos cuántas qué quién
    cuál es son fue para por con e o a
    """.split()
)


def content_words(text: str) -> list[str]:
    """Return the words of a text that carry meaning, lower-cased, in order."""
    return [word for word in _CONTENT.findall(text.lower()) if word not in _FUNCTION_WORDS]


def is_follow_up(question: str) -> bool:
    """Return whether a question cannot be understood without the ones before it."""
    question = _without_interjection(question)
    if _OPENERS.match(question) or _CORRECTION.match(question):
        return True
    if any(pattern.search(question) for pattern, _ in _RELATIVE_YEAR) and len(content_words(question)) <= 4:
        return True
    if _POINTS_BACK.search(question) and not _SEVERAL_CLAUSES.search(_INTERROGATIVE.sub("", question)):
        return True
    bare = _EMPTY_PRONOUNS.sub(" ", question)
    pronoun = _PRONOUNS.search(bare)
    if pronoun and not _refers_inside(bare, pronoun.start()):
        return True
    asks = bool(_INTERROGATIVE.match(question))
    return asks and len(content_words(question)) <= 1 and not _has_name(question)


def _has_name(text: str) -> bool:
    return bool(re.search(r"\b[A-Z]{2,}\b|(?<!^)\b[A-Z][a-z]+", text))


def _refers_inside(text: str, position: int) -> bool:
    """Whether the question itself names what its pronoun can refer to."""
    if len(content_words(text[:position])) >= 3 or _has_name(text[:position]):
        return True
    return _has_name(text) and len(content_words(text)) >= 5


def _shift_years(previous: str, question: str, report_year: int) -> tuple[str, str] | None:
    """Move the year of the previous question by "the year before/after"; also drop those words."""
    for pattern, step in _RELATIVE_YEAR:
        if not pattern.search(question):
            continue
        rest = pattern.sub(" ", question)
        years = _YEAR.search(previous)
        if years:
            shifted = previous[: years.start()] + str(int(years.group()) + step) + previous[years.end() :]
        else:
            shifted = _in_year(previous, report_year + step)
        return shifted, rest
    return None


def _in_year(question: str, year: int | str) -> str:
    """Return a question that names no year for a year, in its own language."""
    return f"{question.rstrip(' ?.!')} {'in' if detect_language(question) == 'en' else 'en'} {year}?"


def _without_interjection(question: str) -> str:
    bare = _INTERJECTION.sub("", question)
    return bare if content_words(bare) else question


def without_opening(question: str) -> str:
    """Return a follow-up without what it opens with ("and", "what about", "I meant")."""
    question = _without_interjection(question)
    corrects = _CORRECTION.match(_OPENERS.sub("", question))
    bare = _CORRECTION.sub("", _OPENERS.sub("", question)).strip()
    bare = _NOT_MEANT.sub("", bare) if corrects else bare
    return _OPENERS.sub("", _CORRECTION.sub("", bare)).strip()


def _complete(question: str, previous: str, report_year: int, special: Completion | None) -> str:
    bare = without_opening(question)
    changed = special(question, previous) if special else None
    if changed is not None:
        return changed
    shift = _shift_years(previous, bare, report_year)
    if shift:
        shifted, rest = shift
        if not [word for word in content_words(rest) if word not in {"year"}]:
            return shifted
        return f"{rest.strip(' ?¿.,')} ({shifted})"
    years = _YEAR.findall(bare)
    if years and not [word for word in content_words(bare) if not _YEAR.fullmatch(word)]:
        year = _YEAR.search(bare)
        assert year is not None
        if _YEAR.search(previous):
            return _YEAR.sub(year.group(), previous, count=1)
        return _in_year(previous, year.group())
    if not bare:
        return previous
    bare = bare.rstrip(" ?.!")
    asks = _ASKS_FOR.match(previous)
    if asks and not _ASKING.search(bare) and len(content_words(bare)) <= _FEW_WORDS:
        # "And the children?" asks the same about something else.
        bare = f"{asks[1]}: {bare}"
    return f"{bare[0].upper()}{bare[1:]}? ({_without_leaning(previous)})"


def _without_leaning(question: str) -> str:
    """Return a completed follow-up without what it leaned on, if it says enough by itself."""
    leaning = LEANING.match(question)
    return leaning[1] if leaning and len(content_words(leaning[1])) >= _ENOUGH_WORDS else question


def stand_alone(question: str, history: Sequence[str], report_year: int, special: Completion | None = None) -> str:
    """Return the question completed from the earlier ones, or as it is.

    Args:
        question: The question as asked.
        history: The earlier user questions, oldest first.
        report_year: The year that "the year before" counts from when no question names one.
        special: Completes a follow-up from the question before it in a way of its own, or returns ``None``.
    """
    previous = ""
    for earlier in history:
        earlier = earlier.strip()
        if earlier:
            previous = (
                _complete(earlier, previous, report_year, special) if previous and is_follow_up(earlier) else earlier
            )
    question = question.strip()
    if not previous or not is_follow_up(question):
        return question
    return _complete(question, previous, report_year, special)
