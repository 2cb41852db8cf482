"""What a customer's administrator reads in their browser on the way to installing the app, and back."""

from html import escape
from types import MappingProxyType

HEADERS = MappingProxyType(
    {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
)
"""The address of the way back holds a code of Slack's: it is neither kept nor passed on. No other page frames it."""

STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.55 system-ui, sans-serif; margin: 12vh auto 4rem; max-width: 36rem; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
a.button { background: #1f3a5f; border-radius: .4rem; color: #fff; display: inline-block; font-weight: 600;
  padding: .7rem 1.3rem; text-decoration: none; }
a.button:focus-visible { outline: .2rem solid #6ea8ff; outline-offset: .2rem; }
code { background: #8883; border-radius: .25rem; padding: .1rem .35rem; }
"""

BEGIN_ANEW = '<p><a class="button" href="/slack/install">Begin again</a></p>'

FAILURES: dict[str, tuple[str, str]] = {
    "access_denied": (
        "Nothing was installed",
        "You chose not to install Caseclock. Everything in the channel that you share with your support team works "
        "without it.",
    ),
    "invalid_browser": (
        "This didn't begin in this browser",
        "Nothing was installed. An install has to begin and end in one browser, with cookies allowed, and this page "
        "is good for one visit: loading it again doesn't repeat it.",
    ),
    "invalid_state": (
        "That took too long, or was done already",
        "Nothing was installed just now. Each start is good once, for ten minutes.",
    ),
    "invalid_code": (
        "Slack didn't confirm it",
        "Nothing was installed. If it happens again, tell your support team: they find the reason in their log.",
    ),
    "home": (
        "Caseclock is at home here",
        "This is the support team's own workspace, which has it already. Nothing was changed.",
    ),
    "organisation": (
        "One workspace at a time",
        "Nothing was kept. Caseclock can be installed to single workspaces, not to a whole organisation: choose one "
        "of its workspaces on Slack's page.",
    ),
    "unavailable": (
        "That couldn't be finished just now",
        "Slack or our database didn't answer, so nothing is kept of it here. Please begin again in a few minutes.",
    ),
}
UNKNOWN = ("Nothing was installed", "Slack sent you back without saying that you agreed.")


def invitation(url: str) -> str:
    """Before Slack's own page; `url` is that page's address."""
    return _page(
        "Caseclock in your own workspace",
        "<p>With it, people of your workspace can type <code>/case</code> in the channel that they share with their "
        "support team, and choose <b>Open a case</b> in the menu of a message there.</p>"
        "<p>It asks for one permission, <code>commands</code>. It can't read your messages, files or lists of people; "
        "it learns what somebody types after <code>/case</code>, and the one message that they open a case from. "
        "You can remove it in Slack at any time: what lets it in is then deleted here too, and your cases stay.</p>"
        f'<p><a class="button" href="{escape(url)}">Add to Slack</a></p>',
    )


def welcome(team: str, name: str) -> str:
    """It is installed; `team` is the workspace's id."""
    return _page(
        f"Caseclock is installed in {escape(name or team)}",
        "<p>People there can now type <code>/case</code> in the channel that they share with their support team. "
        "<code>/case help</code> says what else there is.</p>"
        "<p>If it answers that it couldn't match them to a customer, give your support team the id of your workspace, "
        f"<code>{escape(team)}</code>.</p><p>You may close this page.</p>",
    )


def failure(reason: str) -> str:
    """Why nothing was installed. A reason that isn't known is not repeated: it may come from anywhere."""
    title, words = FAILURES.get(reason, UNKNOWN)
    again = "" if reason == "home" else BEGIN_ANEW
    return _page(escape(title), f"<p>{escape(words)}</p>{again}")


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )
