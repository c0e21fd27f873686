package dev.writ.runtime.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.eclipse.lsp4j.Position;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void charactersAreCountedInUtf16Units() {
        Lines lines = new Lines("a𝄞b\nü");

        assertThat(lines.position(3)).isEqualTo(new Position(0, 3));
        assertThat(lines.offset(new Position(0, 3))).isEqualTo(3);
        assertThat(lines.position(6)).isEqualTo(new Position(1, 1));
    }

    @Test
    void eachKindOfLineEndEndsOne() {
        Lines lines = new Lines("a\r\nb\rc\nd");

        assertThat(lines.position(3)).isEqualTo(new Position(1, 0));
        assertThat(lines.position(5)).isEqualTo(new Position(2, 0));
        assertThat(lines.position(7)).isEqualTo(new Position(3, 0));
    }

    @Test
    void aPlaceBeyondItsLineIsTheLinesEnd() {
        Lines lines = new Lines("ab\r\ncd");

        assertThat(lines.offset(new Position(0, 99))).isEqualTo(2);
        assertThat(lines.offset(new Position(9, 0))).isEqualTo(6);
        assertThat(lines.offset(new Position(1, Integer.MAX_VALUE))).isEqualTo(6);
    }

    @Test
    void aByteOrderMarkIsACharacterOfTheEditorAndNoneOfTheSource() {
        Lines lines = new Lines("\uFEFFkind");

        assertThat(lines.source()).isEqualTo("kind");
        assertThat(lines.position(0)).isEqualTo(new Position(0, 1));
        assertThat(lines.offset(new Position(0, 1))).isZero();
        assertThat(lines.offset(new Position(0, 0))).isZero();
    }

    @Test
    void everyOffsetAndItsPlaceAreTheSame() {
        Random random = new Random(7);
        String alphabet = "ab\r\n𝄞é";
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Lines lines = new Lines(text.toString());
            for (int offset = 0; offset <= text.length(); offset++) {
                // Between CR and LF is no place of its own.
                boolean isInside = offset > 0
                        && offset < text.length()
                        && text.charAt(offset - 1) == '\r'
                        && text.charAt(offset) == '\n';
                if (!isInside) {
                    assertThat(lines.offset(lines.position(offset))).isEqualTo(offset);
                }
            }
        }
    }
}
