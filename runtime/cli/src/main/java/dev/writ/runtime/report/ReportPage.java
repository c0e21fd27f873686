package dev.writ.runtime.report;

import dev.writ.runtime.page.PackagedText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page that needs nothing from elsewhere: the template {@code report.html} with its style, its script, the data as JSON, and
 * sections that other pages are made of too. Its policy lets run these scripts alone, by their hashes.
 */
public final class ReportPage {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

    private ReportPage() {}

    /**
     * A section in its own right, inside the page.
     *
     * @param id by which the script finds it, to put it where it belongs
     * @param html trusted: it has escaped what it shows
     */
    public record Section(String id, String html) {}

    /** @param json what the page shows; it may hold anything */
    public static String of(String json, List<Section> sections) {
        String body = filled(sections, json);
        String scripts = SCRIPT.matcher(body)
                .results()
                .map(script -> "'sha256-" + hash(script.group(1)) + "'")
                .distinct()
                .collect(Collectors.joining(" "));
        return body.replaceFirst("\\{\\{scripts}}", Matcher.quoteReplacement(scripts));
    }

    private static String filled(List<Section> sections, String json) {
        String parts = sections.stream()
                .map(section -> "<div id=\"" + section.id() + "\" hidden>\n" + section.html() + "</div>\n")
                .collect(Collectors.joining());
        return PLACE.matcher(PackagedText.beside(ReportPage.class, "report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(
                        switch (place.group(1)) {
                            case "style" -> PackagedText.beside(ReportPage.class, "report.css");
                            case "script" -> PackagedText.beside(ReportPage.class, "report.js");
                            case "sections" -> parts;
                            case "data" -> embedded(json);
                            default -> place.group();
                        }));
    }

    /** Without a character that could end the element it stands in. */
    private static String embedded(String json) {
        return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
