package dev.writ.compiler.envoy.config;

import com.google.re2j.Pattern;
import java.util.List;

/** A permission of the classic RBAC rules: what is asked of the call itself. */
public sealed interface Permission
        permits Permission.Any,
                Permission.AnyOf,
                Permission.AllOf,
                Permission.Not,
                Permission.Header,
                Permission.UrlPath,
                Permission.PathTemplate,
                Permission.DestinationIp,
                Permission.DestinationPorts,
                Permission.ServerName,
                Unmodelled {

    record Any() implements Permission {}

    record AnyOf(List<Permission> members) implements Permission {
        public AnyOf {
            members = List.copyOf(members);
        }
    }

    record AllOf(List<Permission> members) implements Permission {
        public AllOf {
            members = List.copyOf(members);
        }
    }

    record Not(Permission member) implements Permission {}

    record Header(HeaderMatch match) implements Permission {}

    /** The path without query and fragment. */
    record UrlPath(TextMatcher matcher) implements Permission {}

    /** {@code uri_template}: a path of segments, some of them open. */
    record PathTemplate(String template, Pattern pattern) implements Permission {}

    record DestinationIp(IpBlock block) implements Permission {}

    /** From {@code start} to below {@code end}. */
    record DestinationPorts(int start, int end) implements Permission {}

    record ServerName(TextMatcher matcher) implements Permission {}
}
