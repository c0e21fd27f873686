package dev.writ.compiler.syntax;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Durations as Go's {@code time.ParseDuration} reads them, and so Kubernetes: {@code 24h}, {@code 1h30m}, {@code 1.5s}. */
final class GoDuration {
    // Longer names first: `ms` is not `m` and an `s`.
    private static final List<Map.Entry<String, Long>> UNITS = List.of(
            Map.entry("ns", 1L),
            Map.entry("us", 1_000L),
            Map.entry("µs", 1_000L),
            Map.entry("μs", 1_000L),
            Map.entry("ms", 1_000_000L),
            Map.entry("s", 1_000_000_000L),
            Map.entry("m", 60_000_000_000L),
            Map.entry("h", 3_600_000_000_000L));

    private GoDuration() {}

    /** Empty where the text is no duration, or one beyond Go's 292 years. */
    static Optional<Duration> parse(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        int at = 0;
        do {
            int number = at;
            while (at < rest.length() && (rest.charAt(at) == '.' || rest.charAt(at) >= '0' && rest.charAt(at) <= '9')) {
                at++;
            }
            Optional<Map.Entry<String, Long>> unit = unitAt(rest, at);
            Optional<BigDecimal> amount = decimal(rest.substring(number, at));
            if (unit.isEmpty() || amount.isEmpty()) {
                return Optional.empty();
            }
            nanos = nanos.add(
                    amount.get().multiply(BigDecimal.valueOf(unit.get().getValue())));
            at += unit.get().getKey().length();
        } while (at < rest.length());
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(negative ? -nanos.longValue() : nanos.longValue()));
    }

    private static Optional<Map.Entry<String, Long>> unitAt(String text, int at) {
        return UNITS.stream().filter(unit -> text.startsWith(unit.getKey(), at)).findFirst();
    }

    private static Optional<BigDecimal> decimal(String digits) {
        boolean number = digits.length() <= 40
                && digits.chars().anyMatch(c -> c != '.')
                && digits.chars().filter(c -> c == '.').count() <= 1;
        return number ? Optional.of(new BigDecimal(digits)) : Optional.empty();
    }
}
