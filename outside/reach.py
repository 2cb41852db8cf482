"""People outside Slack, through Apprise: mail, SMS gateways, PagerDuty, Opsgenie and whatever else it knows."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cases.parcels import NotCarried
from cases.reaching import Alarm
from outside.addresses import AddressesError, Place
from outside.words import message

if TYPE_CHECKING:
    from apprise import NotifyBase


class Reach:
    """One address. Apprise is loaded for whoever names one, and for nobody else."""

    def __init__(self, name: str, place: Place, slack: str) -> None:
        """`slack` is the workspace's address, for links. Raises AddressesError: Apprise knows no such address."""
        self._plugin = _plugin(name, place)
        self._zone = ZoneInfo(place.timezone)
        self._slack = slack

    def call(self, alarms: Sequence[Alarm], now: datetime) -> None:
        """Tell of all of them at once.

        Raises:
            NotCarried: it failed, or nobody knows: Apprise tells no more of it.
        """
        title, body = message(alarms, self._zone, self._slack, now)
        if not self._plugin.notify(body=body, title=title, body_format="text"):
            raise NotCarried("it was refused, or nothing answered")


def _plugin(name: str, place: Place) -> "NotifyBase":
    # Its log quotes addresses, tokens and all.
    logging.getLogger("apprise").disabled = True
    from apprise import Apprise, AppriseAsset

    asset = AppriseAsset(app_id="Caseclock", app_desc="Caseclock", app_url="", async_mode=False)
    plugin = Apprise.instantiate(place.url.get_secret_value(), asset=asset, suppress_exceptions=True)
    if plugin is None:
        raise AddressesError(f"reach.{name}.url: Apprise knows no such address")
    return plugin
