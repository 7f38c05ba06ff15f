"""Publishers' own files, kept on this computer: brought in once, checked, served in place of the bundled figures."""

from chokepoint.store.dataset import Dataset
from chokepoint.store.ingest import Added, add
from chokepoint.store.place import data_folder
from chokepoint.store.serving import Store, Trade, open_store

__all__ = ["Added", "Dataset", "Store", "Trade", "add", "data_folder", "open_store"]
