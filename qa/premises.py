"""Whether a text says the opposite of what a question takes for granted.

"Why did the revenue fall?" shares every word but one with the sentence that says it rose. Opposites are one of the
main kinds of unanswerable question people write (Rajpurkar et al., "Know What You Don't Know", ACL 2018, table 1).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from qa.understand import Query
from qa.wanted import FIGURES, Wanted


class _Side(NamedTuple):
    """One of two opposites.

    Attributes:
        asked: Its words in a question, in any supported language.
        told: Its words in the text, which is in English.
        names: What it is called, by language.
        told_if_so: Whether a text would surely say so: that a thing goes on need not be said, that it ended must.
    """

    asked: re.Pattern[str]
    told: re.Pattern[str]
    names: dict[str, str]
    told_if_so: bool


def _side(
    english: str,
    french: str,
    spanish: str,
    names: tuple[str, str, str],
    told_if_so: bool = False,
    only_told: str = r"\b\B",
) -> _Side:
    """Return a side from its words; those of ``only_told`` mean too much else to presuppose it in a question."""
    return _Side(
        re.compile(rf"\b(?:{english}|{french}|{spanish})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{english}|{only_told})\b", re.IGNORECASE),
        dict(zip(("en", "fr", "es"), names, strict=True)),
        told_if_so,
    )


_OPPOSITES = (
    (
        _side(
            r"increas\w*|ris(?:e|es|ing|en)|rose|grew|grow(?:s|n|ing|th)?|gain(?:s|ed)?|climb\w*|expan\w+|doubled",
            r"augment\w+|hausse|progress\w+|accru\w*|accroiss\w+|grimp\w+",
            r"aument\w+|crec\w+|subi(?:ó|eron|da)\w*|increment\w+",
            ("an increase", "une hausse", "un aumento"),
            only_told="up|higher|more",
        ),
        _side(
            r"decreas\w*|drop\w*|fall(?:s|en|ing)?|fell|declin\w+|reduc\w+|fewer|shr[aiu]nk\w*|cut(?:s|ting|backs?)?|"
            r"halved",
            r"baiss\w+|diminu\w+|recul\w*|chut\w+|rédui\w+|réduction",
            r"disminu\w+|baj(?:ó|aron|ada)|cay(?:ó|eron)|caída|reduj\w+|reduc\w+|descen\w+|retroce\w+",
            ("a decrease", "une baisse", "una disminución"),
            only_told="down|lower|less",
        ),
    ),
    (
        _side(
            r"remain\w*|retain\w*|kept|keep\w*|maintain\w*",
            r"rest(?:e|é|ée|er)|conserv\w+|mainten\w+|maintien\w*|gard(?:e|é|er)",
            r"mantuv\w+|manten\w+|conserv\w+|sigui\w+",
            ("that it was kept", "son maintien", "que se mantuvo"),
        ),
        _side(
            r"los(?:e|es|t|ing)",
            r"perd(?:re|u|ue|us|ues|ent)?",
            r"perd(?:er|ió|ieron|ido|ida)|pierd\w+",
            ("that it was lost", "sa perte", "que se perdió"),
            told_if_so=True,
        ),
    ),
    (
        _side(
            r"open(?:s|ed|ing)?|establish\w*|launch\w*",
            r"ouv(?:re|ert|erte|rir|ertes|erts)|lanc\w+",
            r"abr(?:ió|ieron|ir)|abierto|lanz\w+",
            ("an opening", "une ouverture", "una apertura"),
        ),
        _side(
            r"clos(?:e|es|ed|ing|ure|ures)|shut",
            r"ferm(?:e|é|ée|és|ées|er|eture|etures)",
            r"cerr(?:ó|aron|ar|ado)|cierr\w+|clausur\w+",
            ("a closure", "une fermeture", "un cierre"),
            told_if_so=True,
        ),
    ),
    (
        _side(
            r"grant\w*|award\w*|accept\w*|adopt\w*|approv\w*|endors\w*|submit\w*|confer\w*|join\w*",
            r"accord\w+|accept\w+|adopt\w+|approuv\w+|octroy\w+",
            r"conced\w+|otorg\w+|acept\w+|adopt\w+|aprob\w+|aprueb\w+",
            ("that it was granted", "que ce fut accordé", "que se concedió"),
        ),
        _side(
            r"reject\w*|refus\w*|withdr[ae]w\w*|revok\w*|cancel\w*|left",
            r"rejet\w+|refus\w+|retir\w+|révoqu\w+|annul\w+|quitt\w+",
            r"rechaz\w+|neg(?:ó|aron)|retir\w+|revoc\w+|cancel\w+|anul\w+",
            ("a rejection or withdrawal", "un refus ou un retrait", "un rechazo o una retirada"),
            told_if_so=True,
        ),
    ),
    (
        _side(
            r"start\w*|beg[aiu]n\w*|continu\w*|resum\w*|runs?|running|extend\w*",
            r"commenc\w+|début\w+|continu\w+|repri\w+|poursui\w+",
            r"empez\w+|empiez\w+|comenz\w+|inici\w+|continu\w+|reanud\w+",
            ("that it goes on", "sa poursuite", "que continúa"),
        ),
        _side(
            r"stop\w*|ended|ceas\w+|halt\w*|discontinu\w*|suspend\w*|terminat\w*|abolish\w*|resign\w*|renounc\w*|"
            r"scrapp\w+|phased out|step(?:ped|s)? down|(?:taken|took) out of service|expired?",
            r"arrêt\w+|suspend\w+|abandonn\w+|renonc\w+|démissionn\w+|supprim\w+|cess\w+",
            r"suspend\w+|dej(?:ó|aron) de|renunci\w+|dimiti\w+|abandon\w+|suprimi\w+|ces(?:ó|aron)",
            ("that it ended", "sa fin", "que terminó"),
            only_told="no longer|clos(?:e|es|ed|ing|ure)|replac\\w+",
            told_if_so=True,
        ),
    ),
)
# What happens to people and would be told if it had.
_EVENTS = (
    _side(
        r"d(?:ie|ies|ied|ying)|dead|deaths?|kill\w*|drown\w*|lives lost|lost their lives|fatal\w*|deceased",
        r"mort(?:s|es|e)?|meur\w+|mour\w+|décè\w+|décéd\w+|tué\w*|noy\w+|perdu la vie",
        r"muert\w+|mur(?:ió|ieron)|falleci\w+|ahogad\w+|perdieron la vida",
        ("deaths", "des décès", "muertes"),
        told_if_so=True,
    ),
    _side(
        r"dismiss\w*|sack(?:ed|ing)|fired|laid off|lay-?offs?|redundan\w+|made redundant",
        r"licenci\w+|renvoyé\w*|congédi\w+",
        r"despid\w+|despedid\w+|desped\w+",
        ("a dismissal", "un licenciement", "un despido"),
        told_if_so=True,
    ),
    _side(
        r"arrest\w*|convict\w*|sentenced|prosecut\w*|fin(?:ed|es)|stolen|thefts?|fraud\w*",
        r"arrêt(?:és|ées|é|ée) par|condamn\w+|vol(?:é|és|ées)|fraud\w+",
        r"detenid\w+|condenad\w+|multad\w+|robad\w+|fraud\w+",
        ("an offence or a sentence", "une infraction ou une peine", "un delito o una condena"),
        told_if_so=True,
    ),
)
# "How many could not be reached?"
_DENIED_ASKED = re.compile(
    r"\b(?:not|(?:do|did|does|could|can|were|was|have|has)n[’']t|never|unable|fail(?:ed|s)? to|turned (?:away|down)|"
    r"ref(?:used|usés|usées)|reject\w*|denied|left out|"
    r"n(?:e |[’'])\w+ (?:pas|jamais)|rejet\w+|"
    r"no (?:pud|pod|fu|s[eo]|recib|tuv|lleg|consig|log|hab)\w*|rechaz\w+|deneg\w+|nunca)\b",
    re.IGNORECASE,
)
_DENIED_TOLD = re.compile(
    r"\b(?:not?|never|none|without|unable|fail\w*|lack\w*|unmet|gaps?|refus\w*|reject\w*|den(?:y|ied|ial)\w*|"
    r"turned (?:away|down)|exclu\w+|insufficient|un\w+ed|void|outside)\b",
    re.IGNORECASE,
)
_DENIAL = {"en": "how many were not", "fr": "ceux qui ne l’ont pas été", "es": "los que no lo fueron"}
# What a report cannot tell: what someone thinks of it, or what is to come of it.
_OPINION = re.compile(
    r"\b(?:(?:do|would) you (?:think|believe|recommend|suggest|agree|say)|what do you make|"
    r"your (?:opinion|view|advice)|"
    r"(?:pensez|croyez|recommandez)-vous|(?:penses|crois)-tu|votre (?:avis|opinion)|"
    r"(?:crees|cree usted|piensas|opinas|recomiendas) que|(?:tu|su) opinión)\b",
    re.IGNORECASE,
)
_AN_OPINION = {"en": "an opinion", "fr": "un avis", "es": "una opinión"}


def contradicted(query: Query, quoted: str) -> list[str]:
    """Return what a question takes for granted and the text denies or cannot tell, in words; empty if nothing.

    Args:
        query: The question.
        quoted: The sentences that would be quoted, without markup.
    """
    found = []
    if _OPINION.search(query.text):
        found.append(_AN_OPINION.get(query.language, _AN_OPINION["en"]))
    if Wanted.MANNER not in query.wanted:
        for pair in _OPPOSITES:
            for side, other in (pair, pair[::-1]):
                presupposed = side.asked.search(query.text) and not other.asked.search(query.text)
                denied = side.told_if_so or other.told.search(quoted)
                if presupposed and denied and not side.told.search(quoted):
                    found.append(side.names.get(query.language, side.names["en"]))
    for event in _EVENTS:
        if event.asked.search(query.text) and not event.told.search(quoted):
            found.append(event.names.get(query.language, event.names["en"]))
    if set(query.wanted) & FIGURES and _DENIED_ASKED.search(query.text) and not _DENIED_TOLD.search(quoted):
        found.append(_DENIAL.get(query.language, _DENIAL["en"]))
    return found
