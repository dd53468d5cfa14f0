"""A realistic school network with generated people; see docs/scae/generated-networks.md.

Imported as `from portaria.regulations.scae.generate import write_source`.
"""

from portaria.regulations.scae.generate.source import (
    USUAL_MONTH,
    generate,
    is_generated,
    write_source,
)

__all__ = ["USUAL_MONTH", "generate", "is_generated", "write_source"]
