"""How the reader's test corpus is made from its drafts."""
