"""Every rule: a document that passes, and one that differs in one thing and fires exactly its code."""
