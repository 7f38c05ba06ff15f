"""Bargaining over linked issues: threats that are chosen, the zone of agreement, the deal, and who ratifies it."""
