"""Installing the app to a customer's own workspace: `/slack/install`, Slack's page, and `/slack/oauth_redirect`."""

import logging
from collections.abc import Callable, Collection

import structlog
from slack_bolt.error import BoltError
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_flow import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store.models import Installation
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.install_pages import HEADERS, failure, invitation, welcome
from bot.settings import InstallSettings
from cases.messages import SendError, SendRefused
from cases.ports import StorageUnavailable
from handlers.payloads import answer, value, word
from handlers.slack_errors import as_send_errors
from storage.installations import Installations, States

INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"
SCOPES = ("commands",)
"""All that a customer's workspace gives: what is done in their channels is done by our own workspace's bot."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Declined(BoltError):
    """It can't be installed there; `reason` is one of `bot.install_pages.FAILURES`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class InstallFlow(OAuthFlow):
    """Bolt's flow, which checks state and browser. Ours keep to one scope, to workspaces of others, and out of logs."""

    def __init__(
        self, client: WebClient, settings: InstallSettings, authorize_url: str, own_teams: Collection[str],
        installations: Installations, states: States,
    ) -> None:  # fmt: skip
        """`client` has no token; `authorize_url` is Slack's page; `own_teams` are the ids of our own workspace."""
        # Bolt writes down codes and states, some of them as warnings.
        silent = logging.getLogger("slack_bolt.oauth")
        silent.disabled = True
        self._own_teams = frozenset(own_teams)
        super().__init__(
            client=client,
            logger=silent,
            settings=OAuthSettings(
                client_id=settings.client_id,
                client_secret=settings.client_secret,
                scopes=SCOPES,
                user_scopes=(),
                install_path=INSTALL_PATH,
                redirect_uri_path=REDIRECT_PATH,
                authorization_url=authorize_url,
                installation_store=installations,
                state_store=states,
                callback_options=CallbackOptions(self._succeeded, self._failed),
                logger=silent,
            ),
        )

    def build_authorize_url(self, state: str, request: BoltRequest) -> str:
        """Without the `team` that Bolt would copy from the request: with it anybody could add scopes to a link."""
        return self.settings.authorize_url_generator.generate(state=state)

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        """As Bolt asks for it."""
        return invitation(url)

    def run_installation(self, code: str) -> Installation | None:
        """The code exchanged for the workspace's token, and nothing else kept that Slack sends along; None: refused.

        Raises SendUncertain, SendRateLimited.
        """
        own = {"client_id": self.settings.client_id, "client_secret": self.settings.client_secret}
        try:
            with as_send_errors():
                given = answer(self.client.oauth_v2_access(code=code, redirect_uri=self.settings.redirect_uri, **own))
                bot = answer(self.client.auth_test(token=word(given, "access_token")))
        except SendRefused as refusal:
            log.warning("install_refused_by_slack", reason=refusal.reason)
            return None
        return Installation(
            app_id=word(given, "app_id"),
            enterprise_id=word(given, "enterprise", "id") or None,
            enterprise_name=word(given, "enterprise", "name") or None,
            team_id=word(given, "team", "id"),
            team_name=word(given, "team", "name"),
            bot_token=word(given, "access_token"),
            bot_id=word(bot, "bot_id"),
            bot_user_id=word(given, "bot_user_id"),
            bot_scopes=word(given, "scope"),
            user_id=word(given, "authed_user", "id"),
            is_enterprise_install=value(given, "is_enterprise_install") is True,
            token_type=word(given, "token_type"),
        )

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """Raises Declined, StorageUnavailable."""
        if installation.is_enterprise_install or not installation.team_id:
            raise Declined("organisation")
        if installation.team_id in self._own_teams:
            raise Declined("home")
        self.settings.installation_store.save(installation)

    def routes(self) -> list[Route]:
        """Where an administrator's browser comes."""
        return [
            Route(INSTALL_PATH, _page(self.handle_installation), methods=["GET"]),
            Route(REDIRECT_PATH, _page(self.handle_callback), methods=["GET"]),
        ]

    def _succeeded(self, args: SuccessArgs) -> BoltResponse:
        made = args.installation
        log.info("workspace_installed", team=made.team_id, by=made.user_id)
        return self._shown(200, welcome(made.team_id or "", made.team_name or ""))

    def _failed(self, args: FailureArgs) -> BoltResponse:
        reason = args.error.reason if isinstance(args.error, Declined) else args.reason
        log.info("nothing_installed", reason=reason if reason.isidentifier() else "")
        return self._shown(args.suggested_status_code, failure(reason))

    def _shown(self, status: int, page: str) -> BoltResponse:
        """The cookie has done its work."""
        gone = self.settings.state_utils.build_set_cookie_for_deletion()
        return BoltResponse(status=status, body=page, headers={"Set-Cookie": gone})


def _page(handle: Callable[[BoltRequest], BoltResponse]) -> Callable[[Request], Response]:
    """In a thread of its own; where Slack or the database is out of reach, a page says so."""

    def endpoint(request: Request) -> Response:
        asked = BoltRequest(body="", query=request.url.query, headers={"cookie": request.headers.getlist("cookie")})
        try:
            return _as_page(handle(asked))
        except (StorageUnavailable, SendError) as error:
            log.error("install_failed", kind=type(error).__name__)
            return Response(failure("unavailable"), 503, dict(HEADERS))

    return endpoint


def _as_page(made: BoltResponse) -> Response:
    page = Response(made.body, made.status, dict(HEADERS))
    for cookie in made.headers.get("set-cookie", ()):
        page.headers.append("Set-Cookie", f"{cookie}; SameSite=Lax")
    return page
