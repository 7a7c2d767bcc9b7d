package io.belfry.api.sending;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportControllerTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '#',
            value = {
                "Ana Lima,\"Ana Lima\"",
                "##,\"\"",
                "A \"B\" C,\"A \"\"B\"\" C\"",
                "#a,b#,#\"a,b\"#",
                "=1+1,\"'=1+1\"",
                "+1,\"'+1\"",
                "-1,\"'-1\"",
                "@a,\"'@a\"",
                "#\t=1#,#\"'\t=1\"#",
                "#\r=1#,#\"'\r=1\"#",
                "a=1,\"a=1\""
            })
    void cellIsATextAndNoFormula(String name, String cell) {
        assertThat(ReportController.cell(name)).isEqualTo(cell);
    }
}
