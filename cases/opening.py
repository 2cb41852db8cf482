"""Rules of opening: what a form still lacks, what it previews, and the case that it becomes."""

from datetime import datetime

from cases.accounts import Account
from cases.case import Case, Entry
from cases.case_parts import Commitment
from cases.errors import Invalid
from cases.intake import Form, Intake, Preview, recommendation, walk
from cases.people import Actor
from cases.policy import Priority, Product, Program, RequestKind
from cases.ports import Calendars
from cases.promise import Promise, promise_for

TITLE_LENGTH = 150


def preview(
    intake: Intake,
    accounts: tuple[Account, ...],
    program: Program,
    form: Form,
    actor: Actor,
    calendars: Calendars,
    now: datetime,
    *,
    account_known: bool = True,
) -> Preview:
    """What the form shows back, from what it holds so far. `accounts` are the person's, the chosen one first."""
    account = accounts[0]
    product = _product(program, form) if account_known else None
    may_be_detected = actor.is_support and not _reported(intake, account, actor)
    asked = walk(product, form.answers) if product else ()
    recommended, because = recommendation(asked)
    number = form.priority if form.priority is not None else recommended
    priority = next((p for p in product.priorities if p.number == number), None) if product else None
    kind = next((k for k in product.kinds if k.id == form.kind), None) if product else None
    declined, to_manager, to_triage = _declined(product, kind, form)
    promise = _promise(program, account, product, priority, kind) if declined is None else None
    may_start_now = actor.is_support and intake.source is not None
    started_at = intake.source.at if intake.source and not (form.start_now and may_start_now) else now
    return Preview(
        accounts=accounts,
        account=account,
        program=program,
        product=product,
        asked=asked,
        recommended=recommended,
        because=because,
        priority=priority,
        kind=kind,
        promise=promise,
        started_at=started_at,
        due_at=calendars(promise.calendar).add(started_at, promise.target_seconds) if promise else None,
        declined=declined,
        to_manager=to_manager,
        to_triage=to_triage,
        may_start_now=may_start_now,
        account_known=account_known,
        may_be_detected=may_be_detected,
        detected=may_be_detected and form.detected is not False,
    )


def _reported(intake: Intake, account: Account, actor: Actor) -> bool:
    """It began with a message of one of the customer's people."""
    author = intake.source.author if intake.source else None
    return author is not None and author.user != actor.person.user and account.includes(Actor(author))


def _product(program: Program, form: Form) -> Product | None:
    if len(program.products) == 1:
        return next(iter(program.products.values()))
    return program.products.get(form.product) if form.product else None


def _declined(product: Product | None, kind: RequestKind | None, form: Form) -> tuple[str | None, bool, bool]:
    """Why no case can be opened; whether a manager can be asked; whether the request can be left with the team."""
    if kind is not None and not kind.in_scope:
        return kind.explanation, kind.instead == "manager", False
    if product is not None and product.production_only and form.production is False:
        return product.production_only, False, True
    return None, False, False


def _promise(
    program: Program, account: Account, product: Product | None, priority: Priority | None, kind: RequestKind | None
) -> Promise | None:
    if product is None:
        return None
    if product.kinds:
        return promise_for(program, account, product.id, None, kind.id) if kind else None
    return promise_for(program, account, product.id, priority.number) if priority else None


def check(form: Form, shown: Preview) -> None:
    """Raises Invalid: by field of the form, what is still needed and why, all at once.

    Nothing is needed where nothing is opened and nobody is asked.
    """
    if not shown.is_sent:
        return
    wrong: dict[str, str] = {}
    if not form.title.strip():
        wrong["title"] = "A few words for the title, please: it is what the engineers see first."
    elif len(form.title) > TITLE_LENGTH:
        wrong["title"] = f"The title has {len(form.title):,} characters; {TITLE_LENGTH} fit. The rest can go below."
    if shown.declined is None:
        wrong.update(_missing(form, shown))
    if wrong:
        raise Invalid(wrong)


def _missing(form: Form, shown: Preview) -> dict[str, str]:
    wrong: dict[str, str] = {}
    product = shown.product
    if not shown.account_known:
        wrong["account"] = "Which customer is it for?"
    if not form.details.strip():
        wrong["details"] = "What happens, and what did you expect? One sentence is enough to start."
    if product is None:
        if shown.account_known:
            wrong["product"] = "Which product is it about?"
        return wrong
    if product.asks_tenant and not form.tenant.strip():
        wrong["tenant"] = "Which tenant is it? Its name is enough."
    if product.asks_tenant and form.production is None:
        wrong["production"] = "Is this tenant in production?"
    if product.kinds and shown.kind is None:
        wrong["kind"] = "What kind of request is it?"
    if product.priorities and shown.priority is None:
        wrong["answers"] = "One answer here, please: the priority, and so the deadline, follows from it."
    if shown.promise and shown.promise.commitment and not shown.detected:
        if not form.consent:
            wrong["consent"] = (
                "This priority asks for someone to be reachable day and night. "
                "Tick the box, or choose a lower priority."
            )
        if form.available is None:
            wrong["available"] = "Who can be reached? Name at least one person."
        elif form.backup is not None and form.backup.person.user == form.available.person.user:
            wrong["backup"] = "The backup has to be someone else; leave it empty if there is nobody."
        for field, named in (("available", form.available), ("backup", form.backup)):
            if named is not None and not shown.account.includes(named):
                wrong[field] = f"Please name someone of {shown.account.name}: the promise is the customer's own."
    return wrong


def case_of(intake: Intake, form: Form, shown: Preview, actor: Actor, now: datetime) -> Case:
    """The new case; its number is given when it is stored. `form` has passed `check`."""
    promise, due_at = shown.promise, shown.due_at
    if promise is None or due_at is None:
        raise ValueError("the form was not checked")
    commitment = None
    if promise.commitment and form.available and not shown.detected:
        commitment = Commitment(
            form.available.person,
            form.backup.person if form.backup else None,
            consented_by=actor.person,
            asked_at=now,
        )
    return Case(
        number=0,
        revision=0,
        account=shown.account.id,
        account_name=shown.account.name,
        channel=intake.channel,
        title=form.title.strip(),
        details=form.details.strip(),
        opened_by=actor.person,
        opened_at=now,
        promise=promise,
        started_at=shown.started_at,
        counted_from=shown.started_at,
        due_at=due_at,
        kind=shown.kind.id if shown.kind else None,
        tenant=form.tenant.strip(),
        source=intake.source,
        answers=tuple((asked.question.id, asked.answer.id) for asked in shown.asked if asked.answer),
        recommended=shown.recommended,
        commitment=commitment,
        detected=shown.detected,
    )


def opening_entries(case: Case, shown: Preview, form: Form, intake: Intake) -> tuple[Entry, ...]:
    """The history's first lines: the choice, the recommendation, and the words of the policy that it rests on."""
    by, at = case.opened_by, case.opened_at
    lines = [Entry(at, by, "opened", f"{case.promise.label}, {case.promise.target} ({case.promise.version})")]
    if case.detected:
        lines.append(Entry(at, by, "detected"))
    for asked in shown.asked:
        if asked.answer:
            why = f"{asked.question.ask} {asked.answer.label} ({asked.answer.because})"
            lines.append(Entry(at, by, "answered", why))
    if shown.recommended is not None:
        chosen = case.promise.priority
        choice = "chosen as recommended" if chosen == shown.recommended else f"{chosen} was chosen"
        lines.append(Entry(at, by, "recommended", f"priority {shown.recommended}; {choice}"))
    if shown.may_start_now:
        start = "now, by support's choice" if form.start_now else "when the message was written"
        lines.append(Entry(at, by, "started", start))
    if case.commitment:
        lines.append(Entry(at, by, "committed", f"24x7: {case.commitment.available.user}"))
    if intake.text.strip() and intake.text.strip() not in case.details:
        lines.append(Entry(at, by, "typed", intake.text))
    return tuple(lines)
