"""A report's picture. It has its own light ground, so that it reads on Slack's light and dark themes alike.

Matplotlib is slow to import and large: whoever draws no report doesn't import this file.
"""

from io import BytesIO
from textwrap import shorten

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from cases.periods import Period
from cases.report import Group, Report
from cases.report_figures import Figures
from handlers.report_words import BY, before_it, joined, share
from handlers.text import tidy
from handlers.times import zone_of

WIDTH, TOP, BAR, MARGINS = 5.6, 1.9, 0.46, 1.9
"""Inches; a bar's height is for each group."""
DPI = 200
GROUND, INK, QUIET, GRID = "#f8f8f7", "#1d1c1d", "#616061", "#dddcda"
KEPT, MISSED = "#1f6fb2", "#d9580d"
"""Told apart by people who don't see red or green, and in grey."""
LABEL = 44
FONT = get_font(findfont("DejaVu Sans"))


def chart(report: Report, about: str) -> bytes:
    """PNG: how many first answers were kept and missed as time went on, and the share in time by group."""
    groups = [each for each in report.groups if each.now.decided]
    height = MARGINS + TOP + BAR * max(len(groups), 1) + 0.6
    figure = Figure(
        figsize=(WIDTH, height), dpi=DPI, facecolor=GROUND, layout=ConstrainedLayoutEngine(w_pad=0.14, h_pad=0.12)
    )
    FigureCanvasAgg(figure)
    figure.suptitle(_title(report.total.now, about), color=INK, fontsize=13, fontweight="bold")
    upper, lower = figure.subplots(2, 1, height_ratios=[TOP, BAR * max(len(groups), 1) + 0.5])
    for axes in (upper, lower):
        _plain(axes)
    _over_time(upper, report)
    _by_group(lower, groups, report)
    written = BytesIO()
    figure.savefig(written, format="png", facecolor=GROUND, metadata={"Software": None})
    return written.getvalue()


def _title(total: Figures, about: str) -> str:
    said = f"{share(total)} in time" if total.decided else "none was due"
    return f"First answers, {about}\n{said}"


def _over_time(axes: Axes, report: Report) -> None:
    places = range(len(report.steps))
    kept, missed = [step.kept for step in report.steps], [step.missed for step in report.steps]
    axes.bar(places, kept, color=KEPT, width=0.62, label="in time")
    axes.bar(places, missed, bottom=kept, color=MISSED, width=0.62, label="missed", hatch="///", edgecolor=GROUND)
    zone = zone_of(report.span.zone)
    days = [step.since.astimezone(zone) for step in report.steps]
    if report.span.period is Period.WEEK:
        axes.set_xticks(list(places), [f"{day:%a}\n{day:%-d %b}" for day in days])
    else:
        every = range(0, len(days), 1 + len(days) // 6)
        axes.set_xticks(list(every), [f"{days[index]:%-d %b}" for index in every])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.set_ylim(0, max(1, *(sum(both) for both in zip(kept, missed, strict=True))) * 1.08)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=10.5, labelcolor=INK)


def _by_group(axes: Axes, groups: list[Group], report: Report) -> None:
    axes.set_title(f"In time by {BY[report.by]}", loc="left", fontsize=11, color=INK, pad=10)
    axes.set_xlim(0, 100)
    axes.set_ylim(max(len(groups), 1) - 0.4, -0.45)
    axes.set_yticks([])
    axes.set_xticks([0, 50, 100], ["0 %", "50 %", "100 %"])
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    if not groups:
        axes.text(50, 0, "none was due", ha="center", color=QUIET, fontsize=11)
    shown = False
    for place, group in enumerate(groups):
        now, before = group.now, group.before
        axes.barh(place + 0.14, 100, height=0.26, color=GRID)
        axes.barh(place + 0.14, 100 * now.kept / now.decided, height=0.26, color=KEPT)
        named = _drawable(shorten(tidy(joined(group.names)), LABEL, placeholder="…"))
        axes.text(0, place - 0.14, named, color=INK, fontsize=10.5, va="center", parse_math=False)
        told = f"{share(now)}  ({now.kept} of {now.decided})"
        axes.text(100, place - 0.14, told, color=INK, fontsize=10.5, va="center", ha="right")
        if before.decided:
            then = 100 * before.kept / before.decided
            label = None if shown else before_it(report.span)
            axes.plot(
                [then], [place + 0.14], "D", markersize=6, color=INK, mec=GROUND, ls="", label=label, clip_on=False
            )
            shown = True
    if shown:
        # By the height of its letters, however many groups there are: below the numbers of the axis.
        axes.legend(
            loc="upper right", bbox_to_anchor=(1, 0), borderaxespad=2, frameon=False, fontsize=10, labelcolor=INK
        )


def _drawable(name: str) -> str:
    """What the font lacks stands there as an empty box."""
    return "".join(char if char.isspace() or FONT.get_char_index(ord(char)) else "▯" for char in name)


def _plain(axes: Axes) -> None:
    axes.set_facecolor(GROUND)
    axes.set_axisbelow(True)
    axes.tick_params(colors=QUIET, labelsize=10.5, length=0)
    for side in axes.spines.values():
        side.set_visible(False)
