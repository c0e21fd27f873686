package dev.writ.runtime.cli;

import dev.writ.runtime.proof.PolicyDifference;

/** A difference for a pull-request comment. */
final class DifferenceMarkdown {
    private DifferenceMarkdown() {}

    static String of(PolicyDifference difference) {
        String text = DifferenceText.of(difference);
        String body = text.substring(
                0, text.length() - DifferenceText.closing(difference).length());
        String fence = "```";
        while (body.contains(fence)) {
            fence += "`";
        }
        String closing = "**" + DifferenceText.closing(difference).strip() + "**\n";
        return "### Who may call whom\n\n" + closing
                + (body.isBlank() ? "" : "\n" + fence + "\n" + body.strip() + "\n" + fence + "\n");
    }
}
