package dev.writ.runtime.cli;

/** A difference for a pull-request comment. */
final class DifferenceMarkdown {
    private DifferenceMarkdown() {}

    static String of(DifferenceText difference) {
        String body = difference.body();
        String fence = "```";
        while (body.contains(fence)) {
            fence += "`";
        }
        String closing = "**" + difference.closing().strip() + "**\n";
        return "### Who may call whom\n\n" + closing
                + (body.isBlank() ? "" : "\n" + fence + "\n" + body.strip() + "\n" + fence + "\n");
    }
}
