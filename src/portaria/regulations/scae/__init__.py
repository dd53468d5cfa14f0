"""The monthly load of a school network, from its school system (SGE) to the authority (SCAE)."""
