package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.MatchInput;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What a matcher's inputs hold. */
interface MatchData {
    MatchValue value(MatchInput input);

    static MatchValue textOrEmpty(String text) {
        return text.isEmpty() ? MatchValue.EMPTY : new MatchValue.Text(text);
    }

    static MatchValue address(@Nullable InetAddress address, String what) {
        return address == null ? unsaid(what) : new MatchValue.Text(IpAddresses.text(address));
    }

    static MatchValue port(@Nullable Integer port, String what) {
        return port == null ? unsaid(what) : new MatchValue.Text(String.valueOf(port));
    }

    static MatchValue unsaid(String what) {
        return new MatchValue.Unknown("the request does not say its " + what);
    }
}
