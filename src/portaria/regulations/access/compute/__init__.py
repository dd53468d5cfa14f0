"""The kernel: integers in, integers out, compiled."""
