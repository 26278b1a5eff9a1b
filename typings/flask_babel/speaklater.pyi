from collections.abc import Callable
from typing import Any

# It behaves like a string wherever one is read.
class LazyString(str):
    def __new__(cls, func: Callable[..., str], *args: Any, **kwargs: Any) -> LazyString: ...
