package dev.writ.compiler.analysis;

import java.util.Locale;
import java.util.Objects;

/** Follows one call through a diagram. */
final class Lookup {
    private final Diagram diagram;
    private final Witness call;
    private final String caller;
    private final String[] segments;
    private final String path;
    private final String query;

    Lookup(Diagram diagram, Witness call) {
        this.diagram = diagram;
        this.call = call;
        this.caller = call.uriSans().isEmpty() ? "" : call.uriSans().getFirst();
        this.segments = caller.split("/", -1);
        String target = Objects.requireNonNullElse(call.path(), "/");
        int question = target.indexOf('?');
        this.path = question < 0 ? target : target.substring(0, question);
        this.query = question < 0 ? Choice.NO : Choice.YES;
    }

    /** The half of all strings that a caller is in. */
    static Callers halfOf(String caller) {
        String[] segments = caller.split("/", -1);
        boolean isWellFormed = segments.length > Callers.TRUST_DOMAIN;
        for (int i = 0; i < segments.length && isWellFormed; i++) {
            isWellFormed = segments[i].equals(Callers.WELL_FORMED.ceiling(i, segments[i]));
        }
        return isWellFormed ? Callers.WELL_FORMED : Callers.OTHER;
    }

    /** What is left of the function when all about the caller has been asked. */
    Node ofCaller(Node function) {
        Node node = function;
        while (node instanceof Branch branch && branch.variable() < Variables.SERVER_NAME) {
            node = branch.at(answer(branch.variable()));
        }
        return node;
    }

    /** The function's value; its diagram must be of the half that the caller is in. */
    Object in(Node function) {
        Node node = function;
        while (true) {
            switch (node) {
                case Leaf leaf -> {
                    return leaf.value();
                }
                case Branch branch -> node = branch.at(answer(branch.variable()));
            }
        }
    }

    private String answer(int variable) {
        return switch (variable) {
            case Variables.TRANSPORT ->
                switch (call.transport()) {
                    case CERTIFICATE -> Choice.CERTIFICATE;
                    case ANONYMOUS -> Choice.ANONYMOUS;
                    case PLAINTEXT -> Choice.PLAINTEXT;
                };
            case Variables.SERVER_NAME ->
                Objects.requireNonNullElse(call.serverName(), "").toLowerCase(Locale.ROOT);
            case Variables.METHOD -> Objects.requireNonNullElse(call.method(), "GET");
            case Variables.PATH -> path;
            case Variables.QUERY -> query;
            default -> Variables.isFact(variable) ? fact(variable) : ofCaller(variable);
        };
    }

    private String ofCaller(int variable) {
        int position = Variables.position(variable);
        if (Variables.isMore(variable)) {
            return choice(position + 1 < segments.length);
        }
        return segments[position];
    }

    private String fact(int variable) {
        return switch (diagram.factOf(variable)) {
            case Certificates.SanIs san -> choice(call.uriSans().contains(san.text()));
            case Certificates.SanStartsWith san ->
                choice(call.uriSans().stream().anyMatch(one -> one.startsWith(san.text())));
            case CallerSets.NoneEmptyFrom from -> choice(noneEmpty(from.position()));
            default -> throw new IllegalStateException("an unknown fact: " + diagram.factOf(variable));
        };
    }

    private boolean noneEmpty(int from) {
        for (int i = from; i < segments.length; i++) {
            if (segments[i].isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static String choice(boolean yes) {
        return yes ? Choice.YES : Choice.NO;
    }
}
