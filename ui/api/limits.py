"""How often a client may ask."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

_REMEMBERED = 10_000
"""Clients that are remembered; beyond it the one seen longest ago is forgotten."""


class RateLimit:
    """A token bucket for each client: so many requests at once, refilled over a minute.

    Args:
        rate: Requests a minute; 0 is no limit.
        clock: Returns seconds that only grow.
    """

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """Take one request of a client; return 0, or the whole seconds until there is one again."""
        if not self._rate:
            return 0
        tokens = self._tokens(client)
        if tokens < 1:
            return math.ceil((1 - tokens) * 60 / self._rate)
        self._keep(client, tokens - 1)
        return 0

    def exhausted(self, client: str) -> int:
        """Return 0, or the whole seconds until the client has a request again; takes none."""
        tokens = self._tokens(client) if self._rate else 1.0
        return 0 if tokens >= 1 else math.ceil((1 - tokens) * 60 / self._rate)

    def _tokens(self, client: str) -> float:
        now = self._clock()
        tokens, then = self._buckets.get(client, (float(self._rate), now))
        return min(float(self._rate), tokens + (now - then) * self._rate / 60)

    def _keep(self, client: str, tokens: float) -> None:
        self._buckets[client] = tokens, self._clock()
        self._buckets.move_to_end(client)
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
