package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.SourceText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lifetimes as a Mesh states them ({@code pkg/core/resources/apis/mesh/time.go} of Kuma 2.x, which follows Prometheus):
 * whole numbers with {@code y}, {@code w}, {@code d}, {@code h}, {@code m}, {@code s} and {@code ms}, in this order.
 */
final class KumaDuration {
    private static final Pattern TEXT = Pattern.compile(
            "(?:(\\d{1,9})y)?(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
    private static final List<Duration> UNITS = List.of(
            Duration.ofDays(365),
            Duration.ofDays(7),
            Duration.ofDays(1),
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(1));

    private KumaDuration() {}

    /** The value of a field; null where it is absent or, with a finding, none. */
    static @Nullable Duration read(Fields fields, String name) {
        SourceText text = fields.text(name);
        if (text == null) {
            return null;
        }
        Optional<Duration> duration = parse(text.value());
        if (duration.isEmpty()) {
            fields.refuse(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    name,
                    text.span(),
                    "`" + text.value() + "` is no duration",
                    "for example `1d`, `24h` or `10y`");
        }
        return duration.orElse(null);
    }

    static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher matcher = TEXT.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        for (int i = 0; i < UNITS.size(); i++) {
            String number = matcher.group(i + 1);
            if (number != null) {
                sum = sum.plus(UNITS.get(i).multipliedBy(Long.parseLong(number)));
            }
        }
        return Optional.of(sum);
    }
}
