"""The configuration of a project: ``[tool.cuadre]`` in pyproject.toml, or ``cuadre.toml``."""
