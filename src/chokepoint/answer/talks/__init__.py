"""Talks answered: levels simulated, packages composed, choices and leverage found, tables and sentences made."""
