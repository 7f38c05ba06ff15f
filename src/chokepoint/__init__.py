"""Who depends on whom for critical materials, and what export controls cost each side."""

__version__ = "0.1.0"
