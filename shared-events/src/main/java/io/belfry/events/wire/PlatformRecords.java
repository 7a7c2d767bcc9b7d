package io.belfry.events.wire;

import io.belfry.events.Ids;
import io.belfry.events.platform.CourseMember;
import io.belfry.events.platform.PlatformCourse;
import io.belfry.events.platform.PlatformUser;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the platform's compacted topics: the key's latest record wins, a record without a value deletes and needs no
 * headers, and key and data must agree.
 */
public final class PlatformRecords {

    private static final Pattern ENTITY_KEY = Pattern.compile("[1-9][0-9]{0,15}");
    private static final Pattern MEMBER_KEY = Pattern.compile("[1-9][0-9]{0,15}:[1-9][0-9]{0,15}");

    private final EventCodec codec;

    public PlatformRecords(EventCodec codec) {
        this.codec = codec;
    }

    /**
     * @param id of the user
     * @param value what it is now; empty = deleted
     */
    public record Entity<T>(long id, Optional<T> value) {}

    /** @param role what the user is in the course now; empty = no member */
    public record Membership(long course, long user, Optional<CourseMember.Role> role) {}

    /** @throws PoisonException if the record breaks a rule */
    public Entity<PlatformUser> user(ConsumerRecord<byte[], byte[]> record) {
        return entity(record, EventType.PLATFORM_USER, PlatformUser::key);
    }

    /** @throws PoisonException if the record breaks a rule */
    public Entity<PlatformCourse> course(ConsumerRecord<byte[], byte[]> record) {
        return entity(record, EventType.PLATFORM_COURSE, PlatformCourse::key);
    }

    /** @throws PoisonException if the record breaks a rule */
    public Membership member(ConsumerRecord<byte[], byte[]> record) {
        String key = key(record, MEMBER_KEY);
        Optional<CourseMember> value = value(record, key, EventType.COURSE_MEMBER, CourseMember::key);
        int colon = key.indexOf(':');
        return new Membership(id(key.substring(0, colon)), id(key.substring(colon + 1)), value.map(CourseMember::role));
    }

    private <T> Entity<T> entity(ConsumerRecord<byte[], byte[]> record, EventType<T> type, Function<T, String> keyOf) {
        String key = key(record, ENTITY_KEY);
        return new Entity<>(id(key), value(record, key, type, keyOf));
    }

    private <T> Optional<T> value(
            ConsumerRecord<byte[], byte[]> record, String key, EventType<T> type, Function<T, String> keyOf) {
        if (record.value() == null) {
            return Optional.empty();
        }
        T data = codec.decode(record, type).data();
        if (!keyOf.apply(data).equals(key)) {
            throw new PoisonException(PoisonCode.BAD_KEY, "key and data name different entities");
        }
        return Optional.of(data);
    }

    private static String key(ConsumerRecord<byte[], byte[]> record, Pattern form) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (!form.matcher(key).matches()) {
            throw new PoisonException(PoisonCode.BAD_KEY, "the key must be " + form.pattern());
        }
        return key;
    }

    private static long id(String digits) {
        long id = Long.parseLong(digits);
        if (!Ids.isValid(id)) {
            throw new PoisonException(PoisonCode.BAD_KEY, "ids are from 1 to 2^53 - 1");
        }
        return id;
    }
}
