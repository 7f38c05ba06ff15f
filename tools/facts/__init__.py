"""How the bundle of facts is made from the publishers' files."""
