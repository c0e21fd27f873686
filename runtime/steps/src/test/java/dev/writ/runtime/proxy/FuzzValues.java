package dev.writ.runtime.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** What fuzzed configs and requests are made of: few values, so that they meet, and strange ones among them. */
final class FuzzValues {
    static final List<String> IDS = List.of(
            "spiffe://shop.example/ns/a/sa/web",
            "spiffe://shop.example/ns/a/sa/web",
            "spiffe://shop.example/ns/a/sa/web2",
            "spiffe://shop.example/ns/b/sa/db",
            "spiffe://shop.example/ns/a/sa/web2",
            "spiffe://shop.example/ns/a/sa/Web",
            "spiffe://shop.example/ns/a-evil/sa/web",
            "spiffe://shop.example/ns/b/sa/db",
            "spiffe://shop.example/ns/a/sa/web/",
            "spiffe://shop.example/ns/a/../b",
            "spiffe://shop.example/ns/%61/sa/web",
            "spiffe://shop.example",
            "spiffe://partner.example/ns/a/sa/web",
            "spiffe://partner.example/x",
            "spiffe://nobody.example/ns/a/sa/web",
            "https://shop.example/web");
    static final List<String> DNS_NAMES =
            List.of("web.shop.example", "*.shop.example", "db.shop.example", "WEB.shop.example", "localhost");
    static final List<String> SUBJECTS = List.of("CN=web", "CN=db,O=Acme", "CN=web,OU=shop,O=Acme");
    static final List<String> SERVER_NAMES =
            List.of("web.shop.example", "db.shop.example", "shop.example", "Web.Shop.Example", "a.b.shop.example");
    static final List<String> PATHS = List.of(
            "/",
            "/api",
            "/api/v1?x=1",
            "/api/v1/",
            "/apix",
            "/API",
            "/a/../api",
            "/api/./v1",
            "//api",
            "/api//v1",
            "/a//../b",
            "/%61pi",
            "/a%2Fb",
            "/a%5cb",
            "/a%5Cb%2f..",
            "/a\\b",
            "/api;v=1",
            "/..",
            "/../api",
            "/a?q=/../b",
            "/a%20b",
            "/%zz",
            "/%",
            "/a*b",
            "/a|b",
            "/api?a?b",
            "/%2e%2e/api",
            "/a/%2e/b",
            "/a%3fb",
            "/~x",
            "/a//",
            "/a/b/c",
            "/?",
            "/api/%7Eq");
    static final List<String> METHODS =
            List.of("GET", "GET", "GET", "POST", "DELETE", "HEAD", "OPTIONS", "PUT", "PATCH");
    static final List<String> HOSTS = List.of(
            "shop.example", "shop.example:8080", "SHOP.example", "10.0.0.1", "db.shop.example:443", "[2001:db8::1]:80");
    static final List<String> HEADER_NAMES = List.of("x-role", "x-env", "x-n", "x_under");
    static final List<String> HEADER_VALUES = List.of(
            "admin", "user", "Admin", "", "admin,user", "5", "-3", "007", "9223372036854775807", "abc", "a b", "prod");
    static final List<String> IPS_V4 = List.of("10.0.0.5", "10.0.1.7", "192.168.3.4", "127.0.0.1", "8.8.8.8");
    static final List<String> IPS_V6 = List.of(
            "2001:db8::1", "2001:db8:0:1::7", "fd00::5", "2001:db8:ffff::", "::1", "fe80::a:5", "::ffff:10.0.0.5");
    static final List<List<String>> PROTOCOLS =
            List.of(List.of("kuma"), List.of("kuma"), List.of(), List.of("h2", "http/1.1"), List.of("kuma", "h2"));
    static final List<Integer> PORTS = List.of(80, 443, 8080, 50051, 1024);
    static final List<Integer> SOURCE_PORTS = List.of(1234, 40000, 40001);

    private final Random random;
    private final boolean narrow;

    FuzzValues(Random random) {
        this(random, false);
    }

    /** @param narrow for configs that ask for nothing but one SPIFFE ID, server name, port, method and path */
    FuzzValues(Random random, boolean narrow) {
        this.random = random;
        this.narrow = narrow;
    }

    boolean isNarrow() {
        return narrow;
    }

    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    static Map<String, Object> any(String type, Object... keysAndValues) {
        Map<String, Object> map = map("@type", "type.googleapis.com/" + type);
        map.putAll(map(keysAndValues));
        return map;
    }

    static Map<String, Object> extension(String name, Map<String, Object> config) {
        return map("name", name, "typed_config", config);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    <T> List<T> some(int least, int most, Supplier<T> one) {
        List<T> list = new ArrayList<>();
        int size = least + random.nextInt(most - least + 1);
        for (int i = 0; i < size; i++) {
            list.add(one.get());
        }
        return list;
    }

    /** A string matcher about one of these texts; valid but for the rare empty pattern, which a few kinds refuse. */
    Map<String, Object> text(List<String> about) {
        String picked = pick(about);
        // A path's query is in no matcher that a proof is about.
        String value = narrow ? picked.split("\\?", -1)[0] : picked;
        if (narrow && random.nextInt(10) > 0) {
            return random.nextBoolean() || value.length() < 2
                    ? map("exact", value.isEmpty() ? "x" : value)
                    : map("prefix", value.substring(0, 1 + random.nextInt(value.length())));
        }
        if (!narrow && oneIn(40)) {
            return map("custom", lua(value));
        }
        int from = value.isEmpty() ? 0 : random.nextInt(value.length());
        Map<String, Object> matcher = switch (random.nextInt(10)) {
            case 0, 1, 2 -> map("exact", value);
            case 3, 4, 5 -> map("prefix", atLeastOne(value.substring(0, from), value));
            case 6 -> map("suffix", atLeastOne(value.substring(from), value));
            case 7 -> map("contains", atLeastOne(value.substring(from / 2, from), value));
            default -> map("safe_regex", regex(value));
        };
        if (!matcher.containsKey("safe_regex") && oneIn(4)) {
            matcher.put("ignore_case", true);
            matcher.replaceAll((key, old) -> old instanceof String s && oneIn(2) ? s.toUpperCase(Locale.ROOT) : old);
        }
        return matcher;
    }

    /** The one custom string matcher that comes with Envoy, which Writ does not run. */
    private static Map<String, Object> lua(String value) {
        String script = "function envoy_match(text) return text == '" + value.replace("\\", "\\\\") + "' end";
        return extension(
                "envoy.string_matcher.lua",
                any("envoy.extensions.string_matcher.lua.v3.Lua", "source_code", map("inline_string", script)));
    }

    Map<String, Object> regex(String value) {
        String quoted = value.replaceAll("([.*+?^${}()|\\[\\]\\\\])", "\\\\$1");
        int cut = random.nextInt(Math.max(1, value.length()));
        String head = value.substring(0, cut).replaceAll("([.*+?^${}()|\\[\\]\\\\])", "\\\\$1");
        String regex = switch (random.nextInt(8)) {
            case 0 -> quoted;
            case 1 -> ".*";
            case 2 -> head;
            case 3 -> "(?i)" + quoted;
            case 4 -> head + "[^/]*";
            case 5 -> "(" + quoted + "|nothing)";
            case 6 -> "\\Q" + value.replace("\\E", "") + "\\E";
            default -> head + ".*";
        };
        return map("google_re2", map(), "regex", regex.isEmpty() ? ".*" : regex);
    }

    Map<String, Object> cidr(List<String> about) {
        String address = pick(about);
        List<Integer> lengths =
                address.contains(":") ? List.of(0, 32, 48, 64, 127, 128) : List.of(0, 8, 15, 24, 31, 32);
        return oneIn(12) ? map("address_prefix", address) : map("address_prefix", address, "prefix_len", pick(lengths));
    }

    private static String atLeastOne(String part, String whole) {
        return part.isEmpty() ? whole.isEmpty() ? "x" : whole.substring(0, 1) : part;
    }
}
