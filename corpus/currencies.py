"""How texts write sums of money: signs, codes and names of currencies, as pieces of regular expressions."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

# The twenty currencies that are traded most: Bank for International Settlements, Triennial Central Bank Survey 2022.
# All codes would take in words ("ALL", "TOP") and conferences ("COP 28").
CODES = "USD|EUR|JPY|GBP|CNY|AUD|CAD|CHF|HKD|SGD|SEK|KRW|NOK|NZD|INR|MXN|TWD|ZAR|BRL|DKK"
SIGNS = r"US\$|[$€£¥]"
# What CLDR calls currencies after things that are none, or by common English words.
_NO_NAMES = frozenset(
    "account code currency funds gold palladium platinum real rights silver unit value won sol".split()
)


@lru_cache(maxsize=1)
def names() -> str:
    """Return the English names of currencies, past ones too, in the singular and the plural; from CLDR."""
    found = {name.partition("(")[0].split()[-1].lower() for name in Locale("en").currencies.values()}
    return "|".join(f"{name}s?" for name in sorted(found - _NO_NAMES))
