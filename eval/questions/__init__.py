"""The shipped question sets, as JSON lines beside this file."""
