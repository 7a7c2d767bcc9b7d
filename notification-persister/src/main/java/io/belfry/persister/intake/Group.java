package io.belfry.persister.intake;

import io.belfry.events.EventId;
import io.belfry.persister.fanout.FanoutRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The next requests that one transaction takes: as many small ones as fit, or a single one to a course or to many. An
 * event that comes twice begins a group of its own the second time, where it is met as any event that came before.
 *
 * @param requests at least one, in the order of their records
 * @param end index of the first record that is not part of it; poison in between belongs to nobody
 */
record Group(List<Intake.Request> requests, int end) {

    /** Bytes of records that are sent to the database at once. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    /** @param start index of a request */
    static Group from(List<Intake> intakes, int start) {
        List<Intake.Request> requests = new ArrayList<>();
        Set<EventId> names = new HashSet<>();
        int recipients = 0;
        int bytes = 0;
        int at = start;
        for (; at < intakes.size(); at++) {
            if (!(intakes.get(at) instanceof Intake.Request next)) {
                continue;
            }
            FanoutRequest request = next.request();
            bytes += next.record().serializedValueSize();
            boolean fits = request.fitsBeside(recipients) && !names.contains(request.eventId()) && bytes <= MAX_BYTES;
            if (!requests.isEmpty() && !fits) {
                break;
            }
            requests.add(next);
            names.add(request.eventId());
            recipients += request.users().size();
            if (!request.fitsBeside(0)) {
                at++;
                break;
            }
        }
        return new Group(requests, at);
    }

    boolean isForCourse() {
        return requests.get(0).request().course() != null;
    }
}
