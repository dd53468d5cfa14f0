"""What people read of a credit request: an explanation, an opinion, a decision, a notice."""
