package io.belfry.events.names;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of all users, whom a group of gateways serves. Where a topic has a multiple of {@code count} partitions each of them
 * holds users of one shard alone, since (h mod partitions) mod count is h mod count.
 *
 * @param index 0 to {@code count} - 1
 * @param count of all shards
 */
public record UserShard(int index, int count) {

    /** All users. */
    public static final UserShard WHOLE = new UserShard(0, 1);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

    public UserShard {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException("a shard's number is from 0 to below how many there are, as in 3/4");
        }
    }

    /**
     * Of its form in settings: {@code 3/4} is the last of four.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static UserShard parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must have the form of 0/4, the first of four shards");
        }
        return new UserShard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** The index of the user's shard. */
    public static int of(long user, int count) {
        return UserPartition.of(user, count);
    }

    public boolean hasUser(long user) {
        return of(user, count) == index;
    }

    /** Whether users of this shard are in that partition of a topic whose partitions it {@link #divides}. */
    public boolean hasPartition(int partition) {
        return partition % count == index;
    }

    /** Whether each of so many partitions holds users of one shard alone. */
    public boolean divides(int partitions) {
        return partitions % count == 0;
    }
}
