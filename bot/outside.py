"""What lies beyond Slack, joined: the operator's addresses, and a courier for each."""

from bot.settings import Settings, SettingsError
from cases.ports import Clock, UnitsOfWork
from outside.addresses import Addresses, AddressesError, load_addresses
from outside.webhooks import Webhook
from scheduling.courier import Carry, Couriers


def addresses_of(settings: Settings) -> Addresses:
    """What ADDRESSES_FILE names. Raises SettingsError."""
    try:
        return load_addresses(settings.addresses_file)
    except AddressesError as error:
        raise SettingsError(f"ADDRESSES_FILE: {error}") from None


def couriers(addresses: Addresses, settings: Settings, units: UnitsOfWork, clock: Clock) -> Couriers:
    """Not started yet."""
    carries: dict[str, Carry] = {name: Webhook(endpoint).carry for name, endpoint in addresses.webhooks.items()}
    return Couriers(carries, units, settings.places, clock)
