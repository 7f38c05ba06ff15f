"""Which assumptions an answer hangs on, and which of them would change it soonest."""
