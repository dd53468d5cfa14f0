"""Hours of Centros Qualifica for people: the arithmetic, the clauses, the team."""
