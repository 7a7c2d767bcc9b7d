package io.belfry.api.sending;

import io.belfry.access.Caller;
import io.belfry.api.ApiSettings;
import io.belfry.api.http.LongAnswers;
import io.belfry.api.http.PublicUrls;
import io.belfry.api.paging.KeysetSlice;
import io.belfry.api.paging.Page;
import io.belfry.api.paging.PageRequest;
import io.belfry.api.problem.ProblemException;
import io.belfry.api.sending.RequestRepository.Recipient;
import io.belfry.json.InvalidFieldsException;
import io.belfry.json.WireTime;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who got a send and who has read it, by name; 404 where the installation tells counts alone. */
@RestController
final class ReportController {

    private static final String RECIPIENTS = RequestController.PATH + "/{request_id}/recipients";

    /** Rows of a file that are read at once. */
    private static final int CHUNK = 1_000;

    private final RequestRepository requests;
    private final VisibleRequests visible;
    private final PublicUrls urls;
    private final boolean tellsNames;
    private final LongAnswers files = new LongAnswers();

    ReportController(RequestRepository requests, VisibleRequests visible, PublicUrls urls, ApiSettings settings) {
        this.requests = requests;
        this.visible = visible;
        this.urls = urls;
        this.tellsNames = settings.report() == ApiSettings.Report.NAMES;
    }

    /**
     * @param name by the directory; null = not known there
     * @param readAt null = not read
     */
    record RecipientView(
            long user,
            @Nullable String name,
            boolean read,
            @Nullable Instant readAt) {

        /** Null for an empty page. */
        static @Nullable RecipientView of(Recipient row) {
            return row.user() == null
                    ? null
                    : new RecipientView(row.user(), row.name(), row.readAt() != null, row.readAt());
        }
    }

    /** By ascending user id. Empty until the send is stored. */
    @GetMapping(path = RECIPIENTS, produces = MediaType.APPLICATION_JSON_VALUE)
    Page<RecipientView> list(
            @AuthenticationPrincipal Caller caller,
            @PathVariable("request_id") String id,
            PageRequest request,
            @RequestParam(defaultValue = "") String state) {
        Boolean read = state(state);
        long notification = notification(caller, id);
        KeysetSlice slice = new KeysetSlice(request, false, "recipients of " + id + " " + state);
        List<Recipient> rows = slice.read(
                (above, below, most, skip) -> requests.recipients(notification, read, above, below, most, skip),
                (above, below, most, skip) -> requests.recipientsBack(notification, read, above, below, most, skip));
        String path = RequestController.PATH + "/" + id + "/recipients/";
        return slice.page(
                rows.get(0).count(),
                rows.stream().map(RecipientView::of).filter(Objects::nonNull).toList(),
                RecipientView::user,
                cursor -> urls.page(path, state.isEmpty() ? Map.of() : Map.of("state", state), request.size(), cursor));
    }

    /** All of them, for a spreadsheet: written while they are read. */
    @GetMapping(RECIPIENTS + ".csv")
    void file(
            @AuthenticationPrincipal Caller caller, @PathVariable("request_id") String id, HttpServletResponse response)
            throws IOException {
        long notification = notification(caller, id);
        files.write(() -> write(notification, response));
    }

    private void write(long notification, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=utf-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"recipients.csv\"");
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        // Without it a spreadsheet takes names for another encoding.
        out.write("\uFEFFname,read,read_at\r\n");
        long above = 0;
        List<Recipient> rows;
        do {
            rows = requests.recipientsAbove(notification, above, CHUNK);
            for (Recipient row : rows) {
                out.write(line(row));
            }
            above = rows.isEmpty()
                    ? above
                    : Objects.requireNonNull(rows.get(rows.size() - 1).user());
        } while (rows.size() == CHUNK);
        out.flush();
    }

    private static String line(Recipient row) {
        Instant readAt = row.readAt();
        return "%s,%s,%s\r\n"
                .formatted(
                        cell(Objects.requireNonNullElse(row.name(), "")),
                        readAt != null ? "yes" : "no",
                        readAt == null ? "" : WireTime.format(readAt));
    }

    /**
     * A text in RFC 4180, and none that a spreadsheet takes for a formula
     * (<a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP</a>).
     */
    static String cell(String text) {
        boolean isFormula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return '"' + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }

    /** 0 = it is not stored yet, so that none has it. */
    private long notification(Caller caller, String id) {
        if (!tellsNames) {
            throw ProblemException.notFound();
        }
        return Objects.requireNonNullElse(visible.find(caller, id).notificationId, 0L);
    }

    private static @Nullable Boolean state(String text) {
        return switch (text) {
            case "" -> null;
            case "read" -> true;
            case "unread" -> false;
            default -> throw new InvalidFieldsException("state", "must be read or unread");
        };
    }
}
