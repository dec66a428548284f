"""Rule packs and what runs them: pure functions from a document and its totals to findings."""
