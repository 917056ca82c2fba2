"""What is sent: a CloudEvent of ids alone, signed as Standard Webhooks say."""

from datetime import UTC, datetime

from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from standardwebhooks import Webhook

from serving.store.outbox import Message

SOURCE = "urn:kizuki:desk"
CONTENT_TYPE = "application/cloudevents+json"


def body_of(message: Message) -> bytes:
    """The message as JSON, the same bytes each time that it is sent."""
    attributes = {
        "specversion": "1.0",
        "id": message.id,
        "source": SOURCE,
        "type": message.type,
        "time": datetime.fromisoformat(message.at).astimezone(UTC),
        "datacontenttype": "application/json",
    }
    return JSONFormat().write(CloudEvent(attributes=attributes, data=dict(message.said)))


def headers_of(message: Message, body: bytes, secret: str, now: datetime) -> dict[str, str]:
    """The headers of one try: whoever holds the secret sees that it was signed just now."""
    moment = now.astimezone(UTC)
    return {
        "content-type": CONTENT_TYPE,
        "user-agent": "kizuki",
        "webhook-id": message.id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(message.id, moment, body.decode()),
    }
