"""How the tables of the world of 2024 come about: one module per group of tables, run by ``tools/build_tables.py``."""
