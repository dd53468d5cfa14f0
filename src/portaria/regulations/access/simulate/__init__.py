"""What would happen if: a contest with changes, and over a demand that varies. Decides nothing."""
