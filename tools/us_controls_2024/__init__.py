"""The other side's goods: chips, design software, engines, ethane; added to the tables by ``tools/build_tables.py``."""
