package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.PathHandling;
import dev.writ.compiler.envoy.config.PathHandling.EscapedSlashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The right column is what Envoy 1.40.0 logged as {@code :path}. */
class RequestPathTest {
    private static String seen(String path, boolean normalize, boolean mergeSlashes, EscapedSlashes escaped) {
        RequestPath.Result result = RequestPath.of(path, new PathHandling(normalize, mergeSlashes, escaped));
        assertThat(result).isInstanceOf(RequestPath.Result.Seen.class);
        return ((RequestPath.Result.Seen) result).path();
    }

    @ParameterizedTest
    @CsvSource({"/a/../b", "//a", "/%41", "/a%2Fb?x=/../y", "/a|b", "/a%zz"})
    void nothingIsDoneUnlessConfigured(String path) {
        assertThat(seen(path, false, false, EscapedSlashes.KEEP)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/../b, /b",
        "/a//b, /a//b",
        "//a, //a",
        "/a/./b, /a/b",
        "/a/%2e%2e/b, /b",
        "/a/%2E/b, /a/b",
        "/%41%7e%2d, /A~-",
        "/a\\b, /a/b",
        "/a/b/.., /a/",
        "/a/b/., /a/b/",
        "/.., /",
        "/../x, /x",
        "/a%2Fb?x=/../y, /a%2Fb?x=/../y",
        "/a%5cb, /a%5cb",
        "/a//../b, /a/b",
        "/a/..//b, //b",
        "/a?x=//y, /a?x=//y",
        "/a;p=../b, /a;p=../b",
        "/a/.../b, /a/.../b",
        "/a%2f../b, /a%2f../b",
        "/a|b^c`{}<>, /a%7Cb%5Ec%60%7B%7D%3C%3E",
        "/%25%32%65, /%252e",
        "/%c3%a9, /%c3%a9",
        "/a%zz%41, /a%zzA",
        "/a/.%2e/x, /x",
        "/[a], /[a]",
        "/a%20b, /a%20b",
        "/\\a, //a"
    })
    void dotSegmentsAreRemoved(String path, String expected) {
        assertThat(seen(path, true, false, EscapedSlashes.KEEP)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/a//b, /a/b", "//a, /a", "/a//../b, /a/../b", "/a?x=//y, /a?x=//y"})
    void slashesAreMerged(String path, String expected) {
        assertThat(seen(path, false, true, EscapedSlashes.KEEP)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/a%2Fb?x=/../y, /a/b?x=/../y", "/a%5cb, /a/b", "/a/%2f../b, /a/b", "/a/..//b, /b"})
    void slashesAreUnescapedBeforeAnythingElse(String path, String expected) {
        assertThat(seen(path, true, true, EscapedSlashes.UNESCAPE)).isEqualTo(expected);
    }

    /** The two judges each have their own idea of it. */
    @ParameterizedTest
    @CsvSource({
        "/a/../b",
        "/a//b",
        "//a",
        "/a/./b",
        "/a/%2e%2e/b",
        "/%41%7e%2d",
        "/a\\b",
        "/a/b/..",
        "/a/b/.",
        "/..",
        "/../x",
        "/a//../b",
        "/a/..//b",
        "/a?x=//y",
        "/a;p=../b",
        "/a|b^c`{}<>",
        "/%25%32%65",
        "/a%zz%41",
        "/%4",
        "////",
        "/a%7f%20"
    })
    void theModelSeesTheSameUrlPathAsTheHardenedConnectionManager(String path) {
        assertThat(CanonicalPath.of(path))
                .isEqualTo(seen(path, true, true, EscapedSlashes.REJECT).split("[?]")[0]);
    }

    @Test
    void anEscapedSlashMayBeAnsweredBeforeAnyFilterIsAsked() {
        PathHandling reject = new PathHandling(true, true, EscapedSlashes.REJECT);
        assertThat(RequestPath.of("/a%2Fb", reject))
                .isEqualTo(new RequestPath.Result.Answered("an escaped slash in the path is answered with 400"));
        assertThat(RequestPath.of("/a?b=%2F", reject)).isInstanceOf(RequestPath.Result.Seen.class);
        assertThat(RequestPath.of("/a%5Cb", new PathHandling(true, true, EscapedSlashes.REDIRECT)))
                .isEqualTo(new RequestPath.Result.Answered("an escaped slash in the path is answered with a redirect"));
    }
}
