package io.belfry.api.export;

import io.belfry.access.Caller;
import io.belfry.api.access.AuditLog;
import io.belfry.api.access.InboxOwner;
import io.belfry.api.http.LongAnswers;
import io.belfry.api.sessions.Presence;
import io.belfry.api.sessions.SignOuts;
import io.belfry.json.WireTime;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * All that is kept of the caller, as one JSON document that is written while it is read. A fault on the way cuts the
 * connection: what came is no whole document.
 */
@RestController
final class ExportController {

    private static final JsonFactory JSON = new JsonFactory();

    private final LongAnswers exports = new LongAnswers();
    private final PersonalData data;
    private final Presence presence;
    private final SignOuts signOuts;
    private final AuditLog audit;
    private final Clock clock;

    ExportController(PersonalData data, Presence presence, SignOuts signOuts, AuditLog audit, Clock clock) {
        this.data = data;
        this.presence = presence;
        this.signOuts = signOuts;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping(path = "/api/me/export", produces = MediaType.APPLICATION_JSON_VALUE)
    void export(@AuthenticationPrincipal Caller caller, InboxOwner owner, HttpServletResponse response)
            throws IOException {
        exports.write(() -> {
            audit.write(caller, "export", "user:" + owner.userId());
            write(owner.userId(), response);
        });
    }

    private void write(long user, HttpServletResponse response) throws IOException {
        String person = data.person(user);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"belfry-" + user + ".json\"");
        JsonGenerator document = JSON.createGenerator(ObjectWriteContext.empty(), response.getOutputStream());
        document.writeStartObject();
        document.writeStringProperty("exported_at", WireTime.format(clock.instant()));
        document.writeName("person").writeRawValue(person);
        for (PersonalData.Part part : PersonalData.Part.values()) {
            document.writeArrayPropertyStart(part.name().toLowerCase(Locale.ROOT));
            data.read(part, user, document::writeRawValue);
            document.writeEndArray();
        }
        Optional<List<Instant>> sessions = presence.sessions(user);
        document.writeName("sessions");
        if (sessions.isPresent()) {
            document.writeStartArray();
            sessions.get().forEach(opened -> document.writeString(WireTime.format(opened)));
            document.writeEndArray();
        } else {
            document.writeNull();
        }
        document.writeStringProperty(
                "signed_out_at", signOuts.lastOf(user).map(WireTime::format).orElse(null));
        document.writeEndObject();
        document.close();
    }
}
