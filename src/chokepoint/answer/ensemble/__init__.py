"""Many draws: simulated in partitions, by processes or a cluster, and gone on with after an interruption."""
