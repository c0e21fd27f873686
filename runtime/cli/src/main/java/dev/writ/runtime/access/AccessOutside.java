package dev.writ.runtime.access;

import dev.writ.compiler.model.ExternalService;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What no verdict is about, for no proxy sees it. */
public final class AccessOutside {
    private static final String EVERYWHERE =
            "IPv6 where it is not redirected to the proxy, and calls that leave the mesh";

    private AccessOutside() {}

    /** Ports and callers of a workload that annotations lead past its proxy. */
    public static List<String> of(Workload workload) {
        return workload.doubts().stream()
                .filter(Workload.Doubt::passesBy)
                .map(doubt -> doubt.reason() + " (" + doubt.span().place() + ")")
                .toList();
    }

    /** What no inbound of the sources decides. */
    public static List<String> of(MeshModel model) {
        List<String> outside = new ArrayList<>();
        for (ExternalService service : model.externalServices()) {
            outside.add("calls to the " + service.kind() + " `" + service.name() + "`, on which zone egress decides ("
                    + service.span().place() + ")");
        }
        outside.add(EVERYWHERE);
        return outside;
    }

    /** All that is outside of what is said of these, each once, with the workload it is about. */
    public static List<String> of(MeshModel model, List<CalledInbound> inbounds) {
        SortedSet<String> outside = new TreeSet<>();
        inbounds.stream()
                .map(CalledInbound::workload)
                .distinct()
                .forEach(workload -> of(workload).forEach(line -> outside.add(workload.key() + ": " + line)));
        List<String> all = new ArrayList<>(outside);
        all.addAll(of(model));
        return all;
    }
}
