"""These run on both databases."""

from tests.both import engine  # noqa: F401 (a fixture)
