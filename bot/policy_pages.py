"""What the policy commands print: pages for people, and the same as values for `--json`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import TypeAdapter
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.policy_due import Json
from bot.policy_words import clock_words, hours, length, target_words, told
from cases.add_ons import AddOnRule
from cases.contacts import TO_SET, Contact
from cases.policy import Plan, Product, Program, Region
from cases.ports import Policies
from cases.success import SuccessRule
from policies.problems import Problem


def assumed(program: Program) -> tuple[str, ...]:
    """What the program's file reads into its policy, its calendars included."""
    days = (region.hours for plan in program.plans.values() for region in plan.team)
    success = dict.fromkeys(p.success.assumed for p in program.plans.values() if p.success and p.success.assumed)
    return (*program.assumed, *(c.assumed for c in (*program.calendars.values(), *days) if c.assumed), *success)


def left_to_set(program: Program) -> tuple[str, ...]:
    """What the text leaves open and is still to be put into the file: numbers, addresses, groups to mention."""
    of_program = (contact.label for contact in program.contacts if not contact.is_set)
    of_plans = (f"{p.name}: {c.label}" for p in program.plans.values() for c in p.contacts if not c.is_set)
    regions = ((p.name, r.label) for p in program.plans.values() for r in p.team if not r.mention)
    return (*of_program, *of_plans, *(f"{plan}: whom to mention in {region}" for plan, region in regions))


def checked_page(policies: Policies) -> RenderableType:
    """All is well, and what is assumed."""
    parts: list[RenderableType] = [grid(("✓", p.name, p.version, _sizes(p)) for p in policies.values())]
    if any(assumed(program) for program in policies.values()):
        parts.append(Text("\nAssumed, where a policy is silent", style="bold"))
    for program in policies.values():
        parts += [Text(f"{program.name}"), _list(assumed(program))] if assumed(program) else []
    if any(left_to_set(program) for program in policies.values()):
        parts.append(Text(f"\nLeft to set: {TO_SET} stands in the file; customers are told to ask", style="bold"))
    for program in policies.values():
        parts += [Text(f"{program.name}"), _list(left_to_set(program))] if left_to_set(program) else []
    return Group(*parts)


def checked_json(folder: Path, policies: Policies) -> Json:
    """The same as plain values."""
    programs = [
        {
            "program": p.id,
            "name": p.name,
            "version": p.version,
            "assumed": list(assumed(p)),
            "left_to_set": list(left_to_set(p)),
        }
        for p in policies.values()
    ]
    return {"folder": str(folder), "programs": programs, "problems": []}


def problems_page(problems: Sequence[Problem]) -> RenderableType:
    """Every problem, file by file."""
    parts: list[RenderableType] = []
    for file in dict.fromkeys(problem.file for problem in problems):
        parts.append(Text(str(file), style="bold"))
        parts += [_indented(Text.assemble((p.field, "red"), ": ", p.what)) for p in problems if p.file == file]
    count = len(problems)
    return Group(*parts, Text(f"{count} {_plural(count, 'problem')} to put right."))


def problems_json(folder: Path, problems: Sequence[Problem]) -> Json:
    """The same as plain values."""
    found = [{"file": str(p.file), "field": p.field, "what": p.what} for p in problems]
    return {"folder": str(folder), "programs": [], "problems": found}


def program_page(program: Program, plans: Sequence[Plan], products: Sequence[Product]) -> RenderableType:
    """A programme as a person reads it."""
    parts: list[RenderableType] = [
        Text(program.name, style="bold"),
        Text(f"{program.source}\nVersion {program.version}", style="dim"),
    ]
    for plan in plans:
        parts += [_heading(f"Plan {plan.name} ({plan.id})"), *_plan(program, plan)]
    if program.contacts:
        parts += [_heading("How to reach support, on every plan"), _list(map(_contact, program.contacts))]
    for product in products:
        parts += [_heading(f"{product.name} ({product.id})"), *_product(product)]
    parts += [_heading("Before a deadline is missed"), _ladder(program)]
    parts += [_heading("While a case waits on the customer"), _indented(_waiting(program))]
    parts += [_heading("After a solution is offered"), _indented(_closing(program))]
    parts += [_heading("Resolution"), _indented(program.resolution)] if program.resolution else []
    parts += [_heading("Also"), _list(program.notes)] if program.notes else []
    parts += [_heading("Assumed"), _list(assumed(program))] if assumed(program) else []
    return Group(*parts)


def program_json(program: Program, plans: Sequence[Plan], products: Sequence[Product]) -> Json:
    """The same as plain values; a target that holds for any request has the key `any`, as in the file."""
    page: Json = TypeAdapter(Program).dump_python(program, mode="json")
    shown = [TypeAdapter(Plan).dump_python(plan, mode="json") for plan in plans]
    for plan in shown:
        plan["targets"] = {"any" if key == "None" else key: value for key, value in plan["targets"].items()}
    page["plans"] = {plan["id"]: plan for plan in shown}
    page["products"] = {p.id: TypeAdapter(Product).dump_python(p, mode="json") for p in products}
    return page


def _plan(program: Program, plan: Plan) -> Iterator[RenderableType]:
    labels = {p.number: p.label for product in program.products.values() for p in product.priorities}
    yield _indented(
        grid(
            (
                labels[number] if number else "Any request",
                target_words(str(target.within), target.within.seconds(program.calendars[target.calendar])),
                program.calendars[target.calendar].name,
            )
            for number, target in plan.targets.items()
        )
    )
    yield _list(_clocks(program, plan, labels))
    used = dict.fromkeys(target.calendar for target in plan.targets.values())
    yield _list([f"{program.calendars[id].name}: {hours(program.calendars[id])}" for id in used])
    if rule := plan.commitment:
        asked = f"Asked every {length(rule.every_seconds)}; unanswered, the backup after "
        asked += f"{length(rule.backup_after_seconds)}, managers after {length(rule.managers_after_seconds)}."
        carries = ", ".join(labels[number] for number in sorted(rule.priorities))
        yield _list([f"{carries} carries a promise by the customer: “{rule.promise}” {asked}"])
    yield _list([*map(_contact, plan.contacts), *(f"{benefit.label}: {benefit.text}" for benefit in plan.benefits)])
    if plan.team:
        yield _list([f"Its team in {region.label}: {_day(region)}" for region in plan.team])
    if plan.success:
        yield _list(_success(plan.success))
    if plan.ticket_reviews:
        yield _list(["Ticket reviews: on request, in the channel."])
    yield _list(f"Add-on {rule.name}: {_add_on(rule)}" for rule in plan.add_ons)


def _clocks(program: Program, plan: Plan, labels: Mapping[int, str]) -> Iterator[str]:
    for number, target in plan.targets.items():
        calendar = program.calendars[target.calendar]
        for clock in target.clocks:
            words = clock_words(clock.kind, str(clock.within), clock.within.seconds(calendar), clock.pauses)
            yield f"{labels[number] if number else 'Any request'}: {words}"


def _success(rule: SuccessRule) -> Iterator[str]:
    yield rule.title
    if rule.kickoff:
        yield f"Kickoff: from day {rule.kickoff.from_day} to day {rule.kickoff.by_day} of the term"
    for meeting in filter(None, (rule.meeting, rule.review)):
        every = "every month" if meeting.every_months == 1 else f"every {meeting.every_months} months"
        yield f"{meeting.label}: {every}, unless the account says otherwise"


def _add_on(rule: AddOnRule) -> str:
    named = ", ".join(f"{count} named contacts at {share}%" for share, count in sorted(rule.contacts.items()))
    return (
        f"there from day {rule.mobilisation_days} of the term, off on {rule.administrative_days} administrative days "
        f"in 12 months, asked for again {rule.notice_days} days before the end{f'; {named}' if named else ''}"
    )


def _day(region: Region) -> str:
    return f"{hours(region.hours)}; {', '.join(region.mention) or 'nobody to mention is set'}"


def _contact(contact: Contact) -> str:
    more = ", ".join(words for words in (contact.hours, contact.note) if words)
    value = f": {contact.value}" if contact.value else ""
    return f"{contact.label}{value}{f' ({more})' if more else ''}"


def _product(product: Product) -> Iterator[RenderableType]:
    for priority in product.priorities:
        yield _indented(Text(priority.label, style="bold"))
        yield _indented(priority.meaning, 4)
        yield _list([f"e.g. {example}" for example in priority.examples], 4)
        yield _indented(Text(f"Ask: {priority.question}", style="italic"), 4)
        yield _indented(f"Ends as: {'; '.join(kind.label for kind in priority.solutions)}", 4)
        if lease := priority.lease:
            asked, back = length(lease.ask_after_seconds), length(lease.queue_after_seconds)
            yield _indented(f"Claimed and silent for {asked}: its engineer is asked; {back} later it goes back.", 4)
    for question in product.questions:
        yield _indented(Text(f"\n{question.ask}", style="italic"))
        labels = {p.number: p.label for p in product.priorities}
        leads = (
            (answer.label, "→", labels[answer.priority] if answer.priority else product.question(answer.then or "").ask)
            for answer in question.answers
        )
        yield _indented(grid(leads), 4)
    for kind in product.kinds:
        scope = "" if kind.in_scope else " (not part of support)"
        yield _indented(Text(f"{kind.label}{scope}", style="bold"))
        yield _indented(kind.meaning, 4)
        if kind.explanation:
            yield _indented(Text(f"“{kind.explanation}”", style="italic"), 4)
    if product.production_only:
        yield _indented(Text(f"Production only. “{product.production_only}”", style="italic"))


def _waiting(program: Program) -> str:
    rule = program.waiting
    reminded = " and ".join(length(seconds) for seconds in rule.remind_after_seconds)
    closing = length(rule.offer_close_after_seconds)
    return f"They are reminded after {reminded} of support time, and offered to close it after {closing}."


def _ladder(program: Program) -> RenderableType:
    rows = [(f"{rung.share}%", ", ".join([told(rung.tell), *rung.reach])) for rung in program.ladder.rungs]
    return _indented(grid([*rows, ("then", f"again every {length(program.ladder.repeat_seconds)} until answered")]))


def _closing(program: Program) -> str:
    days = program.closing.confirm_within_seconds // 86_400
    return f"The customer confirms or reopens within {days} {_plural(days, 'day')}; then the case closes by itself."


def _sizes(program: Program) -> str:
    priorities = {p.number for product in program.products.values() for p in product.priorities}
    kinds = [kind for product in program.products.values() for kind in product.kinds]
    counts = (
        (len(program.plans), "plan"),
        (len(program.products), "product"),
        (len(priorities), "priority"),
        (len(kinds), "kind of request"),
    )
    return ", ".join(f"{count} {_plural(count, word)}" for count, word in counts if count)


def _plural(count: int, word: str) -> str:
    several = {"priority": "priorities", "kind of request": "kinds of request"}
    return word if count == 1 else several.get(word, f"{word}s")


def _heading(text: str) -> RenderableType:
    return Text(f"\n{text}", style="bold cyan")


def _indented(what: RenderableType, by: int = 2) -> RenderableType:
    return Padding(what, (0, 0, 0, by))


def _list(items: Iterable[str], by: int = 2) -> RenderableType:
    return _indented(grid(("•", item) for item in items), by)


def grid(rows: Iterable[Sequence[RenderableType]]) -> Table:
    """Columns without lines, each as wide as it needs to be."""
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    for row in rows:
        table.add_row(*row)
    return table
