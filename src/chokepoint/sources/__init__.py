"""One loader per publisher: each reads that publisher's own layout and changes nothing in it."""
