"""Maximum prices of a meal and of a grant holder's bed (Lei 71/2017)."""
