"""How good the answers are: question sets, measures, runs, other people's questions, speed."""
