"""From a scenario to its answer: the run, its tables, its sentences, its record."""
