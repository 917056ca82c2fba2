"""What a running desk does though nobody asks: it looks out for children, and sends webhooks."""

import random
from collections.abc import Sequence

from serving.desk import Desk
from serving.lookout.lookout import Lookout
from serving.rounds import Rounds
from serving.settings import Settings
from serving.webhooks.addresses import allowed
from serving.webhooks.delivering import Deliverer
from serving.webhooks.secrets import webhook_key
from serving.webhooks.sending import Sender


def rounds_of(desk: Desk, settings: Settings) -> Sequence[Rounds]:
    """The rounds of a desk with a store; raises KizukiError where the settings do not allow them.

    They are two threads, so that a receiver that keeps us waiting does not keep children waiting.
    """
    if desk.store is None:
        return ()
    deliverer = Deliverer(
        store=desk.store,
        key=webhook_key(settings.webhook_key),
        sender=Sender(allowed(settings)),
        clock=desk.clock,
        chance=random.SystemRandom().random,
    )
    return Rounds("lookout", Lookout(desk, desk.store).round), Rounds("webhooks", deliverer.round)
