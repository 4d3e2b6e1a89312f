"""An SVG as PNG, by resvg: a library that is not installed unless asked for."""

from __future__ import annotations

from zmpwatch.errors import ConfigError

__all__ = ["png_of"]

_ENLARGED = 2


def png_of(svg: str) -> bytes:
    """The picture in twice its size, for screens with fine dots.

    Raises:
        ConfigError: the extra `picture` is not installed.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise ConfigError(
            "PNG needs the library resvg-py: pip install 'zmpwatch[picture]'; --svg needs nothing more"
        ) from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=_ENLARGED))
