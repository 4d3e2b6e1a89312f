"""The count over time as a picture: on a terminal, as SVG, as PNG."""

from zmpwatch.service.charting.chart import Chart, Mark
from zmpwatch.service.charting.picture import png_of
from zmpwatch.service.charting.svg import svg_of
from zmpwatch.service.charting.terminal import lines_of

__all__ = ["Chart", "Mark", "lines_of", "png_of", "svg_of"]
