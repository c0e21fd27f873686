package dev.writ.runtime.access;

import dev.writ.compiler.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What no verdict is about, for no proxy sees it. */
public final class AccessOutside {
    /** Of all inbounds. */
    public static final String EVERYWHERE =
            "IPv6 where it is not redirected to the proxy, and calls that leave the mesh";

    private AccessOutside() {}

    /** Ports and callers of a workload that annotations lead past its proxy. */
    public static List<String> of(Workload workload) {
        return workload.doubts().stream()
                .filter(Workload.Doubt::passesBy)
                .map(doubt -> doubt.reason() + " (" + doubt.span().place() + ")")
                .toList();
    }

    /** All that is outside of what is said of these, each once, with the workload it is about. */
    public static List<String> of(List<CalledInbound> inbounds) {
        SortedSet<String> outside = new TreeSet<>();
        inbounds.stream()
                .map(CalledInbound::workload)
                .distinct()
                .forEach(workload -> of(workload).forEach(line -> outside.add(workload.key() + ": " + line)));
        List<String> all = new ArrayList<>(outside);
        all.add(EVERYWHERE);
        return all;
    }
}
