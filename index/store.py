"""Building, saving, loading and verifying the index of a report."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from corpus.errors import (
    DamagedIndexError,
    IndexingError,
    IndexNotFoundError,
    StaleIndexError,
)
from index.embedder import Embedder, Vectors
from index.folder import locked, publish, saved_data
from index.languages import LanguageMeans, parallel_questions
from index.lexical import LexicalIndex
from index.manifest import Source, check_files, check_source, read_manifest
from index.passage import Passage
from index.passages import split_document
from index.report_index import PASSAGES, QUESTIONS, WORDS, IndexOptions, ReportIndex, indexed_texts
from index.vectors import PassageVectors
from index.views import SentenceView
from index.word_vectors import WordVectors

DATA_VARIABLE = "REPORT_QA_DATA"
_PASSAGE_VECTORS = "passages.faiss"
_WORD_VECTORS = "words.npy"
_LANGUAGE_MEANS = "languages.npy"
_PASSAGE_WORDS = "passage-words"
_DEFAULTS = IndexOptions()

log = logging.getLogger(__name__)


def index_folder(report_id: str, embedder: str, data: Path | None = None) -> Path:
    """Return the folder of the index of a report by a model: ``<data>/<report>/<embedder>``.

    Args:
        report_id: The report.
        embedder: The model's name; what no folder can be called is replaced, and a hash added.
        data: The data folder; by default ``REPORT_QA_DATA`` or the user's data folder.
    """
    return data_folder(data) / _file_name(report_id) / _file_name(embedder)


def data_folder(data: Path | None = None) -> Path:
    """Return the folder of all indexes: the one given, ``REPORT_QA_DATA``, or the user's own."""
    if data is None and (named := os.environ.get(DATA_VARIABLE, "").strip()):
        data = Path(named)
    if data is not None:
        return data.expanduser()
    from platformdirs import user_data_path

    return user_data_path("report-qa", appauthor=False)


def build_index(
    document: Document,
    embedder: Embedder,
    folder: Path | None = None,
    show_progress: bool = False,
    options: IndexOptions = _DEFAULTS,
) -> ReportIndex:
    """Build the index of a report, and save it where a folder is given.

    Args:
        document: The report.
        embedder: The model.
        folder: Where to save; an index that is there stays until the new one is complete.
        show_progress: Whether to show a bar on stderr.
        options: What is indexed.

    Raises:
        EmbedderError: If the model cannot be loaded.
        IndexingError: If the folder cannot be written, or another process keeps it locked.
    """
    if folder is None:
        return _build(document, embedder, show_progress, options)
    with locked(folder):
        return _build_into(folder, document, embedder, show_progress, options)


def load_index(folder: Path, document: Document, embedder: Embedder, options: IndexOptions = _DEFAULTS) -> ReportIndex:
    """Return the saved index of a report after checking that it is whole and still fits.

    Raises:
        IndexNotFoundError: If there is none.
        StaleIndexError: If it was made from another report, text, model, or version.
        DamagedIndexError: If its files are missing or altered.
    """
    manifest = read_manifest(folder)
    passages = split_document(document, options.max_characters)
    texts = indexed_texts(document, passages, options)
    wanted = Source.of(document, passages, texts, options.sentence_views, embedder)
    check_source(folder, manifest.source, wanted)
    check_files(folder, manifest.files)
    try:
        data = saved_data(folder, manifest)
        return _read(data, document, embedder, passages, wanted, tuple(texts[WORDS]))
    except (OSError, ValueError, KeyError, RuntimeError) as exc:
        raise DamagedIndexError(
            f"The index in {folder} cannot be read: {exc!r}.", "Rebuild it: report-qa index --rebuild"
        ) from exc


def prebuilt_folder(report_id: str, embedder: str) -> Path:
    """Return where the package ships the index of a bundled report by a model; nothing is there for others."""
    return index_folder(report_id, embedder, Path(__file__).parent / "prebuilt")


def load_saved_or_shipped(
    folder: Path, document: Document, embedder: Embedder, options: IndexOptions = _DEFAULTS
) -> ReportIndex:
    """Return the saved index of a report, or the shipped one where none is saved that fits.

    Raises:
        IndexNotFoundError: If there is none.
        StaleIndexError: If the saved one does not fit.
        DamagedIndexError: If the saved one is not whole.
    """
    try:
        return load_index(folder, document, embedder, options)
    except (IndexNotFoundError, StaleIndexError, DamagedIndexError):
        shipped = prebuilt_folder(document.doc_id, embedder.name)
        if not shipped.is_dir():
            raise
        try:
            return load_index(shipped, document, embedder, options)
        except (IndexNotFoundError, StaleIndexError, DamagedIndexError) as exc:
            log.info("The shipped index is not used. %s", exc.message)
        raise


def open_or_build(
    document: Document,
    embedder: Embedder,
    folder: Path,
    show_progress: bool = False,
    options: IndexOptions = _DEFAULTS,
) -> ReportIndex:
    """Return the saved index, else the one that ships, else build and save it.

    A saved or shipped index is only taken if it is whole and fits the report, the model and the libraries.

    Raises:
        EmbedderError: If the model cannot be loaded.
        IndexingError: If the index has to be built and the folder cannot be written.
    """
    try:
        return load_saved_or_shipped(folder, document, embedder, options)
    except (IndexNotFoundError, StaleIndexError, DamagedIndexError):
        with locked(folder):
            return _load_or_build(document, embedder, folder, show_progress, options)


def save_index(index: ReportIndex, folder: Path) -> None:
    """Save an index that was built in memory.

    Raises:
        IndexingError: If the folder cannot be written, or another process keeps it locked.
    """
    with locked(folder):
        publish(folder, index.source, lambda data: _write(index, data))


def _load_or_build(
    document: Document, embedder: Embedder, folder: Path, show_progress: bool, options: IndexOptions
) -> ReportIndex:
    """Look again now that the lock is held: another process may have built the index meanwhile."""
    try:
        return load_index(folder, document, embedder, options)
    except (IndexNotFoundError, StaleIndexError, DamagedIndexError) as exc:
        log.info("%s Building the index.", exc.message)
    return _build_into(folder, document, embedder, show_progress, options)


def _build_into(
    folder: Path, document: Document, embedder: Embedder, show_progress: bool, options: IndexOptions
) -> ReportIndex:
    index = _build(document, embedder, show_progress, options)
    publish(folder, index.source, lambda data: _write(index, data))
    return index


def _build(document: Document, embedder: Embedder, show_progress: bool, options: IndexOptions) -> ReportIndex:
    verify = getattr(embedder, "verify_model_files", None)
    if verify is not None:
        verify()
    passages = split_document(document, options.max_characters)
    texts = indexed_texts(document, passages, options)
    vectors = _embedded(texts, embedder, show_progress)
    ids = [passage.passage_id for passage in passages]
    own, word_vectors, asked = vectors.pop(PASSAGES), vectors.pop(WORDS), vectors.pop(QUESTIONS)
    return ReportIndex(
        document=document,
        embedder=embedder,
        passages=passages,
        passage_vectors=PassageVectors.build(ids, texts[PASSAGES], own, embedder.dimensions),
        sentence_vectors={SentenceView(view): rows for view, rows in vectors.items()},
        word_vectors=WordVectors(tuple(texts[WORDS]), _halved(word_vectors).astype(np.float32)),
        language_means=LanguageMeans.of(tuple(parallel_questions()), asked),
        passage_words=LexicalIndex.build(texts[PASSAGES]),
        source=Source.of(document, passages, texts, options.sentence_views, embedder),
    )


def _embedded(texts: Mapping[str, Sequence[str]], embedder: Embedder, show_progress: bool) -> dict[str, Vectors]:
    """Embed all views of the text in one go, then words and questions, as a user's are."""
    asked = (WORDS, QUESTIONS)
    views = {key: view for key, view in texts.items() if key not in asked}
    everything = [text for view in views.values() for text in view]
    vectors = _checked(embedder.embed_passages(everything, show_progress), len(everything), embedder)
    ends = np.cumsum([len(view) for view in views.values()])[:-1]
    found = dict(zip(views, np.split(vectors, ends), strict=True))
    for key in asked:
        found[key] = _checked(embedder.embed_queries(texts[key], show_progress), len(texts[key]), embedder)
    return found


def _halved(vectors: Vectors) -> NDArray[np.float16]:
    """Return vectors in half precision, as word vectors are kept; an index in memory has the same."""
    return vectors.astype(np.float16)


def _checked(vectors: Vectors, count: int, embedder: Embedder) -> Vectors:
    if vectors.shape != (count, embedder.dimensions):
        raise IndexingError(
            f"The embedder {embedder.name!r} gave vectors of shape {vectors.shape}, not {(count, embedder.dimensions)}."
        )
    return vectors


def _write(index: ReportIndex, data: Path) -> None:
    index.passage_vectors.save(data / _PASSAGE_VECTORS)
    for view, vectors in index.sentence_vectors.items():
        np.save(data / _sentence_file(view), vectors, allow_pickle=False)
    np.save(data / _WORD_VECTORS, _halved(index.word_vectors.vectors), allow_pickle=False)
    np.save(data / _LANGUAGE_MEANS, index.language_means.means, allow_pickle=False)
    index.passage_words.save(data / _PASSAGE_WORDS)


def _read(
    data: Path,
    document: Document,
    embedder: Embedder,
    passages: tuple[Passage, ...],
    source: Source,
    words: tuple[str, ...],
) -> ReportIndex:
    views = [SentenceView(view) for view in source.sentence_views]
    return ReportIndex(
        document=document,
        embedder=embedder,
        passages=passages,
        passage_vectors=PassageVectors.load(data / _PASSAGE_VECTORS),
        sentence_vectors={view: np.load(data / _sentence_file(view), allow_pickle=False) for view in views},
        word_vectors=WordVectors(words, np.load(data / _WORD_VECTORS, allow_pickle=False).astype(np.float32)),
        language_means=LanguageMeans(tuple(parallel_questions()), np.load(data / _LANGUAGE_MEANS, allow_pickle=False)),
        passage_words=LexicalIndex.load(data / _PASSAGE_WORDS, len(passages)),
        source=source,
    )


def _sentence_file(view: SentenceView) -> str:
    return f"sentences-{view.value}.npy"


def _file_name(name: str) -> str:
    """Return a folder name for a report or a model, distinct for distinct names."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-")[:60]
    return safe if safe == name else f"{safe}-{sha256(name.encode()).hexdigest()[:8]}"
