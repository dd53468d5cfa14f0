"""The compiled part of the replications."""
