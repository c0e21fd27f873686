package dev.writ.runtime.cli;

/** Paints words for a terminal; leaves them as they are elsewhere. */
record Colours(boolean on) {
    String good(String words) {
        return paint("\u001b[1;32m", words);
    }

    String bad(String words) {
        return paint("\u001b[1;31m", words);
    }

    private String paint(String ansi, String words) {
        return on ? ansi + words + "\u001b[0m" : words;
    }
}
