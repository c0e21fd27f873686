package dev.writ.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random {@code .writ} files that parse, line by line, in no particular layout. */
final class RandomWrit {
    private final Random random;

    RandomWrit(long seed) {
        this.random = new Random(seed);
    }

    /** The lines of a file. Each declaration is one element, so that what is left of it when some are taken out still parses. */
    List<String> declarations() {
        List<String> declarations = new ArrayList<>();
        for (int i = random.nextInt(4) - 2; i >= 0; i--) {
            declarations.add(comment() + "include" + gap() + "\"part " + i + ".writ\"" + end());
        }
        if (random.nextBoolean()) {
            declarations.add(
                    comment() + "mesh" + gap() + "default" + (random.nextBoolean() ? gap() + "zone east" : "") + end());
        }
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            declarations.add(comment() + declaration(i) + end());
        }
        return declarations;
    }

    private String declaration(int i) {
        return switch (random.nextInt(5)) {
            case 0 ->
                "identity i" + i + (random.nextBoolean() ? " on " + selection() : "")
                        + block(
                                "id \"spiffe://td/ns/{{ label \"a\" }}\"",
                                "issue bundled {" + gap() + "autogenerate" + gap() + "self-signed" + gap() + "expiry 1h"
                                        + gap() + "}");
            case 1 ->
                "workload n/w" + i
                        + (random.nextBoolean()
                                ? ""
                                : block("label app=kv", "port 80" + gap() + "http", "service-account \"x\""));
            case 2 -> "group g" + i + block(member(), member());
            default ->
                "permission p" + i + gap() + "on" + gap() + selection()
                        + (random.nextBoolean() ? " port 80 ,  81" : "")
                        + (random.nextBoolean() ? " because \"x \\\" y\"" : "")
                        + rules();
        };
    }

    private String rules() {
        List<String> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            rules.add(any("allow", "deny", "shadow-deny")
                    + gap()
                    + caller()
                    + (random.nextBoolean()
                            ? gap() + "to" + gap() + any("GET", "GET,POST", "GET , HEAD \"/a/**\"", "\"/{a,b}\"")
                            : "")
                    + (random.nextInt(4) == 0 ? gap() + "sni \"a.b\"" : "")
                    + (random.nextInt(4) == 0 ? gap() + "because" + gap() + "\"#  no comment\"" : ""));
        }
        return block(rules.toArray(String[]::new));
    }

    private String block(String... entries) {
        StringBuilder block = new StringBuilder(any("", " ", "\t") + "{" + end());
        for (String entry : entries) {
            block.append(comment())
                    .append(any("", "  ", "\t"))
                    .append(entry)
                    .append(random.nextInt(8) == 0 ? any(" ", "  ") : end());
        }
        return block + any("", " ") + "}";
    }

    private String caller() {
        return random.nextInt(8) == 0 ? "group g" : member();
    }

    private String member() {
        return any(
                "spiffe://td/ns/a",
                "spiffe://*/ns/{a, b,c}/**",
                "spiffe://td/**",
                "prefix" + gap() + "\"spiffe://td/x\"",
                "anyone",
                "workload a/b in zone x,y",
                selection());
    }

    private String selection() {
        return "workloads" + (random.nextBoolean() ? " in namespace  \"n\"" : "")
                + (random.nextBoolean()
                        ? gap() + "where app" + any("=", " = ", "= ") + any("kv", "\"kv\"", "port")
                                + (random.nextBoolean() ? " and \"a.b/c\"=\"d\"" : "")
                        : "");
    }

    private String comment() {
        return random.nextInt(4) == 0 ? any("", "\n\n", "  ") + "# " + random.nextInt(100) + "\n" : any("", "", "\n\n");
    }

    private String end() {
        return (random.nextInt(5) == 0 ? any(" ", "  ") + "#c" + random.nextInt(100) : "")
                + any("\n", "\n", "\r\n", "\n\n\n");
    }

    private String gap() {
        return any(" ", " ", "  ", "\t");
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
