"""A report's passages, made searchable: by meaning with an embedding model, by words with BM25."""
