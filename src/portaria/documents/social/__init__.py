"""Maximum prices for people: sentences, the table of the years, its chart."""
