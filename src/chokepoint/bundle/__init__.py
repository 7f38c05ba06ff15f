"""The bundled worlds: from the tables of the data folder to a :class:`~chokepoint.world.World` in balance.

Nothing here knows a mineral. A world is a line of ``worlds.csv`` (its goods and base year), or of
``chains/worlds.csv``, whose rows :mod:`chokepoint.building` makes from facts, trade and chains. What the tables say
about its goods is closed by :mod:`chokepoint.reconcile` and put into arrays.
"""

from chokepoint.bundle.assembly import WEIGHT, Sketch, assemble, sketch_of, unknowns
from chokepoint.bundle.loading import (
    DEFAULT,
    BuiltWorld,
    build_world,
    catalogue,
    data_folder,
    editions_in,
    every_name,
    folder_of,
    load,
    load_with,
    names,
    tables_of,
)

__all__ = [
    "DEFAULT",
    "WEIGHT",
    "BuiltWorld",
    "Sketch",
    "assemble",
    "build_world",
    "catalogue",
    "data_folder",
    "editions_in",
    "every_name",
    "folder_of",
    "load",
    "load_with",
    "names",
    "sketch_of",
    "tables_of",
    "unknowns",
]
