package dev.writ.runtime.testing;

/** A fault of Writ's own, in one line. */
final class FaultText {
    private FaultText() {}

    static String of(Throwable error) {
        String message = error.getMessage();
        String words = message == null ? error.getClass().getName() : message.replaceAll("\\s+", " ");
        return "a fault of Writ: " + words;
    }
}
