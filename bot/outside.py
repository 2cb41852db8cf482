"""What lies beyond Slack, joined: the operator's addresses, a courier or a caller for each, and the rotas."""

from collections.abc import Callable
from pathlib import Path

from bot.rota_file import RotaError, rotas_for
from bot.rotas import Duties
from bot.settings import Settings, SettingsError
from cases.change import Places
from cases.ports import Clock, Policies, UnitsOfWork
from cases.reaching import unnamed
from outside.addresses import Addresses, AddressesError, load_addresses
from outside.reach import Reach
from outside.webhooks import Webhook
from scheduling.caller import Call
from scheduling.courier import Carry, Couriers


def addresses_of(settings: Settings, policies: Policies) -> Addresses:
    """What ADDRESSES_FILE names. Raises SettingsError: it can't be used, or a programme's ladder names others too."""
    try:
        addresses = load_addresses(settings.addresses_file)
    except AddressesError as error:
        raise SettingsError(f"ADDRESSES_FILE: {error}") from None
    if unknown := unnamed(policies, addresses.reach):
        raise SettingsError(f"ADDRESSES_FILE: {'; '.join(unknown)}")
    return addresses


def duties(
    settings: Settings, policies: Policies, units: UnitsOfWork, places: Callable[[], Places], clock: Clock
) -> Duties:
    """Who is on duty, as ROTA_FILE says. Raises SettingsError."""
    try:
        rotas = rotas_for(settings.rota_file, policies)
    except RotaError as error:
        raise SettingsError(f"ROTA_FILE: {error}") from None
    return Duties(rotas, (settings.rota_file or Path()).parent, units, places, clock)


def couriers(
    addresses: Addresses, units: UnitsOfWork, places: Callable[[], Places], clock: Clock, slack: str
) -> Couriers:
    """Not started yet. `slack` is the workspace's address. Raises SettingsError: Apprise knows no such address."""
    carries: dict[str, Carry] = {name: Webhook(endpoint).carry for name, endpoint in addresses.webhooks.items()}
    try:
        calls: dict[str, Call] = {name: Reach(name, place, slack).call for name, place in addresses.reach.items()}
    except AddressesError as error:
        raise SettingsError(f"ADDRESSES_FILE: {error}") from None
    return Couriers(carries, calls, units, places, clock)
