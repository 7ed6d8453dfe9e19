"""A small made-up report of the same form, without a table of contents."""

from __future__ import annotations

import pytest

from corpus.document import Document, Metadata
from corpus.loading import load_report
from corpus.parse import parse_report

SMALL = """**BOARD**

## ACRONYMS

NGO\tNon-governmental organization
WRC\tWater Rights Council

## FOREWORD

A year of *hard* work.

### What we did

We dug wells.

## WATER

### Wells

1. In 2031 we dug 40 wells, of which 30 in the north and

#### Box 1. A well in the hills

The hill well is 90 m deep. It cost USD 1,000.

ten in the [south](#) of the valley.<sup>1</sup>

2. The list of sites is:

1. Hilltown,
2. Lakeside.

---

<sup>1</sup> Two of them were dry.

### Pumps

3. Pumps were mended in 12 villages.

**Annex A**
**Wells by district**

District\tKind\t\tTotal\tOwner\t
\tDeep\tShallow\t\tPublic\tPrivate
North\t10\t20\t30\t25\t5
South\t\t10\t10\t\t10
<b>Total</b>\t<b>10</b>\t<b>33</b>\t<b>40</b>\t<b>25</b>\t<b>15</b>

Deep: below 50 metres.
"""

METADATA = Metadata("small", "Report", "Board, Report", "Board", 2031, "WRC", "en", "made up for the tests")


@pytest.fixture(scope="session")
def small() -> Document:
    return parse_report(SMALL, METADATA)


@pytest.fixture(scope="session")
def report() -> Document:
    return load_report()
