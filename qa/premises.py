"""Whether a text says the opposite of what a question takes for granted.

"Why did the revenue fall?" shares every word but one with the sentence that says it rose. Opposites are one of the
main kinds of unanswerable question people write (Rajpurkar et al., "Know What You Don't Know", ACL 2018, table 1).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from qa.demands import Demand, demand, in_language
from qa.understand import Query
from qa.wanted import FIGURES, Wanted


class _Side(NamedTuple):
    """One of two opposites.

    Attributes:
        claim: Its words in a question and in the text.
        told_if_so: Whether a text would surely say so: that a thing goes on need not be said, that it ended must.
    """

    claim: Demand
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
    return _Side(demand((english, french, spanish), f"{english}|{only_told}", names), told_if_so)


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
            r"decreas\w*|drop\w*|fall(?:s|en|ing)?|fell(?! through)|declin\w+|reduc\w+|fewer|shr[aiu]nk\w*|"
            r"cut(?! short)(?:s|ting|backs?)?|halved",
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
            r"los(?:e|es|t|ing)(?! (?:(?:their )?li(?:fe|ves)|interest|touch|sight|patience|weight)\b)",
            r"perd(?:re|u|ue|us|ues|ent)?",
            r"perd(?:er|ió|ieron|ido|ida)|pierd\w+",
            ("that it was lost", "sa perte", "que se perdió"),
            only_told=r"loss(?:es)?|laps\w+|destroy\w+|wast\w+|missing|stolen|expir\w+|(?:not|no longer) \w+",
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
            r"(?<!year )(?<!month )clos(?:e(?! (?:of|to|by|look|watch|eye|attention|tabs|ties|contact|coordination|"
            r"cooperation|collaboration)\b)|es|ed|ing|ure|ures)|shut",
            r"ferm(?:e|é|ée|és|ées|er|eture|etures)",
            r"cerr(?:ó|aron|ar|ado)|cierr\w+|clausur\w+",
            ("a closure", "une fermeture", "un cierre"),
            only_told=r"barred|excluded|(?:yet to|not(?: yet)?) (?:re)?open\w*|merged|cancel\w*|ended|ending|"
            r"suspend\w*",
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
            r"reject\w*|refus\w*|withdr[ae]w\w*|revok\w*|cancel\w*",
            r"rejet\w+|refus\w+|retir\w+|révoqu\w+|annul\w+",
            r"rechaz\w+|neg(?:ó|aron)|retir\w+|revoc\w+|cancel\w+|anul\w+",
            ("a rejection or withdrawal", "un refus ou un retrait", "un rechazo o una retirada"),
            only_told=r"left|leav\w+|laps\w+|suspend\w*|declin\w+|turned down|lost|ended|ending|"
            r"clos(?:e|es|ed|ing|ure)",
            told_if_so=True,
        ),
    ),
    (
        _side(
            r"start\w*|beg[aiu]n\w*|continu\w*|resum\w*|extend\w*",
            r"commenc\w+|début\w+|continu\w+|repri\w+|poursui\w+",
            r"empez\w+|empiez\w+|comenz\w+|inici\w+|continu\w+|reanud\w+",
            ("that it goes on", "sa poursuite", "que continúa"),
        ),
        _side(
            r"stop(?:s|ped)?(?! .*\bfrom \w+ing\b)|ended(?! up)|ceas\w+|halt\w*|discontinu\w*|suspend\w*|terminat\w*|"
            r"abolish\w*|resign\w*|renounc\w*|scrapp\w+|phased out|step(?:ped|s)? down|expir\w+|"
            r"(?:taken|took) out of service",
            r"arrêt\w+|suspend\w+|abandonn\w+|renonc\w+|démissionn\w+|supprim\w+|cess\w+",
            r"suspend\w+|dej(?:ó|aron) de|renunci\w+|dimiti\w+|abandon\w+|suprimi\w+|ces(?:ó|aron)",
            ("that it ended", "sa fin", "que terminó"),
            only_told=r"no longer|clos(?:e|es|ed|ing|ure)|replac\w+|withdr[ae]w\w*|cancel\w*|cut short|laps\w+|until",
            told_if_so=True,
        ),
    ),
)
# What happens to people and would be told if it had.
_DEATH = r"d(?:ie|ies|ied|ying)|dead|deaths?|kill\w*|drown\w*|lives lost|lost their lives|fatal\w*|deceased"
_DISMISSAL = r"dismiss\w*|sack(?:ed|ing)|fired|laid off|lay-?offs?|redundan\w+"
_OFFENCE = r"arrest\w*|convict\w*|sentenced|prosecut\w*|fin(?:ed|es)|stolen|thefts?|fraud\w*"
_EVENTS = (
    demand(
        (
            rf"(?<!such )(?:{_DEATH})",
            r"mort(?:s|es|e)?|meur\w+|mour\w+|décè\w+|décéd\w+|tué\w*|noy\w+|perdu la vie",
            r"muert\w+|mur(?:ió|ieron)|falleci\w+|ahogad\w+|perdieron la vida",
        ),
        _DEATH,
        ("deaths", "des décès", "muertes"),
    ),
    demand(
        (_DISMISSAL, r"licenci\w+|renvoyé\w*|congédi\w+", r"despid\w+|despedid\w+"),
        _DISMISSAL,
        ("a dismissal", "un licenciement", "un despido"),
    ),
    demand(
        (
            _OFFENCE,
            r"arrêt(?:és|ées|é|ée) par|condamn\w+|vol(?:é|és|ées)|fraud\w+",
            r"detenid\w+|condenad\w+|multad\w+|robad\w+|fraud\w+",
        ),
        _OFFENCE,
        ("an offence or a sentence", "une infraction ou une peine", "un delito o una condena"),
    ),
)
# "How many could not be reached?"
_DENIAL = demand(
    (
        r"(?<!, )(?<!\bor )(?<!\bif )not(?! (?:just|only|simply|merely)\b)|"
        r"(?:do|did|does|could|can|were|was|have|has)n[’']t|never|unable|"
        r"fail(?:ed|s)? to|turned (?:away|down)|"
        r"refused|reject\w*|denied|left out",
        r"n(?:e |[’'])\w+ (?:pas|jamais)|refus(?:é|és|ées)|rejet\w+",
        r"no (?:pud|pod|fu|s[eo]|recib|tuv|lleg|consig|log|hab)\w*|rechaz\w+|deneg\w+|nunca",
    ),
    r"not?|never|none|without|unable|fail\w*|lack\w*|unmet|gaps?|refus\w*|reject\w*|den(?:y|ied|ial)\w*|"
    r"turned (?:away|down)|exclu\w+|insufficient|un\w+ed|void|outside|"
    r"pending|outstanding|remain\w*|ongoing|in progress|carried (?:forward|over)",
    ("how many were not", "ceux qui ne l’ont pas été", "los que no lo fueron"),
)
# What a report cannot tell: what someone thinks of it, or what is to come of it.
_OPINION = re.compile(
    r"\b(?:(?:do|would) you (?:think|believe|recommend|suggest|agree|say)|what do you make|"
    r"your (?:opinion|view|advice)|"
    r"(?:pensez|croyez|recommandez)-vous|(?:penses|crois)-tu|votre (?:avis|opinion)|"
    r"(?:crees|cree usted|piensas|opinas|recomiendas) que|(?:tu|su) opinión)\b",
    re.IGNORECASE,
)
# What is denied stands beside what is counted, not in what comes before: "I could not find it: how many ...?"
_COUNTED = re.compile(
    r"\b(?:how (?:many|much)|number of|what (?:share|percentage|proportion)|combien|nombre d|"
    r"quelle? (?:part|pourcentage)|"
    r"cuánt[oa]s?|número de|qué (?:parte|porcentaje))[^.?!;:]*",
    re.IGNORECASE,
)
_AN_OPINION = {"en": "an opinion", "fr": "un avis", "es": "una opinión"}


def contradicted(query: Query, quoted: str, until: str) -> list[str]:
    """Return what a question takes for granted and the text denies or cannot tell, in words; empty if nothing.

    Args:
        query: The question.
        quoted: The sentences that would be quoted, without markup.
        until: Their passage up to their end, without markup: what they may be about.
    """
    found = [in_language(_AN_OPINION, query.language)] if _OPINION.search(query.text) else []
    if Wanted.MANNER not in query.wanted:
        for pair in _OPPOSITES:
            found += _presupposed(*pair, query, quoted) + _presupposed(*pair[::-1], query, quoted)
    # "Which papers wrote of the deaths?": only a figure must be one of the deaths themselves.
    told = quoted if set(query.wanted) & FIGURES else until
    found += [name for event in _EVENTS for name in event.missing(query, told)]
    counted = " ".join(_COUNTED.findall(query.text))
    return found + (_DENIAL.missing(replace(query, text=counted), quoted) if set(query.wanted) & FIGURES else [])


def _presupposed(side: _Side, other: _Side, query: Query, quoted: str) -> list[str]:
    """Return a side that a question takes for granted, in words, if the text says the other or would say it."""
    denied = side.told_if_so or other.claim.told.search(quoted)
    return side.claim.missing(query, quoted) if denied and not other.claim.made_by(query) else []
