"""An employer's duties against harassment, in sentences."""
