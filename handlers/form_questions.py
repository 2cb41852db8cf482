"""What the open form asks: the account, what it is about, and the guiding questions one after the other."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, Option

from cases.intake import Asked, Form, Preview
from handlers import fields, ids
from handlers.form_ids import NO, NOW, OURS, TOLD, WRITTEN, YES, field, question
from handlers.kit import context, option
from handlers.open_words import fitting
from handlers.text import paragraph

FEW_OPTIONS = 10


def account(shown: Preview) -> Iterator[Block]:
    """Whose case it is, where the person may open for several."""
    if len(shown.accounts) < 2:
        return
    by_name = sorted(shown.accounts, key=lambda one: (one.id != shown.account.id, one.name))
    options = [option(one.name, str(one.id), one.plan) for one in by_name]
    menu = fields.menu(ids.FORM_CHANGED, options, str(shown.account.id) if shown.account_known else None)
    yield fields.asked(field("account"), "Which customer is it for?", menu, redraws=True)


def noticed(form: Form, shown: Preview) -> Iterator[Block]:
    """For support, opening without a customer's message: how we know of it."""
    if shown.may_be_detected:
        options = [option("Our team noticed it", OURS), option("The customer told us, outside of Slack", TOLD)]
        yield _choice(field("detected"), "How do we know of it?", options, OURS if shown.detected else TOLD)


def about(form: Form, shown: Preview) -> Iterator[Block]:
    """What it is about: the product, the kind of request, the tenant."""
    if not shown.account_known:
        return
    products = shown.program.products.values()
    if len(products) > 1:
        options = [option(product.name, product.id) for product in products]
        chosen = shown.product.id if shown.product else None
        yield _choice(field("product", shown.program.id), "Which product?", options, chosen)
    if shown.product and shown.product.kinds:
        options = [option(kind.label, kind.id) for kind in shown.product.kinds]
        chosen = shown.kind.id if shown.kind else None
        yield _choice(field("kind", shown.product.id), "What kind of request is it?", options, chosen)
        if shown.kind:
            yield context(paragraph(shown.kind.meaning, 1000))
    if shown.product and shown.product.asks_tenant:
        yield from _tenant(form, shown)


def _tenant(form: Form, shown: Preview) -> Iterator[Block]:
    declined = shown.declined is not None
    tenant = fields.text(ids.OPEN_VALUE, fitting(form.tenant), placeholder="Its name, such as acme-eu")
    yield fields.asked(field("tenant"), "Which tenant?", tenant, optional=declined)
    chosen = None if form.production is None else YES if form.production else NO
    options = [option("Yes", YES), option("No, it is for development or tests", NO)]
    yield _choice(field("production"), "Is this tenant in production?", options, chosen)


def guiding(shown: Preview) -> Iterator[Block]:
    """Each guiding question that was answered, then the next one."""
    if shown.product is None or shown.declined is not None:
        return
    for asked in shown.asked:
        yield _guiding(shown.product.id, asked)


def _guiding(product: str, asked: Asked) -> Block:
    options = [option(answer.label, answer.id) for answer in asked.question.answers]
    chosen = asked.answer.id if asked.answer else None
    return _choice(question(product, asked.question.id), asked.question.ask, options, chosen)


def start(form: Form, shown: Preview) -> Iterator[Block]:
    """For support, opening from a message: when its clock starts."""
    if shown.may_start_now:
        options = [option("When the message was written", WRITTEN), option("Now", NOW)]
        chosen = NOW if form.start_now else WRITTEN
        yield _choice(field("start_now"), "When does the clock start?", options, chosen)


def _choice(block_id: str, label: str, options: list[Option], chosen: str | None) -> Block:
    """Radio buttons, or a menu where there are more than those allow."""
    few = len(options) <= FEW_OPTIONS
    element = (fields.radio if few else fields.menu)(ids.FORM_CHANGED, options, chosen)
    return fields.asked(block_id, label, element, redraws=True)
