"""Tables of results: typed columns with units, written as CSV, Parquet and XLSX, whole or not at all."""

from chokepoint.tables.folder import refuse_foreign_files, whole_folder
from chokepoint.tables.table import Cell, Column, Table, tabulate
from chokepoint.tables.writing import write_tables

__all__ = ["Cell", "Column", "Table", "refuse_foreign_files", "tabulate", "whole_folder", "write_tables"]
