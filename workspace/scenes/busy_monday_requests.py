"""What three customers ask for by Monday morning, in the order in which they do."""

from workspace.scenes.requests import Request, auth0, oko, okta, okta_priority_1

INVOICES = oko(
    "Invoices in two currencies",
    "We begin to buy in Canada. Can one supplier have prices in US and in Canadian dollars?",
    "Product support",
)
SIGN_IN = okta_priority_1(
    "Nobody can sign in",
    "Since ten to seven, in every office: the page stays white after the password. The status page shows nothing.",
    "U0DANA",
    "U0BOB",
)
NO_CHANGES = okta(
    "Administrators can't save changes",
    "Every change of a group or a policy ends in an error 403, for all five administrators. People can work.",
    "All of them",
    "Administrators can't make changes",
)
WRONG_LANGUAGE = auth0(
    "E-mails come in the wrong language",
    "Since the weekend new users in Haifa get their welcome e-mail in English, though their browsers ask for Hebrew.",
    "bolt-eu",
    "A component misbehaves",
)
ONE_PERSON = okta(
    "One colleague can't open the wiki",
    "Our joint project with Bolt has a wiki; everyone gets in but Ms Okafor, who sees an empty page.",
    "Almost all",
)
SIGN_OUT_WARNING = okta(
    "A warning before people are signed out",
    "Could people be warned some minutes before their session ends?",
    "All of them",
    "A request for an enhancement",
)
SLOW_TOKENS = auth0(
    "Tokens for the joint project take 20 seconds",
    "All calls from Acme's side wait for a token. It began this morning, and it stays.",
    "bolt-acme",
    "Major functionality, performance or many users",
    "Yes, both",
)
IMPORT = oko(
    "How do we import suppliers?",
    "We have 900 of them in a spreadsheet. Which columns does the import need?",
    "Onboarding",
)
LOGS = auth0(
    "How long are logs kept?",
    "Our auditor asks how far back the logs of sign-ins go, and whether we can keep them longer.",
    "bolt-eu",
    "None, we'd like information or an enhancement",
)
GATEWAY = Request(
    {
        "Which product?": "Okta Access Gateway",
        "Which business resources can you still reach through the Access Gateway?": "None, or not the critical ones",
        "Is there anything that would ease it right away?": "No, nothing",
    },
    {
        "Title": "Payroll and stock are out of reach",
        "What happens?": "The gateway in Boston answers nobody since the restart at half past nine.",
        "open:consent": ["yes"],
        "open:available": "U0BOB",
        "open:backup": "U0DANA",
    },
)
PASSWORD_RESETS = auth0(
    "Links to reset a password don't work",
    "A click on the link says that it has expired. Three customers told us so until now.",
    "bolt-eu",
    "A component misbehaves",
)
MAINTENANCE_NOTE = okta(
    "A note on the sign-in page",
    "Before maintenance we'd like to show a line of text on the sign-in page. Is there a place for it?",
    "All of them",
    "A request for an enhancement",
)
