package io.belfry.events.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.Ids;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserShardTest {

    /** Of hashes of both signs. */
    private static LongStream users() {
        return LongStream.concat(LongStream.rangeClosed(1, 5_000), LongStream.rangeClosed(Ids.MAX - 5_000, Ids.MAX));
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "4, 24", "3, 24", "1, 6", "7, 49"})
    void hasTheUsersOfItsPartitionsAndNoOthers(int shards, int partitions) {
        for (int index = 0; index < shards; index++) {
            UserShard shard = new UserShard(index, shards);
            assertThat(shard.divides(partitions)).isTrue();
            assertThat(users())
                    .allMatch(user -> shard.hasUser(user) == shard.hasPartition(UserPartition.of(user, partitions)));
        }
    }

    /** An api and gateways of two versions agree. */
    @Test
    void staysTheSame() {
        assertThat(LongStream.of(1, 2, 7, 42, 9001, Ids.MAX).mapToInt(user -> UserShard.of(user, 4)))
                .containsExactly(3, 0, 3, 0, 2, 3);
    }

    @Test
    void isOneOfSeveralThatHaveAboutAsManyUsers() {
        IntStream.range(0, 4)
                .forEach(index -> assertThat(
                                users().filter(new UserShard(index, 4)::hasUser).count())
                        .isBetween(2_300L, 2_700L));
        assertThat(users()).allMatch(UserShard.WHOLE::hasUser);
    }

    @Test
    void dividesMultiplesOfItsNumberAlone() {
        UserShard shard = UserShard.parse("3/4");
        assertThat(shard).isEqualTo(new UserShard(3, 4));
        assertThat(IntStream.rangeClosed(1, 12).filter(shard::divides)).containsExactly(4, 8, 12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4/4", "0/0", "-1/4", "1/-4", "2", "2/", "", "1/4/2", "1 / 4", "0/99999"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> UserShard.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
