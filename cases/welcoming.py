"""The welcome in each channel of an account: said once, and drawn anew once for each version of it."""

from dataclasses import replace

from cases.accounts import Account
from cases.linking import WELCOME_VERSION, welcomes
from cases.ports import UnitOfWork
from cases.says import Say


def welcome(uow: UnitOfWork, account: Account) -> None:
    """In the channels of a stored account that have had none; elsewhere an old one becomes as it is now."""
    for say in welcomes(account):
        if not uow.outbox.add(say):
            _bring_up_to_date(uow, say)


def bring_welcomes_up_to_date(uow: UnitOfWork) -> None:
    """Those that an earlier version has posted; channels without one are left alone."""
    for account in uow.accounts.all():
        for say in welcomes(account):
            _bring_up_to_date(uow, say)


def _bring_up_to_date(uow: UnitOfWork, say: Say) -> None:
    shown = uow.outbox.latest(say.key)
    if shown is not None and shown.body.get("version") != WELCOME_VERSION:
        uow.outbox.add(replace(say, key=f"{say.key}:{WELCOME_VERSION}", updates=say.key))
