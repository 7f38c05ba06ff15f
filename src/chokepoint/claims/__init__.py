"""The news reader: an article becomes claims with spans, speakers and verdicts, checked against the figures on record."""
