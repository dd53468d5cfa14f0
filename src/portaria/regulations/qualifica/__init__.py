"""Weekly hours of Centros Qualifica (Despacho 6261-B/2017)."""
