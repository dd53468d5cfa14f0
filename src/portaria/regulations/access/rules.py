"""Every module that applies a rule, in the order of the articles; importing it registers them."""

from portaria.regulations.access import audit, check, grades, placement, quotas, results, schemas

PACKAGE = "portaria.regulations.access"

__all__ = ["PACKAGE", "audit", "check", "grades", "placement", "quotas", "results", "schemas"]
