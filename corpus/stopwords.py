"""Function words of the three question languages, and words that only phrase a question."""

from __future__ import annotations

_ENGLISH = """
a about above after again against all also am among an and any are as at be because been before being below
between both but by can could did do does doing done down during each else ever few for from further get gets
give given had has have having he her here hers him his how i if in into is it its itself just let may me might
mine more most much many must my near no nor not now of off on once only onto or other our ours out over own per
please quite rather same shall she should since so some such tell than that the their theirs them themselves then
there these they this those through thus to too under until up upon us very via was we were what when where
whether which while who whom whose why will with within without would yes you your yours
"""
_FRENCH = """
à au aux avec ce cela ces cet cette ceux chez combien comme comment dans de des du elle elles en est et été être
eu fait il ils je la le les leur leurs lors mais me même mes moi mon ne nos notre nous on ont ou où par parmi pas
pendant pour pourquoi qu que quel quelle quelles quels qui quoi sa sans se selon ses son sont sous sur ta te tes
tous tout toute toutes tu un une vers vos votre vous y avait avaient avez avons avions contre depuis dont durant
entre moins plus si très lui afin ainsi auquel auxquels auxquelles duquel desquels lequel laquelle lesquels lesquelles
"""
_SPANISH = """
al algo ante antes como cómo con cual cuál cuales cuáles cuando cuándo cuanta cuánta cuantas cuántas cuanto cuánto
cuantos cuántos de del desde donde dónde el él ella ellas ellos en entre era es esa esas ese eso esos esta está
están estas este esto estos fue fueron ha han hasta hay la las le les lo los más mi mis muy ni no nos nosotros o
para pero por porque qué que quien quién quienes se según ser si sí sin sobre son su sus también te tiene tu un
una unas uno unos y ya cada contra durante fuera hace había haber hemos hizo hicieron hicimos hubo mientras tenía tuvo
tuvieron tuvimos
"""

ENGLISH = frozenset(_ENGLISH.split())
FRENCH = frozenset(_FRENCH.split())
SPANISH = frozenset(_SPANISH.split())
STOPWORDS = ENGLISH | FRENCH | SPANISH
