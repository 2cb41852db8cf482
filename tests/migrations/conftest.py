"""The databases of the storage tests."""

from tests.storage.conftest import *  # noqa: F403
