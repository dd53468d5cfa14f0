"""Hours of Centros Qualifica."""
