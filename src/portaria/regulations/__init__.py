"""One package a regulation; they never import each other."""
