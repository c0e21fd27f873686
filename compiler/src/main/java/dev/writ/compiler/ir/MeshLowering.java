package dev.writ.compiler.ir;

import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Workload;
import java.util.List;

/** How the target reads one mesh. */
interface MeshLowering {

    /**
     * The policy of one inbound.
     *
     * @param permissions those that apply to it, lowest first; the same list, not only an equal one, for inbounds that have the
     *     same
     */
    InboundPolicy lower(Workload workload, Inbound inbound, List<Permission> permissions);
}
