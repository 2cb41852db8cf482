"""The page's templates; everything that goes into them is escaped."""

from jinja2 import Environment, PackageLoader

TEMPLATES = Environment(
    loader=PackageLoader("workspace.page"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
