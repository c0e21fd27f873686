package dev.writ.runtime.coverage;

/** On which side of a boundary something is. */
public enum Edge {
    /** The very thing that the rule names. */
    SELF,
    /** What follows it after a slash. */
    BELOW,
    /** What begins with it and goes on inside its last segment: {@code kuma-demo-2} for {@code kuma-demo}. */
    LOOK_ALIKE,
    /** Another name beside it, below the same parent. */
    SIBLING,
    /** It without its last segment. */
    PARENT,
    /** Two segments where a {@code *} stands for one. */
    STRETCHED,
    /** What begins with it and goes on. */
    LONGER,
    /** Anything else. */
    OTHER
}
