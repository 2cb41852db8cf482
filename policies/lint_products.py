"""Whether a product's guiding questions lead to its priorities, each of them, and never in a circle."""

from collections.abc import Iterator

from cases.policy import Product

Finding = tuple[str, str]


def lint_product(product: Product) -> Iterator[Finding]:
    """Field and what was expected, for everything wrong with one product."""
    field = f"products.{product.id}"
    if bool(product.priorities) == bool(product.kinds):
        yield field, "expected either priorities or kinds of request"
    if product.kinds and not any(kind.in_scope for kind in product.kinds):
        yield f"{field}.kinds", "expected at least one kind of request that is in scope"
    if product.production_only and not product.asks_tenant:
        yield f"{field}.production_only", "is never read: only asks_tenant: true asks if a tenant is in production"
    yield from _dead_ends(field, product)
    yield from _circles(field, product)
    yield from _out_of_reach(field, product)


def _dead_ends(field: str, product: Product) -> Iterator[Finding]:
    numbers = {priority.number for priority in product.priorities}
    questions = {question.id for question in product.questions}
    for question in product.questions:
        for answer in question.answers:
            at = f"{field}.questions.{question.id}.answers.{answer.id}"
            if answer.priority is not None and answer.priority not in numbers:
                yield f"{at}.priority", f"leads nowhere: there is no priority {answer.priority}"
            if answer.then is not None and answer.then not in questions:
                yield f"{at}.then", f"leads nowhere: there is no question {answer.then!r}"


def _circles(field: str, product: Product) -> Iterator[Finding]:
    """A question is in a circle when it can be come to again from one of its own answers."""
    for question in product.questions:
        if question.id in _after(product, question.id):
            yield f"{field}.questions.{question.id}", "leads in a circle back to itself"


def _out_of_reach(field: str, product: Product) -> Iterator[Finding]:
    first = product.questions[0].id if product.questions else None
    asked = {first, *_after(product, first)}
    reached = {answer.priority for q in product.questions if q.id in asked for answer in q.answers}
    for question in product.questions:
        if question.id not in asked:
            yield f"{field}.questions.{question.id}", "is never asked: no answer leads to it"
    for priority in product.priorities:
        if priority.number not in reached:
            yield f"{field}.priorities.{priority.number}", "no answer to the guiding questions leads to it"


def _after(product: Product, start: str | None) -> set[str]:
    """Ids of the questions that can follow one."""
    following = {q.id: {a.then for a in q.answers if a.then is not None} for q in product.questions}
    found: set[str] = set()
    waiting = list(following.get(start or "", ()))
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting.extend(following.get(id, ()))
    return found
