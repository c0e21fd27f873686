package dev.writ.runtime.coverage;

import java.util.List;

/** What a rule draws between the calls that it is about and all others. */
interface Boundary {

    /** What there is to try: only sides on which some call can be. */
    List<Point> points();

    /** The points that a call tries, provided it meets all else of the rule. */
    List<Point> tried(AskedCall call);
}
