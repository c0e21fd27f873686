package dev.writ.runtime.proxy;

import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which calls go over one connection: those of one caller to one HTTP inbound, up to a number that keeps all callers busy. A network
 * filter judges a connection, so calls to it have one each; so has a request that HTTP cannot say.
 */
final class SharedHandshakes {
    private static final int MOST = 64;

    private SharedHandshakes() {}

    private record Line(
            Caller caller,
            WorkloadKey to,
            int port,
            @Nullable String sni) {}

    /** The calls by their indexes. */
    static List<List<Integer>> of(List<Call> calls, Predicate<Call> isHttp) {
        List<List<Integer>> shares = new ArrayList<>();
        Map<Line, List<Integer>> open = new LinkedHashMap<>();
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (!isHttp.test(call) || call.requestFault().isPresent()) {
                shares.add(List.of(i));
                continue;
            }
            Line line = new Line(call.caller(), call.to(), call.port(), call.sni());
            List<Integer> share = open.get(line);
            if (share == null || share.size() == MOST) {
                share = new ArrayList<>();
                open.put(line, share);
                shares.add(share);
            }
            share.add(i);
        }
        return shares;
    }
}
