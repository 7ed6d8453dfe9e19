"""Questions to the tables: cells looked up, sums computed, never guessed."""
