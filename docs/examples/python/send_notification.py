"""Send a notification through Belfry, with the name and the arguments of the old Django function.

    pip install confluent-kafka

    from send_notification import send_notification
    send_notification(3, 7, "exam_result", "Midterm graded", "You scored 87.", {"exam_id": 12})

From a shell:  python send_notification.py --to 7 --title "Midterm graded" "You scored 87."
"""

import argparse
import json
import os
import uuid

from confluent_kafka import KafkaException, Producer

TOPIC = "notifications.requested"
EVENT_TYPE = "belfry.notification.requested.v1"
TIMEOUT_SECONDS = 10

_producers = {}


def send_notification(
    sender_id,
    receiver_id,
    notification_type,
    title,
    message,
    data=None,
    *,
    event_id=None,
    source="/django",
    bootstrap_servers=None,
):
    """Return the event's id once Kafka has it; raise KafkaException when that is not known.

    Make ``event_id`` from what happened ("exam-12-user-7") and call again with the same one after an
    exception: the notification is stored once, however often its event arrives.
    """
    event_id = event_id or str(uuid.uuid4())
    event = {
        "audience": {"users": [receiver_id]},
        "notification_type": notification_type,
        "title": title,
        "message": message,
        "data": data or {},
    }
    if sender_id is not None:
        event["sender_id"] = sender_id

    failures = []
    producer = _producer(bootstrap_servers or os.environ.get("BELFRY_KAFKA_BOOTSTRAP", "127.0.0.1:19092"))
    producer.produce(
        os.environ.get("BELFRY_KAFKA_TOPIC_PREFIX", "") + TOPIC,
        key=f"user:{receiver_id}",
        value=json.dumps(event, ensure_ascii=False, allow_nan=False).encode(),
        headers={
            "ce_specversion": "1.0",
            "ce_id": event_id,
            "ce_source": source,
            "ce_type": EVENT_TYPE,
            "content-type": "application/json",
        },
        on_delivery=lambda error, _: error and failures.append(error),
    )
    if producer.flush(TIMEOUT_SECONDS) or failures:
        raise KafkaException(failures[0] if failures else f"no acknowledgement within {TIMEOUT_SECONDS} s")
    return event_id


def _producer(bootstrap_servers):
    if bootstrap_servers not in _producers:
        _producers[bootstrap_servers] = Producer(
            {
                "bootstrap.servers": bootstrap_servers,
                "acks": "all",
                "enable.idempotence": True,
                "message.timeout.ms": TIMEOUT_SECONDS * 1000,
            }
        )
    return _producers[bootstrap_servers]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Send one notification through Belfry.")
    parser.add_argument("message")
    parser.add_argument("--to", type=int, required=True, metavar="USER")
    parser.add_argument("--sender", type=int, metavar="USER")
    parser.add_argument("--type", default="message")
    parser.add_argument("--title", default="")
    arguments = parser.parse_args()
    print(send_notification(arguments.sender, arguments.to, arguments.type, arguments.title, arguments.message))
