"""What every regulation shares: clauses, editions, rules, exact rounding, deadlines, messages."""
