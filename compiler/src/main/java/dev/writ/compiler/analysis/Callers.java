package dev.writ.compiler.analysis;

import dev.writ.compiler.spiffe.SpiffeId;
import org.jspecify.annotations.Nullable;

/**
 * The strings that a diagram is about, of the two halves of all strings. A guard on well-formed IDs is a constant on either, and an
 * interval in which no string of the half lies has no place in a diagram: so equal functions are equal nodes on both.
 */
enum Callers {
    /** SPIFFE IDs as the specification has them, of any length. */
    WELL_FORMED {
        @Override
        @Nullable
        String ceiling(int position, String bound) {
            return switch (position) {
                case 0 -> bound.compareTo(SCHEME) <= 0 ? SCHEME : null;
                case 1 -> bound.isEmpty() ? "" : null;
                case 2 -> Names.ceiling(bound, Names.TRUST_DOMAIN);
                default -> Names.ceiling(bound, Names.SEGMENT);
            };
        }

        @Override
        String least(int position) {
            return switch (position) {
                case 0 -> SCHEME;
                case 1 -> "";
                default -> Names.LEAST;
            };
        }

        @Override
        boolean mayEndAt(int position) {
            return position >= TRUST_DOMAIN;
        }
    },
    /** Whatever else a certificate can carry. */
    OTHER {
        @Override
        String ceiling(int position, String bound) {
            int slash = bound.indexOf('/');
            return slash < 0 ? bound : bound.substring(0, slash) + (char) ('/' + 1);
        }

        @Override
        String least(int position) {
            return "";
        }

        @Override
        boolean mayEndAt(int position) {
            return true;
        }
    };

    /** The position of the trust domain among the segments, after {@code spiffe:} and the nothing between two slashes. */
    static final int TRUST_DOMAIN = 2;

    private static final String SCHEME = SpiffeId.SCHEME.substring(0, SpiffeId.SCHEME.indexOf('/'));

    /** The least segment there that is no less than the bound; null if all are less. */
    abstract @Nullable String ceiling(int position, String bound);

    /** The least segment there. */
    abstract String least(int position);

    /** Whether a string can end with the segment there. */
    abstract boolean mayEndAt(int position);
}
