"""The chat page: a question in, a checked and cited answer out, the cited passages beside it."""
