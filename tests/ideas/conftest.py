"""Archives for the tests of ideas too."""

from tests.interchange.conftest import archive

__all__ = ["archive"]
