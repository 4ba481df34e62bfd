"""Bodies × rules as one drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.charts import use_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

# Inches: a row tall enough for its number, a column wide enough for a rule's slanted name.
_ROW, _COLUMN, _MARGINS = 0.3, 0.62, (2.6, 1.7)

# From so many findings on, a square is as dark as it gets; its number can still be read on it.
_DARKEST = 10


def draw(errors: pd.DataFrame, warnings: pd.DataFrame, most: int) -> Figure:
    """The `most` worst rows of two tables of counts (bodies × rules) in one: errors win a square over warnings.

    The number says what the colour says, and a warning's stands in brackets; an empty square is a rule that found
    nothing there.
    """
    import matplotlib.pyplot as plt
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Rectangle

    use_style()
    blue, orange = (entry["color"] for entry in list(plt.rcParams["axes.prop_cycle"])[:2])
    errors, warnings = errors.head(most), warnings.head(most)
    rows, columns = errors.shape
    size = (_MARGINS[0] + _COLUMN * max(columns, 1), _MARGINS[1] + _ROW * max(rows, 1))
    figure, axes = plt.subplots(figsize=size, layout="constrained")
    for y, (wrong_row, doubtful_row) in enumerate(zip(errors.to_numpy(), warnings.to_numpy(), strict=True)):
        for x, (wrong, doubtful) in enumerate(zip(wrong_row, doubtful_row, strict=True)):
            if wrong or doubtful:
                depth = 0.2 + 0.3 * min(wrong or doubtful, _DARKEST) / _DARKEST
                colour = to_rgba(blue if wrong else orange, depth)
                axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor="white"))
                axes.text(x, y, str(wrong) if wrong else f"({doubtful})", ha="center", va="center")
    axes.set(xlim=(-0.5, max(columns, 1) - 0.5), ylim=(max(rows, 1) - 0.5, -0.5))
    axes.set_xticks(range(columns), list(errors.columns), rotation=45, ha="right")
    axes.set_yticks(range(rows), list(errors.index))
    axes.set_title("各机关、各规则发现的问题数（括号内为只有提醒的）")
    # Closed, or Jupyter would show it a second time beside the cell's value.
    plt.close(figure)
    return figure
