"""Articles 1 and 2: what certified training is.

2/a asks for three things: an official certificate, an issuer that is a higher education
institution or otherwise duly recognised, and a level that is higher or post-secondary. The
council may recognise further courses; whether that lifts the level too is not said.
"""

LEVELS = ("higher", "post_secondary")


def is_certified(
    certificate: bool, issuer: str, level: str, recognised_by_council: bool = False
) -> bool:
    """`issuer`: higher_education, recognised or other."""
    if not certificate:
        return False
    if recognised_by_council:
        return True
    return issuer in ("higher_education", "recognised") and level in LEVELS


def evidence(units: list[dict[str, object]]) -> list[dict[str, object]]:
    """3/6-7, 4/6, 8, 9: level and area are judged, so nothing is computed; what a person needs
    to judge by is set out, and who decided is for that person to add."""
    shown = ("id", "credits", "year", "area", "outcomes", "matched")
    return [
        {**{name: unit.get(name) for name in shown}, "outcome": "human", "decided_by": None}
        for unit in units
    ]
