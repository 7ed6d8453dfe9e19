"""Question sets, scoring, measures, saved runs and their comparison; speed; other people's benchmarks.

The package shares a builtin's name: write ``from eval.x import y``, never ``import eval``.
"""
