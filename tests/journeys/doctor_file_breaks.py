"""Files beside the policies, each broken in one way; and what the doctor says of it, which is nothing secret."""

from collections.abc import Mapping

from sqlalchemy import create_engine

from bot.diagnosis import Level
from storage.unit_of_work import SqlUnitsOfWork
from tests.journeys.doctor_setups import Break, Setup, copied_policies
from workspace.prepared import ACCOUNTS

PASSWORD = "hunter2-s3cret"


def rota_of_nobody(setup: Setup) -> None:
    setup.file("ROTA_FILE", 'okta: {shifts: [{days: mon-fri, from: "08:00", to: "16:00", people: [erin]}]}')


def rota_of_no_programme(setup: Setup) -> None:
    setup.file("ROTA_FILE", "okto: {group: S0CALL}")


def rota_that_is_not_there(setup: Setup) -> None:
    setup.settings["ROTA_FILE"] = str(setup.folder / "gone.yml")


def somebody_on_duty_who_is_gone(setup: Setup) -> None:
    setup.file("ROTA_FILE", 'oko: {shifts: [{days: mon-fri, from: "08:00", to: "16:00", people: [U0FRANK]}]}')
    setup.slack.state.users["U0FRANK"].deleted = True


def group_on_duty_that_there_is_not(setup: Setup) -> None:
    setup.file("ROTA_FILE", "oko: {group: S0NOBODY}")


def calendar_that_is_not_there(setup: Setup) -> None:
    setup.file("ROTA_FILE", "okta: {calendar: gone.ics, people: {erin: U0ERIN}}")


def addresses_that_are_not_there(setup: Setup) -> None:
    setup.settings["ADDRESSES_FILE"] = str(setup.folder / "gone.yml")


def address_that_nothing_reaches(setup: Setup) -> None:
    setup.file("ADDRESSES_FILE", f"reach: {{pager: {{url: 'nonsense://{PASSWORD}'}}}}")


def addresses_that_are_no_yaml(setup: Setup) -> None:
    setup.file("ADDRESSES_FILE", f"reach:\n  pager: {{url: 'mailto://bot:{PASSWORD}@mail.example'\n")


def short_secret(setup: Setup) -> None:
    setup.file("ADDRESSES_FILE", f"webhooks: {{crm: {{url: 'https://crm.example', secrets: ['{PASSWORD}']}}}}")


def addresses_for_all_to_read(setup: Setup) -> None:
    setup.file("ADDRESSES_FILE", f"reach: {{pager: {{url: 'mailto://bot:{PASSWORD}@mail.example'}}}}").chmod(0o644)


def ladder_that_reaches_nobody(setup: Setup) -> None:
    okta = copied_policies(setup) / "okta.yml"
    text, rung = okta.read_text(), "{at: 75, "
    assert rung in text
    okta.write_text(text.replace(rung, f"{rung}reach: [pager], ", 1))


def account_of_no_plan(setup: Setup) -> None:
    setup.file("ACCOUNTS_FILE", ACCOUNTS.decode().replace("plan: premier", "plan: premium"))


def account_in_the_channel_of_one_in_the_database(setup: Setup) -> None:
    pear = "{name: Pear, program: oko, plan: standard, channels: [C0ACME], timezone: UTC}"
    setup.file("ACCOUNTS_FILE", f"accounts:\n  - {pear}\n")


def accounts_of_a_channel_that_moved(setup: Setup) -> None:
    setup.file("ACCOUNTS_FILE", ACCOUNTS.decode().replace("C0ORCHARD", "C0OLD"))
    engine = create_engine(setup.settings["DATABASE_URL"])
    with SqlUnitsOfWork(engine)() as uow:
        uow.channels.move("C0OLD", "C0ORCHARD")
    engine.dispose()


def accounts_that_are_not_there(setup: Setup) -> None:
    setup.settings["ACCOUNTS_FILE"] = str(setup.folder / "gone.yml")


FILES_BROKEN: Mapping[Break, tuple[str, Level, str, str]] = {
    rota_of_nobody: ("ROTA_FILE", Level.ERROR, "okta.shifts.0.people.0: expected an id of Slack's", "Correct it"),
    rota_of_no_programme: ("ROTA_FILE", Level.ERROR, "there is no programme okto; there are auth0", "Correct it"),
    rota_that_is_not_there: ("ROTA_FILE", Level.ERROR, "gone.yml can't be read: No", "Correct the path"),
    somebody_on_duty_who_is_gone: ("ROTA_FILE", Level.ERROR, "the account of U0FRANK is deactivated", "Name somebody"),
    group_on_duty_that_there_is_not: ("ROTA_FILE", Level.ERROR, "S0NOBODY can't be read: no_such_subteam", "Correct"),
    calendar_that_is_not_there: ("ROTA_FILE", Level.WARNING, "calendar of okta can't be read: FileNotFound", "whole"),
    addresses_that_are_not_there: ("ADDRESSES_FILE", Level.ERROR, "gone.yml can't be read: No", "Correct the path"),
    address_that_nothing_reaches: ("ADDRESSES_FILE", Level.ERROR, "reach.pager.url: Apprise knows no", "Correct it"),
    addresses_that_are_no_yaml: ("ADDRESSES_FILE", Level.ERROR, "line 3: this isn't YAML", "Correct it"),
    short_secret: ("ADDRESSES_FILE", Level.ERROR, "webhooks.crm.secrets.0: expected a secret as", "Correct it"),
    addresses_for_all_to_read: ("ADDRESSES_FILE", Level.WARNING, "anybody on this machine can read it", "chmod o= "),
    ladder_that_reaches_nobody: ("ADDRESSES_FILE", Level.ERROR, "okta reaches pager at 75 %, and there", "Correct it"),
    account_of_no_plan: (
        "ACCOUNTS_FILE",
        Level.ERROR,
        "accounts.yml:5: accounts[0].plan: 'premium' is not a",
        "nothing",
    ),
    account_in_the_channel_of_one_in_the_database: ("ACCOUNTS_FILE", Level.ERROR, "accounts[0].teams: ", "nothing"),
    accounts_of_a_channel_that_moved: ("ACCOUNTS_FILE", Level.WARNING, "C0OLD is C0ORCHARD now", "When you can"),
    accounts_that_are_not_there: ("ACCOUNTS_FILE", Level.ERROR, "gone.yml can't be read: No", "Correct the path"),
}
