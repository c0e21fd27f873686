package dev.writ.runtime.access;

import static dev.writ.runtime.page.Markup.escaped;

import dev.writ.compiler.model.MeshModel;
import dev.writ.runtime.access.AccessGroup.Transport;
import dev.writ.runtime.page.PackagedText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The matrix of who can call whom, as HTML that needs nothing from elsewhere: by namespace, each cell with what decided. Its data is
 * embedded, and cells are made of it as they are looked at. It stands alone as a page, or as a section in another.
 */
public final class AccessMatrix {
    private static final String CALLED =
            "<label>called <input name=\"to\" type=\"search\" placeholder=\"a name\"></label>";
    private static final String CALLING =
            "<label>calling <input name=\"from\" type=\"search\" placeholder=\"a name or a SPIFFE ID\"></label>";

    private final MeshModel model;
    private final List<CalledInbound> inbounds;
    private final MatrixData data;

    /** @param callers of them and the inbounds the matrix is, in this order */
    public AccessMatrix(MeshAccess access, List<CallingWorkload> callers, List<CalledInbound> inbounds) {
        this.model = access.model();
        this.inbounds = inbounds;
        this.data = new MatrixData(access, callers, inbounds);
    }

    /** A whole page. */
    public String page() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
                <title>Who can call whom</title>
                <style>html { color-scheme: light dark } body { margin: 1rem } h1 { font: 600 20px/1.3 system-ui, sans-serif; margin: 0 }
                @media (prefers-color-scheme: dark) { body { background: #14181d; color: #e6e9ed } }</style>
                </head>
                <body>
                <h1>Who can call whom</h1>
                """ + section() + "</body>\n</html>\n";
    }

    /** A part of a page. */
    public String section() {
        return "<section class=\"writ-access\">\n<style>\n" + PackagedText.beside(AccessMatrix.class, "matrix.css")
                + "</style>\n" + open()
                + "<div class=\"tools\">" + CALLED + CALLING
                + "<button type=\"button\" class=\"fold\">fold all</button></div>\n"
                + "<ul class=\"legend\"><li><span class=\"allow\">✓</span>allowed</li>"
                + "<li><span class=\"shadow-deny\">!</span>allowed, reported by a shadow rule</li>"
                + "<li><span class=\"some\">◐</span>some requests, or some calls</li><li><span>·</span>denied</li>"
                + "<li><span class=\"unknown\">?</span>unknown</li><li><span class=\"open\">○</span>plaintext</li></ul>\n"
                + "<p class=\"status\" role=\"status\"></p>\n"
                + "<div class=\"frame\"><table aria-label=\"who can call whom\"></table></div>\n"
                + "<div class=\"detail\" aria-live=\"polite\">Point at a cell, or move with Tab and the arrow keys, to see"
                + " which rule decides.</div>\n"
                + outside()
                + "<noscript>The matrix needs JavaScript; <code>writ access</code> prints it as text.</noscript>\n"
                + "<script type=\"application/json\">" + data.json() + "</script>\n<script>\n"
                + PackagedText.beside(AccessMatrix.class, "matrix.js")
                + "</script>\n</section>\n";
    }

    /** Whoever falls open comes first. */
    private String open() {
        String names = inbounds.stream()
                .filter(inbound -> inbound.group().transport() == Transport.PLAINTEXT
                        || inbound.group().transport() == Transport.PERMISSIVE)
                .map(CalledInbound::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? ""
                : "<p class=\"warn\">Anybody can call these in plaintext: " + escaped(names) + "</p>\n";
    }

    private String outside() {
        return AccessOutside.of(model, inbounds).stream()
                .map(line -> "<p class=\"outside\">outside: " + escaped(line) + "</p>\n")
                .collect(Collectors.joining());
    }
}
