"""What the desk says of itself and its models, and the hooks by which other standards ask it."""

from serving.endpoints import card, cds, health, model
from serving.operations.operation import GET, POST, Operation

OPERATIONS = (
    Operation(
        "tellModels",
        GET,
        "/v1/model",
        "Tell which models answer, and what is known of each.",
        model.model,
        "read_model",
        response=model.Response,
    ),
    Operation(
        "readCard",
        GET,
        "/v1/model/{model}/card",
        "Read what a model claims, and where its limits lie.",
        card.card,
        "read_model",
        place=card.ModelName,
        response=card.Response,
    ),
    Operation(
        "isAlive",
        GET,
        "/livez",
        "Tell that the process answers.",
        health.alive,
        None,
        response=health.Response,
        at_once=True,
    ),
    Operation(
        "isReady",
        GET,
        "/readyz",
        "Tell whether a score could be given now.",
        health.ready,
        None,
        response=health.Response,
    ),
    Operation(
        "discoverHooks",
        GET,
        "/cds-services",
        "Tell which hook is served (CDS Hooks).",
        cds.discover,
        "read_model",
    ),
    Operation(
        "callHook",
        POST,
        "/cds-services/{serviceId}",
        "Score one child, as a card (CDS Hooks).",
        cds.call,
        "score",
        place=cds.ServiceId,
        request=cds.Request,
    ),
    Operation(
        "feedBack",
        POST,
        "/cds-services/{serviceId}/feedback",
        "Record what was made of cards (CDS Hooks).",
        cds.feedback,
        "review",
        place=cds.ServiceId,
        request=cds.Feedback,
    ),
)
