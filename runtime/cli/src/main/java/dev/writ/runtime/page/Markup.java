package dev.writ.runtime.page;

/** Text that stands in HTML, in an element or in a quoted attribute. */
public final class Markup {
    private Markup() {}

    /** The text with each character escaped that would be read as HTML. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
