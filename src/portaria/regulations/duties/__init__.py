"""An employer's duties against harassment (Lei 73/2017), in the codes that it changed."""
