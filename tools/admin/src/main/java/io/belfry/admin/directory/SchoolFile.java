package io.belfry.admin.directory;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.belfry.admin.CommandFailedException;
import io.belfry.admin.Printable;
import io.belfry.events.platform.CourseMember;
import io.belfry.events.platform.PlatformCourse;
import io.belfry.events.platform.PlatformUser;
import io.belfry.json.FieldError;
import io.belfry.json.InvalidFieldsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a school from CSV (RFC 4180, UTF-8 with or without its mark, separated by commas, semicolons or tabs). A row is a
 * membership; one without a course is a user alone, one without a user a course alone.
 */
final class SchoolFile {

    private static final List<String> COLUMNS = List.of("course_id", "course_title", "user_id", "user_name", "role");
    private static final List<String> ROLES = Stream.of(CourseMember.Role.values())
            .map(CourseMember.Role::wireName)
            .toList();
    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final int LONGEST_HEADING = 8_192;

    private final List<String> headings;
    private final School school = new School();
    private final List<String> faults = new ArrayList<>();

    private SchoolFile(CsvRecord first) {
        headings = first.getFields().stream().map(String::strip).toList();
        List<String> missing =
                COLUMNS.stream().filter(name -> !headings.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new CommandFailedException("the first line has no " + String.join(", ", missing)
                    + "; the columns are " + String.join(",", COLUMNS) + ", in any order");
        }
        if (new HashSet<>(headings).size() < headings.size()) {
            throw new CommandFailedException("the first line has a column twice");
        }
    }

    /** What a file has. */
    record Contents(School school, List<String> faults) {}

    /**
     * Reads all of it.
     *
     * @return with a line for each row that is wrong, by the number of its line in the file
     * @throws CommandFailedException if it is no such file
     */
    static Contents read(Path path) {
        try (BufferedReader text = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            skipByteOrderMark(text);
            CsvReader<CsvRecord> csv = CsvReader.builder()
                    .fieldSeparator(separator(text))
                    // Counted here, so that each such row is named.
                    .allowMissingFields(true)
                    .allowExtraFields(true)
                    .ofCsvRecord(text);
            return read(csv.iterator());
        } catch (CharacterCodingException e) {
            throw notUtf8(path, e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? notUtf8(path, e) : unreadable(path, e);
        } catch (IOException e) {
            throw unreadable(path, e);
        } catch (CommandFailedException e) {
            throw new CommandFailedException(path + ": " + e.getMessage(), e);
        }
    }

    private static Contents read(Iterator<CsvRecord> rows) {
        if (!rows.hasNext()) {
            throw new CommandFailedException("it is empty");
        }
        SchoolFile file = new SchoolFile(rows.next());
        long line = 1;
        try {
            while (rows.hasNext()) {
                CsvRecord row = rows.next();
                line = row.getStartingLineNumber();
                file.add(row);
            }
        } catch (CsvParseException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            file.faults.add("after line " + line + ", and all that follows: " + cause.getMessage());
        }
        return new Contents(file.school, file.faults);
    }

    private void add(CsvRecord row) {
        if (row.getFields().stream().allMatch(String::isBlank)) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        if (row.getFieldCount() != headings.size()) {
            wrong.add(row.getFieldCount() + " columns, the first line has " + headings.size());
        } else {
            add(new Fields(row, wrong));
        }
        if (!wrong.isEmpty()) {
            faults.add("line " + row.getStartingLineNumber() + ": " + String.join("; ", wrong));
        }
    }

    private void add(Fields fields) {
        Long course = fields.id("course_id");
        String title = fields.text("course_title");
        Long user = fields.id("user_id");
        String name = fields.text("user_name");
        String role = fields.text("role");
        if (!fields.wrong.isEmpty()) {
            return;
        }
        if (course == null && !title.isEmpty()) {
            fields.wrong.add("a course_title without a course_id");
        }
        if (user == null && !name.isEmpty()) {
            fields.wrong.add("a user_name without a user_id");
        }
        if ((course == null || user == null) && !role.isEmpty()) {
            fields.wrong.add("a role without a course and a user");
        }
        if (course != null) {
            fields.check(() -> new PlatformCourse(course, title), Map.of("id", "course_id", "title", "course_title"));
        }
        if (user != null) {
            fields.check(() -> new PlatformUser(user, name), Map.of("id", "user_id", "name", "user_name"));
        }
        if (course != null && user != null && !ROLES.contains(role)) {
            fields.wrong.add("role is " + String.join(" or ", ROLES) + ", not " + Fields.quoted(role));
        }
        if (fields.wrong.isEmpty()) {
            put(course, title, user, name, role, fields.wrong);
        }
    }

    private void put(
            @Nullable Long course, String title, @Nullable Long user, String name, String role, List<String> wrong) {
        if (course != null) {
            name(school.courses(), course, title, "course", wrong);
            school.membersOf(course);
        }
        if (user != null) {
            name(school.users(), user, name, "user", wrong);
        }
        if (course != null && user != null && school.membersOf(course).putIfAbsent(user, role.intern()) != null) {
            wrong.add("user " + user + " stands in course " + course + " before");
        }
    }

    private static void name(Map<Long, String> known, long id, String text, String what, List<String> wrong) {
        String before = known.putIfAbsent(id, text);
        if (before != null && !before.equals(text)) {
            wrong.add(what + " " + id + " is called " + Fields.quoted(before) + " before");
        }
    }

    private final class Fields {

        private final CsvRecord row;
        private final List<String> wrong;

        Fields(CsvRecord row, List<String> wrong) {
            this.row = row;
            this.wrong = wrong;
        }

        /** Empty if there is none. */
        String text(String column) {
            String text = row.getField(headings.indexOf(column)).strip();
            if (text.codePoints().anyMatch(Character::isISOControl)) {
                wrong.add(column + " has a line break or another control character: " + quoted(text));
            }
            return text;
        }

        @Nullable
        Long id(String column) {
            String text = text(column);
            if (text.isEmpty()) {
                return null;
            }
            if (!text.matches("[1-9][0-9]{0,15}")) {
                wrong.add(column + " is a whole number from 1, not " + quoted(text));
                return null;
            }
            return Long.valueOf(text);
        }

        /** By the contract's own rules. */
        void check(Runnable making, Map<String, String> columns) {
            try {
                making.run();
            } catch (InvalidFieldsException e) {
                for (FieldError error : e.errors()) {
                    wrong.add(columns.getOrDefault(error.field(), error.field()) + " " + error.message());
                }
            }
        }

        private static String quoted(String text) {
            return Printable.shortLine(text.getBytes(StandardCharsets.UTF_8), 60);
        }
    }

    private static void skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }

    /** No heading contains one. */
    private static String separator(BufferedReader text) throws IOException {
        text.mark(LONGEST_HEADING);
        char[] start = new char[LONGEST_HEADING];
        int length = Math.max(text.read(start), 0);
        text.reset();
        String heading = new String(start, 0, length).lines().findFirst().orElse("");
        return Stream.of(";", "\t").filter(heading::contains).findFirst().orElse(",");
    }

    private static CommandFailedException notUtf8(Path path, Exception e) {
        return new CommandFailedException(path + ": not UTF-8; spreadsheets call it \"CSV UTF-8\"", e);
    }

    private static CommandFailedException unreadable(Path path, Exception e) {
        return new CommandFailedException(path + " cannot be read: " + e, e);
    }
}
