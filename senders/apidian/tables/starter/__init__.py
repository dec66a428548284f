"""A handful of ids that every installation is known to share; an installation's own tables have the rest."""
