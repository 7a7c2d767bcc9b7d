package io.belfry.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseRuleTest {

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015, 4000, 4408, 4413, 4429, 4441, 4499})
    void comesBack(int code) {
        assertThat(CloseRule.comesBack(code)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1002, 1003, 1007, 1008, 1009, 1010, 4500, 4501, 4503, 4509, 4510, 4999})
    void staysAway(int code) {
        assertThat(CloseRule.comesBack(code)).isFalse();
    }
}
