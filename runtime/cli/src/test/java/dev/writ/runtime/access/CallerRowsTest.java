package dev.writ.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.LargeMesh;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CallerRowsTest {
    @Test
    void eachCallerIsInOneRowAndFaresThereAsWhenItIsAskedAboutAlone() {
        MeshAccess access = MeshAccess.of(LargeMesh.compiled(60, 90));
        List<CallingWorkload> callers = new ArrayList<>(access.callers());
        callers.addAll(new AccessSelection(access, new DiagnosticSink())
                .callers(List.of(
                        "spiffe://default.default.mesh.local/ns/team-0/sa/nobody",
                        "spiffe://elsewhere.example/ns/team-0/sa/app-1",
                        "spiffe://default.default.mesh.local/ns/team-0/sa/nobody")));
        Collections.shuffle(callers, new Random(1));
        // Some are left out, as a selection does.
        List<CallingWorkload> some = callers.subList(0, 50);
        CallerRows rows = new CallerRows(access, some);
        for (CalledInbound to : access.inbounds()) {
            TreeMap<Integer, Access> found = new TreeMap<>();
            rows.of(to)
                    .forEach(row -> row.callers()
                            .forEach(caller ->
                                    assertThat(found.put(caller, row.access())).isNull()));
            assertThat(found).hasSize(some.size());
            found.forEach((caller, one) ->
                    assertThat(one).as("%s to %s", caller, to.name()).isEqualTo(access.of(some.get(caller), to)));
        }
    }
}
